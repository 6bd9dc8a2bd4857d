// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "./AppendOnlyTree.sol";
import {Tags} from "./Tags.sol";

/// @title The tree of an execution's states
/// @notice 2^12 blocks, in each 2^12 segments, in each 2^24 micro-ops (docs/protocol/machine.md, Trace). Twin of shared/machine/src/trace/trace-tree.ts.
library TraceTree {
    /// @notice Depth of a trace's tree of blocks.
    uint256 internal constant BLOCK_DEPTH = 12;
    /// @notice Depth of a block's tree of segments.
    uint256 internal constant SEGMENT_DEPTH = 12;
    /// @notice Depth of a segment's tree of states.
    uint256 internal constant STEP_DEPTH = 24;

    /// @notice A proof has a sibling for each level.
    error ProofLength(uint256 expected, uint256 actual);
    /// @notice The tree has no such leaf.
    error BadLeafIndex(uint256 index, uint256 depth);
    /// @notice The leaf is not below this root.
    error WrongLeaf(bytes32 expectedRoot, bytes32 actualRoot);

    /// @notice Leaf of a segment: the state after it and the root of its states.
    function segmentLeaf(bytes32 stateAfter, bytes32 stepsRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.SEGMENT_LEAF, stateAfter, stepsRoot));
    }

    /// @notice Leaf of a block: the state after it and the root of its segments.
    function blockLeaf(bytes32 stateAfter, bytes32 segmentsRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.BLOCK_LEAF, stateAfter, segmentsRoot));
    }

    /// @notice Root of the tree of `depth` levels all of whose leaves are `leaf`.
    function repeat(bytes32 leaf, uint256 depth) internal pure returns (bytes32 current) {
        current = leaf;
        for (uint256 height = 0; height < depth; ++height) {
            current = AppendOnlyTree.node(current, current);
        }
    }

    /// @notice The node four levels above `nodes`.
    function fold(bytes32[16] memory nodes) internal pure returns (bytes32 root) {
        bytes32 tag = Tags.NODE;
        assembly ("memory-safe") {
            // The tag and two children to be hashed, and behind them a level; each is written over the one below it.
            let free := mload(0x40)
            mstore(free, tag)
            let level := add(free, 0x60)
            mcopy(level, nodes, 0x200)
            for { let size := 0x100 } gt(size, 0x10) { size := shr(1, size) } {
                for { let i := 0 } lt(i, size) { i := add(i, 0x20) } {
                    mcopy(add(free, 0x20), add(level, shl(1, i)), 0x40)
                    mstore(add(level, i), keccak256(free, 0x60))
                }
            }
            root := mload(level)
        }
    }

    /// @notice Checks that `leaf` is leaf `index` of a tree of `depth` levels below `root`. `siblings` go from the leaf up.
    function verifyLeaf(bytes32 root, bytes32 leaf, uint256 index, bytes32[] calldata siblings, uint256 depth)
        internal
        pure
    {
        if (siblings.length != depth) revert ProofLength(depth, siblings.length);
        if (index >> depth != 0) revert BadLeafIndex(index, depth);
        bytes32 actual = AppendOnlyTree.rootOf(leaf, index, siblings);
        if (actual != root) revert WrongLeaf(root, actual);
    }

    /// @notice `verifyLeaf` of the last of 2^depth leaves.
    function verifyLastLeaf(bytes32 root, bytes32 leaf, bytes32[] calldata siblings, uint256 depth) internal pure {
        verifyLeaf(root, leaf, (1 << depth) - 1, siblings, depth);
    }
}
