// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {IInbox} from "../../src/interfaces/IInbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {RetiredQuorum} from "../utils/RetiredQuorum.sol";

/// @dev A sequencer height orders one block of the lane at most, and once it is consumed no committee orders anything there again.
contract InboxSequencerHeightsTest is RetiredQuorum {
    bytes private constant PAYLOAD = hex"00000001aa";

    /// @dev Epoch 0 ordered heights 1 to 3, epoch 1 orders 4 and 5; the Inbox stands after 4.
    function setUp() public override {
        super.setUp();
        orderMany(3, PAYLOAD);
        append(batchOf(1, 3));
        handOver(makeKeys("fresh", 7));
        orderMany(2, PAYLOAD);
        append(batchOf(4, 4));
    }

    function _rogue(uint64 sequencerHeight) private pure returns (LaneBlock memory laneBlock) {
        laneBlock.sequencerHeight = sequencerHeight;
        laneBlock.payload = hex"00000001ee";
    }

    /// @dev Nothing happened, and the honest lane goes on.
    function _expectAndGoOn(bytes memory reason, Batch memory batch) private {
        vm.expectRevert(reason);
        append(batch);
        assertEq(inbox.count(), 4);
        append(batchOf(5, 5));
        assertEq(inbox.count(), 5);
    }

    function test_lastSequencerHeight_works() public {
        assertEq(inbox.lastSequencerHeight(), 4);
        append(batchOf(3, 4));
        assertEq(inbox.lastSequencerHeight(), 4, "nothing new");
        append(batchOf(3, 5));
        assertEq(inbox.lastSequencerHeight(), 5);
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        inbox.forceInclude(l1Header[block.number - 1]);
        assertEq(inbox.lastSequencerHeight(), 5, "forced leaves are of no height");
    }

    function test_appendBatch_retiredQuorumAtAConsumedHeight_reverts() public {
        _expectAndGoOn(
            abi.encodeWithSelector(IInbox.SequencerHeightNotGrowing.selector, 1, 4), rogueBatch(0, 1, _rogue(1))
        );
    }

    function test_appendBatch_retiredQuorumWithABlockAboveItsHeader_reverts() public {
        _expectAndGoOn(abi.encodeWithSelector(IInbox.BlockAboveTarget.selector, 5, 3), rogueBatch(0, 3, _rogue(5)));
    }

    function test_appendBatch_retiredQuorumWithAMadeUpHistory_reverts() public {
        _expectAndGoOn(
            abi.encodeWithSelector(IInbox.TargetNotBelowCertified.selector, 5, 3),
            rogueHistoryBatch(0, 3, 5, _rogue(5))
        );
    }

    function test_appendBatch_otherTargetOfTheCertifiedHeight_reverts() public {
        Batch memory batch = rogueHistoryBatch(1, 6, 6, _rogue(6));
        _expectAndGoOn(abi.encodeWithSelector(IInbox.TargetNotBelowCertified.selector, 6, 6), batch);
    }

    function testFuzz_appendBatch_retiredQuorum_reverts(uint64 height, uint64 targetHeight, uint64 sequencerHeight, bool history)
        public
    {
        height = height % 4 == 0 ? height : uint64(bound(height, 1, 6));
        targetHeight = targetHeight % 4 == 0 ? targetHeight : uint64(bound(targetHeight, 1, 8));
        sequencerHeight = sequencerHeight % 4 == 0 ? sequencerHeight : uint64(bound(sequencerHeight, 0, 8));
        LaneBlock memory laneBlock = _rogue(sequencerHeight);
        if (targetHeight == 0) targetHeight = 1;
        Batch memory batch =
            history ? rogueHistoryBatch(0, height, targetHeight, laneBlock) : rogueBatch(0, height, laneBlock);
        vm.expectRevert();
        append(batch);
        append(batchOf(4, 5));
        assertEq(inbox.count(), 5);
    }

    /// @dev Beyond its epoch the registry refuses it already.
    function test_appendBatch_retiredQuorumAboveItsEpoch_reverts() public {
        Batch memory batch = rogueBatch(0, 5, _rogue(5));
        _expectAndGoOn(
            abi.encodeWithSelector(ICommitteeRegistry.HeightOutsideEpoch.selector, 5, 1, 3), batch
        );
    }

    /// @dev One block of the lane for each height, of a quorum that certifies two as well.
    function test_appendBatch_heightTwice_reverts() public {
        LaneBlock[] memory blocks = new LaneBlock[](2);
        (blocks[0], blocks[1]) = (_rogue(5), _rogue(5));
        _expectAndGoOn(
            abi.encodeWithSelector(IInbox.SequencerHeightNotGrowing.selector, 5, 5), rogueRange(1, 6, blocks)
        );
    }

    function test_appendBatch_heightsWithGaps_works() public {
        append(batchOf(5, 5));
        LaneBlock[] memory blocks = new LaneBlock[](2);
        (blocks[0], blocks[1]) = (_rogue(9), _rogue(20));
        append(rogueRange(1, 20, blocks));
        assertEq(inbox.lastSequencerHeight(), 20);
        assertEq(inbox.count(), 7);
    }
}
