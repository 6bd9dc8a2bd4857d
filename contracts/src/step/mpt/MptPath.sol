// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "./MptRlp.sol";

/// @title Paths of at most 64 nibbles
/// @notice A path is a word with its nibbles from the left, zeros after them, and their number. Twin of shared/machine/src/trie/path.ts.
library MptPath {
    /// @notice Not a hex-prefix path (yellow paper, appendix C), or longer than 64 nibbles.
    error BadPath(bytes32 word, uint256 length);
    /// @notice Two paths join to more than 64 nibbles.
    error PathTooLong(uint256 length);

    /// @notice Nibble `i`; 0 past the end.
    function nibbleAt(bytes32 path, uint256 i) internal pure returns (uint256) {
        unchecked {
            return uint256(path << (4 * i)) >> 252;
        }
    }

    /// @notice `path` without its first `count` nibbles.
    function skip(bytes32 path, uint256 count) internal pure returns (bytes32) {
        unchecked {
            return path << (4 * count);
        }
    }

    /// @notice The first `count` nibbles of `path`.
    function take(bytes32 path, uint256 count) internal pure returns (bytes32) {
        unchecked {
            return bytes32(uint256(path) & ~(type(uint256).max >> (4 * count)));
        }
    }

    /// @notice How many nibbles both paths start with.
    function commonPrefix(bytes32 left, uint256 leftLength, bytes32 right, uint256 rightLength) internal pure returns (uint256 shared) {
        unchecked {
            uint256 limit = leftLength < rightLength ? leftLength : rightLength;
            uint256 x = uint256(left ^ right);
            if (x == 0) return limit;
            if (x >> 128 == 0) (shared, x) = (32, x << 128);
            if (x >> 192 == 0) (shared, x) = (shared + 16, x << 64);
            if (x >> 224 == 0) (shared, x) = (shared + 8, x << 32);
            if (x >> 240 == 0) (shared, x) = (shared + 4, x << 16);
            if (x >> 248 == 0) (shared, x) = (shared + 2, x << 8);
            if (x >> 252 == 0) ++shared;
            if (shared > limit) shared = limit;
        }
    }

    /// @notice `head ‖ tail`
    function join(bytes32 head, uint256 headLength, bytes32 tail, uint256 tailLength) internal pure returns (bytes32 path, uint256 length) {
        unchecked {
            length = headLength + tailLength;
            if (length > 64) revert PathTooLong(length);
            path = head | (tail >> (4 * headLength));
        }
    }

    /// @notice Reads the hex-prefix encoding in the string item [`item`, `end`), which is not empty.
    function readHexPrefix(uint256 item, uint256 end) internal pure returns (bool isLeaf, bytes32 path, uint256 length) {
        unchecked {
            uint256 size = end - item;
            // Flags are below 0x80, so a path of one byte is its own item, and no item is two bytes long.
            if (size == 2) revert BadPath(MptRlp.load(item), size);
            if (size > 1) (item, size) = (item + 1, size - 1);
            bytes32 word = MptRlp.load(item);
            uint256 flag = uint256(word) >> 248;
            uint256 odd = (flag >> 4) & 1;
            if (size + odd > 33 || flag > 0x3f || (odd == 0 && flag & 0x0f != 0)) revert BadPath(word, size);
            isLeaf = flag >= 0x20;
            length = 2 * (size - 1) + odd;
            path = take(odd == 1 ? word << 4 : MptRlp.load(item + 1), length);
        }
    }

    /// @notice Writes the hex-prefix encoding, `1 + length / 2` bytes, and returns its end. Overwrites up to 32 bytes behind.
    function writeHexPrefix(uint256 begin, bool isLeaf, bytes32 path, uint256 length) internal pure returns (uint256 end) {
        unchecked {
            uint256 flag = isLeaf ? 2 : 0;
            if (length & 1 == 1) {
                MptRlp.store(begin, bytes32((flag + 1) << 252) | (path >> 4));
            } else {
                MptRlp.storeByte(begin, flag << 4);
                MptRlp.store(begin + 1, path);
            }
            return begin + 1 + (length >> 1);
        }
    }
}
