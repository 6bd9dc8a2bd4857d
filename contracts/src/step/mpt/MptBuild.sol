// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptPath} from "./MptPath.sol";
import {MptRlp} from "./MptRlp.sol";
import {Node} from "./MptNode.sol";
import {Slice, sliceOf} from "./Slice.sol";

/// @title Writing nodes
/// @notice Twin of shared/machine/src/trie/hash.ts. Results stand in new memory, except where a node keeps its length.
library MptBuild {
    /// @notice A leaf (`item` is the value) or an extension (`item` is the child), RLP headers included.
    function shortNode(bool isLeaf, bytes32 path, uint256 pathLength, Slice item) internal pure returns (Slice) {
        unchecked {
            uint256 pathBytes = 1 + (pathLength >> 1);
            uint256 itemLength = item.length();
            uint256 content = pathBytes + (pathBytes > 1 ? 1 : 0) + itemLength;
            uint256 begin = MptRlp.allocate(content + 69);
            uint256 next = MptRlp.writeHeader(begin, 0xc0, content);
            if (pathBytes > 1) MptRlp.storeByte(next++, 0x80 + pathBytes);
            next = MptPath.writeHexPrefix(next, isLeaf, path, pathLength);
            _copy(next, item);
            return sliceOf(begin, next + itemLength - begin);
        }
    }

    /// @notice A branch with two children and nothing else.
    function branchOfTwo(uint256 leftNibble, Slice left, uint256 rightNibble, Slice right) internal pure returns (Slice) {
        unchecked {
            uint256 content = 15 + left.length() + right.length();
            uint256 begin = MptRlp.allocate(content + 37);
            uint256 next = MptRlp.writeHeader(begin, 0xc0, content);
            for (uint256 i = 0; i < 16; ++i) {
                if (i == leftNibble) next = _copy(next, left);
                else if (i == rightNibble) next = _copy(next, right);
                else MptRlp.storeByte(next++, 0x80);
            }
            MptRlp.storeByte(next, 0x80);
            return sliceOf(begin, next + 1 - begin);
        }
    }

    /// @notice How a parent refers to a node: itself below 32 bytes, else 0xa0 ‖ hash. Twin of `refOf`.
    function refOf(Slice node) internal pure returns (Slice) {
        if (node.length() < 32) return node;
        uint256 begin = MptRlp.allocate(64);
        MptRlp.storeByte(begin, 0xa0);
        MptRlp.store(begin + 1, hash(node));
        return sliceOf(begin, 33);
    }

    /// @notice `node` with another item; in its place when the length stays.
    function replaceItem(Node node, Slice item) internal pure returns (Slice) {
        unchecked {
            if (item.length() == node.itemSize()) {
                _copy(node.item(), item);
                return sliceOf(node.begin(), node.size());
            }
            uint256 first = MptRlp.listContent(node.begin());
            uint256 behind = node.item() + node.itemSize();
            uint256 content = node.begin() + node.size() - first - node.itemSize() + item.length();
            uint256 begin = MptRlp.allocate(content + 37);
            uint256 next = MptRlp.writeHeader(begin, 0xc0, content);
            next = _copy(next, sliceOf(first, node.item() - first));
            next = _copy(next, item);
            next = _copy(next, sliceOf(behind, node.begin() + node.size() - behind));
            return sliceOf(begin, next - begin);
        }
    }

    function hash(Slice node) internal pure returns (bytes32 result) {
        uint256 from = node.start();
        uint256 size = node.length();
        assembly ("memory-safe") {
            result := keccak256(from, size)
        }
    }

    function _copy(uint256 to, Slice slice) private pure returns (uint256 end) {
        uint256 from = slice.start();
        uint256 size = slice.length();
        assembly ("memory-safe") {
            mcopy(to, from, size)
            end := add(to, size)
        }
    }
}
