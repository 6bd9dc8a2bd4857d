// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "./AppendOnlyTree.sol";
import {Tags} from "./Tags.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {LaneBlock, LaneProof} from "../types/Ordering.sol";

/// @title Lanes: their hash chains and the tree over them
/// @notice Twin of shared/protocol's functions of the same names; docs/protocol/hashing.md.
library Lanes {
    /// @notice Tip of a lane without blocks: `H(firstLaneTip, setId, lane, inbox)`.
    function firstLaneTip(bytes32 setId, uint64 lane, address inbox) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.FIRST_LANE_TIP, setId, lane, inbox));
    }

    /// @notice Tip after a block whose payload has the given length and hash.
    function laneTip(uint64 lane, bytes32 prevTip, LaneBlock calldata laneBlock, uint64 payloadLength, bytes32 payloadHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                Tags.LANE_TIP,
                lane,
                prevTip,
                laneBlock.sequencerHeight,
                laneBlock.timestamp,
                laneBlock.originNumber,
                laneBlock.originHash,
                payloadLength,
                payloadHash
            )
        );
    }

    /// @notice Leaf of the lane tree: `H(laneLeaf, lane, laneTip, laneHeight)`.
    function laneLeaf(uint64 lane, bytes32 tip, uint64 laneHeight) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.LANE_LEAF, lane, tip, laneHeight));
    }

    /// @notice `H(lanesRoot, laneCount, top)`.
    function lanesRoot(uint64 laneCount, bytes32 top) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.LANES_ROOT, laneCount, top));
    }

    /// @dev Lanes fit 32 bits, so there are no more.
    uint64 internal constant MAX_LANES = 1 << 32;

    /// @notice The `lanesRoot` that a proof of `lane` leads to. Reverts when its lane count, index or length is impossible.
    function lanesRootOfProof(uint64 lane, LaneProof calldata proof) internal pure returns (bytes32) {
        uint64 laneCount = proof.laneCount;
        if (laneCount > MAX_LANES || proof.index >= laneCount || proof.siblings.length != laneTreeDepth(laneCount)) {
            revert IInbox.ImpossibleLaneProof(proof.index, laneCount, proof.siblings.length);
        }
        bytes32 leaf = laneLeaf(lane, proof.laneTip, proof.laneHeight);
        return lanesRoot(laneCount, AppendOnlyTree.rootOf(leaf, proof.index, proof.siblings));
    }

    /// @notice ceil(log2(laneCount)): levels of the lane tree, 0 for one lane or none.
    function laneTreeDepth(uint64 laneCount) internal pure returns (uint256 depth) {
        while (uint256(1) << depth < laneCount) ++depth;
    }
}
