// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptBuild} from "./MptBuild.sol";
import {Kind, MptNode, Node} from "./MptNode.sol";
import {MptPath} from "./MptPath.sol";
import {MptProof} from "./MptProof.sol";
import {MptRlp} from "./MptRlp.sol";
import {MptWalk} from "./MptWalk.sol";
import {Slice, sliceOf} from "./Slice.sol";

/// @title Removal
/// @notice Twin of shared/machine/src/trie/remove.ts.
library MptRemove {
    /// @notice Root without the key, to which `way` was walked and which was found. A branch left with one child joins with it; that child is
    ///         the proof's last node, unless it stands in the branch.
    function remove(MptWalk.Walk memory way, bytes32 key, MptProof.Cursor memory cursor) internal pure returns (bytes32) {
        unchecked {
            uint256 count = way.count - 1;
            if (count == 0) return MptWalk.EMPTY_ROOT;
            // The leaf's parent is a branch: the walk refuses a leaf below an extension.
            Node branch = way.nodes[--count];
            if (branch.children() > 2) return MptWalk.climb(way, count, MptBuild.replaceItem(branch, _absent()));
            return _collapse(way, count, MptPath.nibbleAt(key, way.depth - 1), cursor);
        }
    }

    /// @dev Puts the remaining child in the place of branch `count`, joined with an extension above it.
    function _collapse(MptWalk.Walk memory way, uint256 count, uint256 removed, MptProof.Cursor memory cursor) private pure returns (bytes32) {
        unchecked {
            (Slice child, uint256 nibble) = MptNode.otherChild(way.nodes[count], removed);
            (Node sibling, bytes32 path, uint256 pathLength) = MptNode.decode(MptProof.resolve(cursor, child), 0);
            Kind kind = sibling.kind();
            (path, pathLength) = MptPath.join(bytes32(nibble << 252), 1, path, pathLength);
            if (count > 0 && way.nodes[count - 1].kind() == Kind.Extension) {
                (bytes32 head, uint256 headLength) = _pathOf(way.nodes[--count]);
                (path, pathLength) = MptPath.join(head, headLength, path, pathLength);
            }
            Slice item = kind == Kind.Branch ? child : sliceOf(sibling.item(), sibling.itemSize());
            return MptWalk.climb(way, count, MptBuild.shortNode(kind == Kind.Leaf, path, pathLength, item));
        }
    }

    function _pathOf(Node node) private pure returns (bytes32 path, uint256 pathLength) {
        (, path, pathLength) = MptNode.decode(sliceOf(node.begin(), node.size()), 0);
    }

    /// @dev The item of an absent child.
    function _absent() private pure returns (Slice) {
        uint256 begin = MptRlp.allocate(32);
        MptRlp.storeByte(begin, 0x80);
        return sliceOf(begin, 1);
    }
}
