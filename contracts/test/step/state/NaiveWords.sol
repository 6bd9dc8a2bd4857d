// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NaiveTree} from "../../utils/NaiveTree.sol";

/// @dev Word trees and their range proofs after docs/protocol/machine.md, from all the words; shares no code with WordTree.
library NaiveWords {
    /// @dev The bytes cut into words, the last padded with zeros.
    function cut(bytes memory data) internal pure returns (bytes32[] memory words) {
        words = new bytes32[]((data.length + 31) / 32);
        assembly ("memory-safe") {
            mcopy(add(words, 0x20), add(data, 0x20), mload(data))
        }
    }

    function root(bytes32[] memory words, uint256 depth) internal pure returns (bytes32) {
        return NaiveTree.root(words, depth);
    }

    /// @dev Root of the tree over bytes.
    function rootOf(bytes memory data) internal pure returns (bytes32) {
        return NaiveTree.root(cut(data), 17);
    }

    /// @dev `count` words from `first` on, one after another; zeros beyond the end.
    function range(bytes32[] memory words, uint256 first, uint256 count) internal pure returns (bytes memory) {
        bytes32[] memory list = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = first + i < words.length ? words[first + i] : bytes32(0);
        return abi.encodePacked(list);
    }

    /// @dev `uint64 mask ‖ siblings`, from the leaves up, left before right, empty subtrees in the mask alone.
    function prove(bytes32[] memory words, uint256 first, uint256 count, uint256 depth) internal pure returns (bytes memory) {
        uint256 mask = 0;
        bytes memory siblings;
        bytes32[] memory level = words;
        bytes32 empty = 0;
        (uint256 from, uint256 to) = (first, first + count - 1);
        for (uint256 height = 0; height < depth; ++height) {
            if (from % 2 == 1) {
                if (node(level, from - 1, empty) == empty) mask |= 1 << (2 * height);
                else siblings = bytes.concat(siblings, node(level, from - 1, empty));
            }
            if (to % 2 == 0) {
                if (node(level, to + 1, empty) == empty) mask |= 2 << (2 * height);
                else siblings = bytes.concat(siblings, node(level, to + 1, empty));
            }
            level = NaiveTree.parents(level, height);
            empty = NaiveTree.node(empty, empty);
            (from, to) = (from / 2, to / 2);
        }
        return bytes.concat(bytes8(uint64(mask)), siblings);
    }

    /// @dev The words and their proof, as they are on the tape.
    function tape(bytes32[] memory words, uint256 first, uint256 count, uint256 depth) internal pure returns (bytes memory) {
        return bytes.concat(range(words, first, count), prove(words, first, count, depth));
    }

    /// @dev What reading or writing `size` bytes from `offset` on has on the tape; nothing for none.
    function bytesTape(bytes memory data, uint256 offset, uint256 size) internal pure returns (bytes memory) {
        if (size == 0) return "";
        uint256 first = offset / 32;
        return tape(cut(data), first, (offset + size + 31) / 32 - first, 17);
    }

    function node(bytes32[] memory level, uint256 index, bytes32 empty) private pure returns (bytes32) {
        return index < level.length ? level[index] : empty;
    }
}
