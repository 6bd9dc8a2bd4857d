// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {IInbox} from "../../src/interfaces/IInbox.sol";
import {Certificate, LaneBlock, LaneProof} from "../../src/types/Ordering.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev Nothing lands but what the quorum certified.
contract InboxAuthenticityTest is SequencerFixture {
    bytes private constant PAYLOAD = hex"00000003aabbcc";

    function setUp() public override {
        super.setUp();
        orderMany(6, PAYLOAD);
        append(batchOf(1, 2));
    }

    function _expect(bytes4 selector, Batch memory batch) private {
        vm.expectPartialRevert(selector);
        append(batch);
        assertEq(inbox.count(), 2);
    }

    /// @dev Signs the changed header as the sequencers would.
    function _resign(Batch memory batch) private view {
        batch.certificate = certificateOf(batch.certified, quorumBits(4));
    }

    function test_appendBatch_belowQuorum_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.certificate = certificateOf(batch.certified, 3);
        _expect(ICommitteeRegistry.QuorumNotReached.selector, batch);
    }

    function testFuzz_appendBatch_certificateChanged_reverts(uint256 position, uint256 bitmap) public {
        Batch memory batch = batchOf(3, 6);
        batch.certificate.signatures[position % 192] ^= 0x01;
        _expect(ICommitteeRegistry.BadSignature.selector, batch);
        batch = batchOf(3, 6);
        vm.assume(bitmap != batch.certificate.bitmap);
        batch.certificate.bitmap = bitmap;
        vm.expectRevert();
        append(batch);
    }

    function test_appendBatch_unsignedHeader_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.certified.lanesRoot = bytes32("other");
        batch.target = batch.certified;
        _expect(ICommitteeRegistry.BadSignature.selector, batch);
    }

    function test_appendBatch_otherSet_reverts() public {
        bytes32 other = committees.createSet(addressesOf(keys), "other");
        Batch memory batch = batchOf(3, 6);
        batch.certified.setId = other;
        batch.target = batch.certified;
        _resign(batch);
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongSet.selector, other, setId));
        append(batch);
    }

    function test_appendBatch_otherVersion_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.certified.version = 2;
        batch.target = batch.certified;
        _resign(batch);
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongVersion.selector, 2));
        append(batch);
    }

    function test_appendBatch_targetOfOtherVersionOrSet_reverts() public {
        Batch memory batch = batchOf(3, 5);
        batch.target.version = 0;
        _expect(IInbox.WrongVersion.selector, batch);
        batch = batchOf(3, 5);
        batch.target.setId = 0;
        _expect(IInbox.WrongSet.selector, batch);
    }

    function test_appendBatch_targetNotInHistory_reverts() public {
        Batch memory batch = batchOf(3, 5);
        batch.target.timestamp += 1;
        vm.expectRevert(
            abi.encodeWithSelector(IInbox.TargetNotInHistory.selector, hashOf(batch.target), batch.certified.historyRoot)
        );
        append(batch);
    }

    function test_appendBatch_targetWithoutPlaceInHistory_reverts() public {
        Batch memory batch = batchOf(3, 5);
        batch.target.height = 0;
        _expect(IInbox.TargetNotInHistory.selector, batch);
        batch.target.height = type(uint64).max;
        _expect(IInbox.TargetNotInHistory.selector, batch);
        batch = batchOf(3, 5);
        batch.target.height = 4;
        _expect(IInbox.TargetNotInHistory.selector, batch);
    }

    function testFuzz_appendBatch_historyProofChanged_reverts(uint256 position, bytes32 sibling) public {
        Batch memory batch = batchOf(3, 5);
        position = position % 32;
        vm.assume(sibling != batch.history.siblings[position]);
        batch.history.siblings[position] = sibling;
        _expect(IInbox.TargetNotInHistory.selector, batch);
    }

    function testFuzz_appendBatch_historyProofLength_reverts(uint256 length) public {
        Batch memory batch = batchOf(3, 5);
        length = bound(length, 0, 64);
        if (length == 32) length = 33;
        bytes32[] memory siblings = new bytes32[](length);
        for (uint256 i = 0; i < length; ++i) siblings[i] = i < 32 ? batch.history.siblings[i] : NaiveTree.zero(i);
        batch.history.siblings = siblings;
        _expect(IInbox.TargetNotInHistory.selector, batch);
    }

    /// @dev A lane tip of no header, under each part of the proof that can be changed.
    function testFuzz_appendBatch_laneProofChanged_reverts(uint8 part, uint256 seed) public {
        Batch memory batch = batchOf(3, 6);
        part = uint8(bound(part, 0, 5));
        if (part == 0) batch.lane.laneTip = keccak256(abi.encode(seed));
        if (part == 1) batch.lane.laneHeight = uint64(bound(seed, 7, type(uint64).max));
        if (part == 2) batch.lane.laneCount = seed % 2 == 0 ? 4 : uint64(bound(seed, 4, type(uint64).max));
        if (part == 3) batch.lane.index = seed % 2 == 0 ? 0 : uint64(bound(seed, 2, type(uint64).max));
        if (part == 4) batch.lane.siblings[seed % 2] = keccak256(abi.encode(seed));
        if (part == 5) batch.lane.siblings = new bytes32[](seed % 2 == 0 ? 1 : 3);
        LaneProof memory proof = batch.lane;
        bool possible = proof.siblings.length == 2 && proof.laneCount < 5 && proof.index < proof.laneCount;
        _expect(possible ? IInbox.LaneNotProven.selector : IInbox.ImpossibleLaneProof.selector, batch);
    }

    function test_appendBatch_laneOfNeighbour_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.lane.laneTip = "below";
        batch.lane.laneHeight = 7;
        batch.lane.index = 0;
        batch.lane.siblings = NaiveTree.proof(laneLeaves(6), 0, 2);
        _expect(IInbox.LaneNotProven.selector, batch);
    }

    function test_appendBatch_gap_reverts() public {
        Batch memory batch = batchOf(4, 6);
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongFirstLaneHeight.selector, 4, 2));
        append(batch);
    }

    function test_appendBatch_firstHeightZero_reverts() public {
        Batch memory batch = batchOf(1, 6);
        batch.firstLaneHeight = 0;
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongFirstLaneHeight.selector, 0, 2));
        append(batch);
    }

    function test_appendBatch_blockCount_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.blocks = batchOf(3, 5).blocks;
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongBlockCount.selector, 3, 3, 6));
        append(batch);
        batch = batchOf(3, 6);
        batch.blocks = batchOf(2, 6).blocks;
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongBlockCount.selector, 3, 5, 6));
        append(batch);
    }

    /// @dev Every field of every block enters the tip, in the new part and in the one that is ignored.
    function testFuzz_appendBatch_blockChanged_reverts(uint8 field, uint8 which, uint64 value) public {
        Batch memory batch = batchOf(1, 6);
        LaneBlock memory laneBlock = batch.blocks[which % 6];
        bytes32 before = keccak256(abi.encode(laneBlock));
        field = field % 5;
        if (field == 0) laneBlock.sequencerHeight = value;
        if (field == 1) laneBlock.timestamp = value;
        if (field == 2) laneBlock.originNumber = value;
        if (field == 3) laneBlock.originHash = bytes32(uint256(value));
        if (field == 4) laneBlock.payload = abi.encode(value);
        vm.assume(keccak256(abi.encode(laneBlock)) != before);
        vm.expectRevert();
        append(batch);
        assertEq(inbox.count(), 2);
    }

    function test_appendBatch_firstTip_reverts() public {
        Batch memory batch = batchOf(3, 6);
        batch.firstTip = "other";
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongTip.selector, bytes32("other"), tips[2]));
        append(batch);
    }

    function test_appendBatch_oldBlocksWithOtherTip_reverts() public {
        Batch memory batch = batchOf(1, 2);
        batch.firstTip = "other";
        _expect(IInbox.WrongTip.selector, batch);
        batch = batchOf(1, 1);
        batch.firstTip = "other";
        _expect(IInbox.WrongTip.selector, batch);
    }

    /// @dev A quorum that signs two histories cannot make the Inbox leave its own.
    function test_appendBatch_equivocatingQuorum_reverts() public {
        bytes32[] memory kept = new bytes32[](3);
        for (uint256 i = 0; i < 3; ++i) kept[i] = tips[i];
        delete headers;
        delete historyLeaves;
        delete laneBlocks;
        delete tips;
        tips.push(kept[0]);
        orderMany(2, hex"00000001ff");
        // Nothing new, but not what is in.
        Batch memory batch = batchOf(1, 2);
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongTip.selector, tips[2], kept[2]));
        append(batch);
        orderMany(1, hex"00000001ff");
        batch = batchOf(1, 3);
        vm.expectRevert(abi.encodeWithSelector(IInbox.WrongTip.selector, tips[2], kept[2]));
        append(batch);
    }
}
