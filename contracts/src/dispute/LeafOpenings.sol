// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {TraceTree} from "../libraries/TraceTree.sol";
import {LeafOpening} from "../types/Dispute.sol";

/// @title From a block or segment leaf into the tree below it
/// @notice docs/protocol/disputes.md, Leaf opening.
library LeafOpenings {
    /// @notice Root of the tree below the leaf `hash`, which `opening` opens; the tree must end in the state that the leaf carries.
    /// @param lastChild  Last of the 16 nodes four levels below that root; the caller checks that they fold to it.
    /// @param ofBlock    Whether it is a block's leaf, not a segment's.
    function open(LeafOpening calldata opening, bytes32 hash, bytes32 lastChild, bool ofBlock)
        internal
        pure
        returns (bytes32 subRoot)
    {
        subRoot = opening.subRoot;
        bytes32 leaf = _leaf(opening.stateAfter, subRoot, ofBlock);
        if (leaf != hash) revert IDisputeManager.WrongLeafHash(leaf, hash);
        if (ofBlock) {
            bytes32 last = TraceTree.segmentLeaf(opening.stateAfter, opening.lastStepsRoot);
            TraceTree.verifyLastLeaf(lastChild, last, opening.lastSiblings, TraceTree.SEGMENT_DEPTH - 4);
        } else {
            if (opening.lastStepsRoot != 0) revert IDisputeManager.WrongOpening(opening.lastStepsRoot, 0);
            TraceTree.verifyLastLeaf(lastChild, opening.stateAfter, opening.lastSiblings, TraceTree.STEP_DEPTH - 4);
        }
    }

    /// @notice State before the leaf that follows leaf `child`, as `child` carries it.
    function previousOf(LeafOpening calldata opening, bytes32 child, bool ofBlock) internal pure returns (bytes32) {
        bytes32 leaf = _leaf(opening.prevState, opening.prevSubRoot, ofBlock);
        if (leaf != child) revert IDisputeManager.WrongLeafHash(leaf, child);
        if (opening.prevSiblings.length != 0) revert IDisputeManager.UnneededSiblings(opening.prevSiblings.length);
        return opening.prevState;
    }

    /// @notice State before leaf `index` > 0 of the tree `root`, which the leaf before it carries.
    function previousBelow(LeafOpening calldata opening, bytes32 root, uint256 index, bool ofBlock)
        internal
        pure
        returns (bytes32)
    {
        bytes32 leaf = _leaf(opening.prevState, opening.prevSubRoot, ofBlock);
        uint256 depth = ofBlock ? TraceTree.BLOCK_DEPTH : TraceTree.SEGMENT_DEPTH;
        TraceTree.verifyLeaf(root, leaf, index - 1, opening.prevSiblings, depth);
        return opening.prevState;
    }

    /// @notice Requires that nothing is said of a leaf before.
    function noPrevious(LeafOpening calldata opening, uint64 pos) internal pure {
        if (opening.prevState != 0 || opening.prevSubRoot != 0 || opening.prevSiblings.length != 0) {
            revert IDisputeManager.UnneededPrevious(pos);
        }
    }

    function _leaf(bytes32 stateAfter, bytes32 subRoot, bool ofBlock) private pure returns (bytes32) {
        return ofBlock ? TraceTree.blockLeaf(stateAfter, subRoot) : TraceTree.segmentLeaf(stateAfter, subRoot);
    }
}
