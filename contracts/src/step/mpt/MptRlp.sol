// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Slice, sliceOf} from "./Slice.sol";

/// @title RLP items in memory (yellow paper, appendix B), as trie nodes need them
library MptRlp {
    /// @notice The item has a shorter form, or claims 2^32 bytes or more.
    error RlpNotCanonical(bytes32 word);

    /// @notice Reads the header of the item whose first 32 bytes are `word`; what lies behind the item does not matter. Bounds are the caller's.
    function header(bytes32 word) internal pure returns (bool isList, uint256 headerLength, uint256 contentLength) {
        bool isLong = false;
        assembly ("memory-safe") {
            let prefix := byte(0, word)
            switch lt(prefix, 0x80)
            case 1 { contentLength := 1 }
            default {
                isList := gt(prefix, 0xbf)
                headerLength := 1
                contentLength := sub(sub(prefix, 0x80), shl(6, isList))
                if gt(contentLength, 55) {
                    let size := sub(contentLength, 55)
                    headerLength := add(1, size)
                    contentLength := shr(sub(256, shl(3, size)), shl(8, word))
                    // A length of more than four bytes, with a leading zero, or that fits the short form.
                    isLong := or(gt(size, 4), or(iszero(byte(1, word)), lt(contentLength, 56)))
                }
                if and(eq(prefix, 0x81), lt(byte(1, word), 0x80)) { isLong := 1 }
            }
        }
        if (isLong) revert RlpNotCanonical(word);
    }

    /// @notice Where the content of the list at `begin` starts; its header was checked before.
    function listContent(uint256 begin) internal pure returns (uint256) {
        unchecked {
            uint256 prefix = uint256(load(begin)) >> 248;
            return begin + (prefix < 0xf8 ? 1 : prefix - 0xf6);
        }
    }

    /// @notice The item of a byte string, in new memory.
    function encodeString(bytes memory value) internal pure returns (Slice item) {
        unchecked {
            uint256 size = value.length;
            uint256 begin = allocate(size + 37);
            uint256 end = begin;
            if (size != 1 || uint8(value[0]) >= 0x80) end = writeHeader(begin, 0x80, size);
            assembly ("memory-safe") {
                mcopy(end, add(value, 0x20), size)
            }
            item = sliceOf(begin, end + size - begin);
        }
    }

    /// @notice Content of the byte string at `at`, whose item was checked before.
    function content(uint256 begin) internal pure returns (Slice) {
        (, uint256 headerLength, uint256 contentLength) = header(load(begin));
        return sliceOf(begin + headerLength, contentLength);
    }

    /// @notice A copy of the slice.
    function toBytes(Slice slice) internal pure returns (bytes memory result) {
        uint256 from = slice.start();
        uint256 size = slice.length();
        result = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(result, 0x20), from, size)
        }
    }

    /// @notice Writes the header of an item with `size` bytes of content; `base` is 0x80 or 0xc0. Returns where the content starts.
    function writeHeader(uint256 begin, uint256 base, uint256 size) internal pure returns (uint256 end) {
        unchecked {
            if (size <= 55) {
                storeByte(begin, base + size);
                return begin + 1;
            }
            uint256 bytesOfSize = 1;
            while (size >> (8 * bytesOfSize) != 0) ++bytesOfSize;
            storeByte(begin, base + 55 + bytesOfSize);
            store(begin + 1, bytes32(size << (256 - 8 * bytesOfSize)));
            return begin + 1 + bytesOfSize;
        }
    }

    /// @dev `size` bytes of new memory; what is in them is not zeroed.
    function allocate(uint256 size) internal pure returns (uint256 begin) {
        assembly ("memory-safe") {
            begin := mload(0x40)
            mstore(0x40, and(add(add(begin, size), 0x1f), not(0x1f)))
        }
    }

    function load(uint256 begin) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(begin)
        }
    }

    function store(uint256 begin, bytes32 word) internal pure {
        assembly ("memory-safe") {
            mstore(begin, word)
        }
    }

    function storeByte(uint256 begin, uint256 value) internal pure {
        assembly ("memory-safe") {
            mstore8(begin, value)
        }
    }
}
