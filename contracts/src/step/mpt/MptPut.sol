// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptBuild} from "./MptBuild.sol";
import {Node} from "./MptNode.sol";
import {MptPath} from "./MptPath.sol";
import {MptRlp} from "./MptRlp.sol";
import {MptWalk} from "./MptWalk.sol";
import {Slice, sliceOf} from "./Slice.sol";

/// @title Insert and replace
/// @notice Twin of shared/machine/src/trie/put.ts.
library MptPut {
    /// @notice Root with `value`, which is not empty, at `key`, to which `way` was walked.
    function put(MptWalk.Walk memory way, bytes32 key, uint256 length, bytes memory value) internal pure returns (bytes32) {
        unchecked {
            Slice item = MptRlp.encodeString(value);
            bytes32 rest = MptPath.skip(key, way.depth);
            uint256 left = length - way.depth;
            if (way.stop == MptWalk.Stop.EmptyTrie || way.stop == MptWalk.Stop.EmptySlot) {
                return MptWalk.climb(way, way.count, MptBuild.shortNode(true, rest, left, item));
            }
            if (way.stop == MptWalk.Stop.Found) {
                return MptWalk.climb(way, way.count - 1, MptBuild.shortNode(true, way.path, way.pathLength, item));
            }
            Slice leaf = MptBuild.shortNode(true, MptPath.skip(rest, way.shared + 1), left - way.shared - 1, item);
            return MptWalk.climb(way, way.count - 1, split(way, MptPath.nibbleAt(rest, way.shared), leaf));
        }
    }

    /// @notice A branch after the shared nibbles of the last node, with what was there and a new leaf. Twin of `split`.
    function split(MptWalk.Walk memory way, uint256 nibble, Slice leaf) internal pure returns (Slice branch) {
        unchecked {
            uint256 shared = way.shared;
            Slice moved = _moved(way);
            branch = MptBuild.branchOfTwo(MptPath.nibbleAt(way.path, shared), moved, nibble, MptBuild.refOf(leaf));
            if (shared > 0) branch = MptBuild.shortNode(false, MptPath.take(way.path, shared), shared, MptBuild.refOf(branch));
        }
    }

    /// @dev Reference to the last node with its shared nibbles and the next one cut off; an extension may vanish.
    function _moved(MptWalk.Walk memory way) private pure returns (Slice) {
        unchecked {
            Node node = way.nodes[way.count - 1];
            Slice item = sliceOf(node.item(), node.itemSize());
            bool isLeaf = way.stop == MptWalk.Stop.LeafDiffers;
            uint256 cut = way.shared + 1;
            if (!isLeaf && cut == way.pathLength) return item;
            return MptBuild.refOf(MptBuild.shortNode(isLeaf, MptPath.skip(way.path, cut), way.pathLength - cut, item));
        }
    }
}
