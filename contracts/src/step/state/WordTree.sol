// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {Tape} from "./Tape.sol";

/// @title Trees of words from proofs of ranges
/// @notice Inner nodes `H(node, left, right)`, empty subtrees `z[i]`. Leaves are any words: the depth is fixed, so none can pass for a node. Twin of
///         shared/machine/src/commit/word-tree.ts.
library WordTree {
    /// @notice Depth of the trees of bytes and of logs.
    uint256 internal constant DEPTH = 17;
    /// @notice Depth of the tree of records.
    uint256 internal constant RECORDS_DEPTH = 12;
    /// @notice `z[17]`.
    bytes32 internal constant EMPTY = 0xfbc0a77a494a7aee3c6dbae7f816bde410514a2fb75fe325f82ceadea81b22a2;

    /// @notice The range does not fit the tree.
    error RangeOutOfTree(uint256 first, uint256 count, uint256 depth);
    /// @notice The words and siblings do not lead to the root.
    error WrongRoot(bytes32 expected, bytes32 actual);

    /// @param first      Position of the first word.
    /// @param count      Words, at least one.
    /// @param depth      Of the tree.
    /// @param zeros      Mask of siblings that are empty subtrees.
    /// @param siblings   Where the siblings start in calldata.
    /// @param end        Where the proof ends.
    struct Range {
        uint256 first;
        uint256 count;
        uint256 depth;
        uint256 zeros;
        uint256 siblings;
        uint256 end;
    }

    /// @notice Takes `count` words from `first` on, with their proof, from the tape and checks them under `root`. The words are at `words` in memory.
    function takeRange(MptProof.Cursor memory tape, bytes32 root, uint256 first, uint256 count, uint256 depth)
        internal
        pure
        returns (uint256 words, Range memory range)
    {
        if (count == 0 || (first + count) >> depth > 1 || ((first + count) >> depth == 1 && (first + count) != 1 << depth)) {
            revert RangeOutOfTree(first, count, depth);
        }
        words = _allocate(count);
        Tape.takeWords(tape, words, count);
        range.first = first;
        range.count = count;
        range.depth = depth;
        range.zeros = Tape.takeInteger(tape, 8);
        range.siblings = tape.next;
        range.end = tape.end;
        bytes32 actual;
        (actual, tape.next) = fold(range, words);
        if (actual != root) revert WrongRoot(root, actual);
    }

    /// @notice Takes the leaf at `index`.
    function takeLeaf(MptProof.Cursor memory tape, bytes32 root, uint256 index, uint256 depth)
        internal
        pure
        returns (bytes32 leaf, Range memory range)
    {
        uint256 words;
        (words, range) = takeRange(tape, root, index, 1, depth);
        assembly ("memory-safe") {
            leaf := mload(words)
        }
    }

    /// @notice Root with one leaf in the place of the range's only word.
    function setLeaf(Range memory range, bytes32 leaf) internal pure returns (bytes32 root) {
        uint256 words = _allocate(1);
        assembly ("memory-safe") {
            mstore(words, leaf)
        }
        (root,) = fold(range, words);
    }

    /// @notice Root with the `range.count` words at `words` in the range's place, and where the siblings end. The words stay as they are.
    function fold(Range memory range, uint256 words) internal pure returns (bytes32 root, uint256 end) {
        unchecked {
            uint256 count = range.count;
            uint256 position = range.first;
            uint256 zeros = range.zeros;
            bytes32 zero = 0;
            end = range.siblings;
            // One spare word before and behind the level's nodes.
            uint256 level = _allocate(count + 2) + 32;
            assembly ("memory-safe") {
                mcopy(level, words, shl(5, count))
            }
            for (uint256 height = 0; height < range.depth; ++height) {
                uint256 from = level;
                if (position & 1 == 1) {
                    from -= 32;
                    end = _sibling(from, zeros & 1 == 1, zero, end, range.end);
                    ++count;
                    --position;
                }
                if (count & 1 == 1) {
                    end = _sibling(from + 32 * count, zeros & 2 == 2, zero, end, range.end);
                    ++count;
                }
                count >>= 1;
                position >>= 1;
                _hashPairs(from, level, count);
                zeros >>= 2;
                if (zeros != 0) zero = _node(zero, zero);
            }
            assembly ("memory-safe") {
                root := mload(level)
            }
        }
    }

    /// @notice Root of the word tree over bytes that start at position 0; a copy of them is padded with zeros.
    function rootOfBytes(bytes memory data) internal pure returns (bytes32 root) {
        unchecked {
            uint256 count = (data.length + 31) / 32;
            if (count == 0) return EMPTY;
            if (count > 1 << DEPTH) revert RangeOutOfTree(0, count, DEPTH);
            uint256 level = _allocate(count + 1);
            assembly ("memory-safe") {
                mstore(add(level, shl(5, sub(count, 1))), 0)
                mcopy(level, add(data, 0x20), mload(data))
            }
            bytes32 zero = 0;
            for (uint256 height = 0; height < DEPTH; ++height) {
                if (count & 1 == 1) {
                    assembly ("memory-safe") {
                        mstore(add(level, shl(5, count)), zero)
                    }
                    ++count;
                }
                count >>= 1;
                _hashPairs(level, level, count);
                zero = _node(zero, zero);
            }
            assembly ("memory-safe") {
                root := mload(level)
            }
        }
    }

    function _sibling(uint256 to, bool isZero, bytes32 zero, uint256 start, uint256 limit) private pure returns (uint256) {
        if (!isZero && start + 32 > limit) revert Tape.TapeTooShort(32, limit - start);
        assembly ("memory-safe") {
            switch isZero
            case 0 {
                mstore(to, calldataload(start))
                start := add(start, 32)
            }
            default { mstore(to, zero) }
        }
        return start;
    }

    /// @dev Hashes `pairs` pairs of words at `from` to words at `to`, which may be the same place or behind it by a word.
    function _hashPairs(uint256 from, uint256 to, uint256 pairs) private pure {
        bytes32 tag = Tags.NODE;
        assembly ("memory-safe") {
            let preimage := mload(0x40)
            mstore(preimage, tag)
            for { let end := add(to, shl(5, pairs)) } lt(to, end) { to := add(to, 0x20) } {
                mcopy(add(preimage, 0x20), from, 0x40)
                mstore(to, keccak256(preimage, 0x60))
                from := add(from, 0x40)
            }
        }
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32 result) {
        bytes32 tag = Tags.NODE;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mstore(add(free, 0x20), left)
            mstore(add(free, 0x40), right)
            result := keccak256(free, 0x60)
        }
    }

    function _allocate(uint256 words) private pure returns (uint256 begin) {
        assembly ("memory-safe") {
            begin := mload(0x40)
            mstore(0x40, add(begin, shl(5, words)))
        }
    }
}
