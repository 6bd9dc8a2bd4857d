// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {InboxLeaf, Origin} from "../../src/types/Inbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Vm} from "../utils/Test.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev What a good batch does, and what one that overlaps the Inbox does.
contract InboxAppendBatchTest is SequencerFixture {
    bytes private constant PAYLOAD = hex"00000003aabbcc0000000211ff";

    function _checkPosition(uint256 laneHeight) private view {
        (bytes32 laneTip, uint64 height) = inbox.lanePosition();
        assertEq(laneTip, tips[laneHeight], "lane tip");
        assertEq(height, laneHeight, "lane height");
        assertEq(inbox.count(), leafHashes.length, "count");
        assertEq(inbox.root(), NaiveTree.root(leafHashes, 32), "root");
    }

    function test_appendBatch_everyFieldOfALeaf_works() public {
        deposits.deposit(100_000);
        mine(12);
        uint256 l1 = block.number - 1;
        order(laneBlockOf(PAYLOAD));
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 1, l1));
        assertEq(leaves.length, 1);

        bytes32[] memory entries = new bytes32[](2);
        entries[0] = keccak256(abi.encode(Tags.TX_ENTRY, 0, 3, keccak256(hex"aabbcc")));
        entries[1] = keccak256(abi.encode(Tags.TX_ENTRY, 1, 2, keccak256(hex"11ff")));
        InboxLeaf memory expected = InboxLeaf({
            kind: 0,
            sequencerHeight: 1,
            timestamp: uint64(block.timestamp),
            originNumber: uint64(l1),
            originHash: l1Hash(l1),
            originTimestamp: uint64(block.timestamp - 12),
            originBaseFee: 1 gwei + l1,
            prevRandao: keccak256(abi.encode(Tags.PREV_RANDAO, keccak256(abi.encode("mix", l1)), 1)),
            payloadHash: keccak256(PAYLOAD),
            txCount: 2,
            txRoot: NaiveTree.root(entries, 12),
            depositStart: 0,
            depositEnd: 1,
            depositRoot: deposits.depositRoot()
        });
        assertEq(abi.encode(leaves[0]), abi.encode(expected));
        _checkPosition(1);
        (uint64 timestamp, Origin memory origin, uint64 depositEnd) = inbox.lastLeaf();
        assertEq(timestamp, block.timestamp);
        assertEq(depositEnd, 1);
        assertEq(origin.number, l1);
        assertEq(origin.hash, l1Hash(l1));
        assertEq(origin.timestamp, block.timestamp - 12);
        assertEq(origin.baseFee, 1 gwei + l1);
        assertEq(origin.mixHash, keccak256(abi.encode("mix", l1)));
    }

    function test_appendBatch_event_works() public {
        orderMany(4, PAYLOAD);
        append(batchOf(1, 1));
        Batch memory batch = batchOf(2, 3);
        vm.recordLogs();
        append(batch);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        assertEq(logs.length, 3);
        assertEq(last.topics[0], IInbox.BatchAppended.selector);
        assertEq(uint256(last.topics[1]), 1);
        assertEq(last.data, abi.encode(2, hashOf(headers[2]), 3, tips[3], inbox.root()));
    }

    function testFuzz_appendBatch_anySplit_works(uint256 seed) public {
        orderMany(8, PAYLOAD);
        uint64 stand = 0;
        while (stand < 8) {
            uint64 to = uint64(bound(uint256(keccak256(abi.encode(seed, stand))), stand + 1, 8));
            assertEq(appendAndRead(batchOf(stand + 1, to)).length, to - stand);
            _checkPosition(to);
            stand = to;
        }
    }

    function testFuzz_appendBatch_overlap_works(uint64 stand, uint64 first, uint64 last) public {
        orderMany(6, PAYLOAD);
        stand = uint64(bound(stand, 1, 6));
        last = uint64(bound(last, 1, 6));
        first = uint64(bound(first, 1, last < stand + 1 ? last : stand + 1));
        appendAndRead(batchOf(1, stand));
        assertEq(appendAndRead(batchOf(first, last)).length, last > stand ? last - stand : 0);
        _checkPosition(last > stand ? last : stand);
    }

    function test_appendBatch_nothingNew_works() public {
        mine(12);
        orderMany(3, PAYLOAD);
        append(batchOf(1, 3, block.number - 1));
        bytes32 root = inbox.root();
        // The same call again, as by a slower poster: origin headers and all.
        Batch memory batch = batchOf(1, 3, block.number - 1);
        vm.recordLogs();
        append(batch);
        append(batchOf(1, 2));
        append(batchOf(2, 2));
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(inbox.root(), root);
        assertEq(inbox.count(), 3);
    }

    function test_appendBatch_noBlocks_works() public {
        orderMany(2, PAYLOAD);
        append(batchOf(1, 2));
        Batch memory batch = batchOf(2, 2);
        batch.firstLaneHeight = 3;
        batch.firstTip = tips[2];
        batch.blocks = new LaneBlock[](0);
        append(batch);
        assertEq(inbox.count(), 2);
    }

    function test_appendBatch_oldTargetUnderNewCertificate_works() public {
        orderMany(5, PAYLOAD);
        append(batchOf(1, 2));
        orderMany(4, PAYLOAD);
        append(batchOf(3, 8));
        append(batchOf(9, 9));
        assertEq(inbox.count(), 9);
    }

    function test_appendBatch_poster_reverts() public {
        orderMany(1, PAYLOAD);
        Batch memory batch = batchOf(1, 1);
        // A contract in between.
        vm.expectRevert(abi.encodeWithSelector(IInbox.CallerNotEoa.selector, address(this), tx.origin));
        this.appendAs(batch, address(this), tx.origin);
        // The same while it is constructed, without code.
        vm.expectRevert(abi.encodeWithSelector(IInbox.CallerNotEoa.selector, address(0xC0DE1E55), POSTER));
        this.appendAs(batch, address(0xC0DE1E55), POSTER);
        // An account that EIP-7702 gave code.
        vm.etch(POSTER, abi.encodePacked(hex"ef0100", address(this)));
        vm.expectRevert(abi.encodeWithSelector(IInbox.CallerNotEoa.selector, POSTER, POSTER));
        append(batch);
    }

    function test_appendBatch_anyone_succeeds() public {
        orderMany(1, PAYLOAD);
        this.appendAs(batchOf(1, 1), address(0xA11CE), address(0xA11CE));
        assertEq(inbox.count(), 1);
    }

    function test_appendBatch_full_reverts() public {
        orderMany(1, PAYLOAD);
        // The tree's count stands in the slot after its 32 frontier slots.
        vm.store(address(inbox), bytes32(uint256(32)), bytes32(uint256(type(uint32).max)));
        assertEq(inbox.count(), type(uint32).max);
        Batch memory batch = batchOf(1, 1);
        vm.expectRevert(IInbox.InboxFull.selector);
        append(batch);
    }
}
