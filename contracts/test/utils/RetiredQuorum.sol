// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {LaneBlock, LaneProof, SequencerHeader} from "../../src/types/Ordering.sol";
import {SequencerFixture} from "./SequencerFixture.sol";

/// @dev What a quorum that signs anything at all can post: one lane block of its own where the Inbox stands.
abstract contract RetiredQuorum is SequencerFixture {
    /// @dev Under one certified header of `height`.
    function rogueBatch(uint64 epoch, uint64 height, LaneBlock memory laneBlock) internal view returns (Batch memory batch) {
        LaneBlock[] memory blocks = new LaneBlock[](1);
        blocks[0] = laneBlock;
        return rogueRange(epoch, height, blocks);
    }

    /// @dev The same with any number of blocks.
    function rogueRange(uint64 epoch, uint64 height, LaneBlock[] memory blocks) internal view returns (Batch memory batch) {
        batch = _continuing(blocks);
        batch.certified = _header(epoch, height, batch.lane);
        batch.target = batch.certified;
        batch.certificate = certificateOf(batch.certified, quorumBits(epochKeys[epoch].length));
    }

    /// @dev Under a target of `targetHeight` in the made-up history of a certified header of `height`.
    function rogueHistoryBatch(uint64 epoch, uint64 height, uint64 targetHeight, LaneBlock memory laneBlock)
        internal
        view
        returns (Batch memory batch)
    {
        LaneBlock[] memory blocks = new LaneBlock[](1);
        blocks[0] = laneBlock;
        batch = _continuing(blocks);
        batch.target = _header(epoch, targetHeight, batch.lane);
        batch.certified = _header(epoch, height, batch.lane);
        batch.history.siblings = new bytes32[](AppendOnlyTree.DEPTH);
        bytes32 node = keccak256(abi.encode(Tags.HISTORY_LEAF, targetHeight, hashOf(batch.target)));
        for (uint256 i = 0; i < AppendOnlyTree.DEPTH; ++i) {
            node = (targetHeight - 1) >> i & 1 == 1 ? AppendOnlyTree.node(0, node) : AppendOnlyTree.node(node, 0);
        }
        batch.certified.historyRoot = node;
        batch.certificate = certificateOf(batch.certified, quorumBits(epochKeys[epoch].length));
    }

    function _continuing(LaneBlock[] memory blocks) private view returns (Batch memory batch) {
        (bytes32 tip, uint64 laneHeight) = inbox.lanePosition();
        batch.firstTip = tip;
        batch.firstLaneHeight = laneHeight + 1;
        for (uint256 i = 0; i < blocks.length; ++i) tip = tipAfter(tip, blocks[i]);
        batch.lane = LaneProof(tip, laneHeight + uint64(blocks.length), 1, 0, new bytes32[](0));
        batch.blocks = blocks;
        batch.originHeaders = new bytes[](0);
    }

    function _header(uint64 epoch, uint64 height, LaneProof memory lane) private view returns (SequencerHeader memory header) {
        header.version = 1;
        header.setId = setId;
        header.epoch = epoch;
        header.height = height;
        bytes32 leaf = keccak256(abi.encode(Tags.LANE_LEAF, LANE, lane.laneTip, lane.laneHeight));
        header.lanesRoot = keccak256(abi.encode(Tags.LANES_ROOT, 1, leaf));
    }
}
