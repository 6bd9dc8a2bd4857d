// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "./MptRlp.sol";
import {Slice} from "./Slice.sol";

/// @title Values of the state and storage tries
/// @notice Decoding accepts exactly what encoding gives. Twin of shared/machine/src/trie/account.ts.
library MptAccount {
    /// @notice Not the encoding of an account.
    error BadAccount(bytes encoded);
    /// @notice Not the encoding of a word other than 0.
    error BadStorageValue(bytes encoded);

    /// @param balance  wei
    struct Account {
        uint64 nonce;
        uint256 balance;
        bytes32 storageRoot;
        bytes32 codeHash;
    }

    /// @notice RLP of an account (yellow paper, 4.1).
    function encodeAccount(Account memory account) internal pure returns (bytes memory) {
        bytes memory content = bytes.concat(
            _integer(account.nonce), _integer(account.balance), hex"a0", account.storageRoot, hex"a0", account.codeHash
        );
        // 68 to 108 bytes: always the long form with one byte of length.
        return bytes.concat(hex"f8", bytes1(uint8(content.length)), content);
    }

    /// @notice Reverts with `BadAccount` unless `encoded` is what `encodeAccount` gives.
    function decodeAccount(bytes memory encoded) internal pure returns (Account memory account) {
        if (encoded.length < 70 || encoded.length > 110) revert BadAccount(encoded);
        uint256 next;
        assembly ("memory-safe") {
            next := add(encoded, 0x22)
        }
        uint256 nonce;
        (nonce, next) = _readInteger(next);
        (account.balance, next) = _readInteger(next);
        account.nonce = uint64(nonce);
        account.storageRoot = MptRlp.load(next + 1);
        account.codeHash = MptRlp.load(next + 34);
        if (keccak256(encodeAccount(account)) != keccak256(encoded)) revert BadAccount(encoded);
    }

    /// @notice RLP of a storage word; empty for 0, which no trie holds.
    function encodeStorageValue(uint256 word) internal pure returns (bytes memory) {
        return word == 0 ? bytes("") : _integer(word);
    }

    /// @notice 0 for the empty value. Reverts with `BadStorageValue` unless `encoded` is what `encodeStorageValue` gives.
    function decodeStorageValue(bytes memory encoded) internal pure returns (uint256 word) {
        if (encoded.length == 0) return 0;
        if (encoded.length > 33) revert BadStorageValue(encoded);
        uint256 item;
        assembly ("memory-safe") {
            item := add(encoded, 0x20)
        }
        (word,) = _readInteger(item);
        if (keccak256(encodeStorageValue(word)) != keccak256(encoded)) revert BadStorageValue(encoded);
    }

    function _integer(uint256 value) private pure returns (bytes memory) {
        bytes memory content = abi.encodePacked(value);
        uint256 zeros = 0;
        while (zeros < 32 && content[zeros] == 0) ++zeros;
        assembly ("memory-safe") {
            content := add(content, zeros)
            mstore(content, sub(32, zeros))
        }
        return MptRlp.toBytes(MptRlp.encodeString(content));
    }

    /// @dev Whatever is there as a word; the caller compares with the encoding of what it read.
    function _readInteger(uint256 item) private pure returns (uint256 value, uint256 end) {
        Slice content = MptRlp.content(item);
        uint256 size = content.length();
        // A longer one is no integer; its end, which may be anywhere, is not visited.
        if (size == 0 || size > 32) return (0, content.start());
        value = uint256(MptRlp.load(content.start())) >> (256 - 8 * size);
        end = content.start() + size;
    }
}
