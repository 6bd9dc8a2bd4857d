// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Slice, sliceOf} from "./Slice.sol";

/// @title RLP items in memory (yellow paper, appendix B), as trie nodes need them
library MptRlp {
    /// @notice The item has a shorter form, or claims 2^32 bytes or more.
    error RlpNotCanonical(bytes32 word);

    /// @notice Reads the header of the item whose first 32 bytes are `word`; what lies behind the item does not matter. Bounds are the caller's.
    function header(bytes32 word) internal pure returns (bool isList, uint256 headerLength, uint256 contentLength) {
        unchecked {
            uint256 prefix = uint8(word[0]);
            if (prefix < 0x80) return (false, 0, 1);
            isList = prefix >= 0xc0;
            uint256 short = prefix - (isList ? 0xc0 : 0x80);
            if (short <= 55) {
                if (short == 1 && !isList && uint8(word[1]) < 0x80) revert RlpNotCanonical(word);
                return (isList, 1, short);
            }
            uint256 size = short - 55;
            contentLength = uint256(word << 8) >> (256 - 8 * size);
            if (size > 4 || word[1] == 0 || contentLength <= 55) revert RlpNotCanonical(word);
            headerLength = 1 + size;
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
