// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {Pictures} from "./Picture.sol";
import {StepTest} from "./StepTest.sol";

/// @dev World state, storage and scratch as lists of entries, with the proofs that steps read.
abstract contract WorldTest is StepTest {
    using NaiveTrie for NaiveTrie.Entry[];

    address internal constant SELF = address(0xc0de);
    bytes32 internal constant NO_CODE = keccak256("");

    /// @dev RLP of an account.
    function account(uint256 nonce, uint256 balance, bytes32 storageRoot, bytes32 codeHash) internal pure returns (bytes memory) {
        return NaiveTrie.list(bytes.concat(integer(nonce), integer(balance), hex"a0", storageRoot, hex"a0", codeHash));
    }

    /// @dev RLP of an integer.
    function integer(uint256 value) internal pure returns (bytes memory) {
        bytes memory bigEndian;
        for (; value > 0; value >>= 8) bigEndian = bytes.concat(bytes1(uint8(value)), bigEndian);
        return NaiveTrie.string_(bigEndian);
    }

    function accountKey(address who) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(who));
    }

    function slotKey(uint256 slot) internal pure returns (bytes32) {
        return keccak256(abi.encode(slot));
    }

    function warmAddressKey(address who) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("A", uint256(uint160(who))));
    }

    function warmSlotKey(address who, uint256 slot) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("S", uint256(uint160(who)), slot));
    }

    function transientKey(address who, uint256 slot) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("T", uint256(uint160(who)), slot));
    }

    /// @dev `count` accounts of no interest.
    function accounts(bytes32 seed, uint256 count) internal pure returns (NaiveTrie.Entry[] memory list) {
        list = new NaiveTrie.Entry[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = NaiveTrie.Entry(keccak256(abi.encode(seed, "account", i)), account(i, 1 ether * i + 1, Pictures.EMPTY_TRIE, NO_CODE));
        }
    }

    /// @dev `count` words of storage of no interest.
    function slots(bytes32 seed, uint256 count) internal pure returns (NaiveTrie.Entry[] memory list) {
        list = new NaiveTrie.Entry[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = NaiveTrie.Entry(keccak256(abi.encode(seed, "slot", i)), integer(uint256(keccak256(abi.encode(seed, i))) >> (i * 31 % 256)));
        }
    }

    /// @dev `count` scratch entries of no interest.
    function marks(bytes32 seed, uint256 count) internal pure returns (NaiveTrie.Entry[] memory list) {
        list = new NaiveTrie.Entry[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = NaiveTrie.Entry(keccak256(abi.encode(seed, "mark", i)), hex"01");
    }

    /// @dev Tape of a read, or of a write that does not remove.
    function readTape(NaiveTrie.Entry[] memory entries, bytes32 key) internal pure returns (bytes memory) {
        return entries.proof(key, false);
    }

    /// @dev Tape of a write of `value` after the same key was read.
    function laterWriteTape(NaiveTrie.Entry[] memory entries, bytes32 key, uint256 value) internal pure returns (bytes memory) {
        if (value != 0) return "";
        bytes memory whole = entries.proof(key, true);
        uint256 known = entries.proof(key, false).length;
        return slice(whole, known, whole.length - known);
    }

    /// @dev The entries with a word at a slot; 0 removes it.
    function withSlot(NaiveTrie.Entry[] memory entries, uint256 slot, uint256 value) internal pure returns (NaiveTrie.Entry[] memory) {
        return entries.write(slotKey(slot), value == 0 ? bytes("") : integer(value));
    }

    /// @dev The entries with the account of the running contract, which has this storage.
    function withSelf(NaiveTrie.Entry[] memory entries, NaiveTrie.Entry[] memory storage_) internal pure returns (NaiveTrie.Entry[] memory) {
        return entries.write(accountKey(SELF), account(1, 5, storage_.root(), keccak256("code")));
    }
}
