// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "./MptRlp.sol";
import {Slice} from "./Slice.sol";

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

    /// @notice Reads the hex-prefix encoding.
    function readHexPrefix(Slice encoded) internal pure returns (bool isLeaf, bytes32 path, uint256 length) {
        unchecked {
            uint256 size = encoded.length();
            bytes32 word = MptRlp.load(encoded.start());
            uint256 flag = uint256(word) >> 248;
            bool isOdd = flag & 0x10 != 0;
            if (size == 0 || size > (isOdd ? 32 : 33) || flag > 0x3f || (!isOdd && flag & 0x0f != 0)) revert BadPath(word, size);
            isLeaf = flag >= 0x20;
            length = 2 * (size - 1) + (isOdd ? 1 : 0);
            path = take(isOdd ? word << 4 : MptRlp.load(encoded.start() + 1), length);
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
