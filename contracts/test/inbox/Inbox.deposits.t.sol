// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {InboxLeaf, Origin} from "../../src/types/Inbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Vm} from "../utils/Test.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev Which deposits a leaf takes, ordered or forced.
contract InboxDepositsTest is SequencerFixture {
    function _deposit(uint256 count, uint64 gasLimit) private {
        for (uint256 i = 0; i < count; ++i) deposits.deposit(gasLimit);
    }

    function _appendOne() private returns (InboxLeaf memory) {
        order(laneBlockOf(""));
        uint64 height = uint64(tips.length - 1);
        (, Origin memory origin,) = inbox.lastLeaf();
        bool moves = origin.number != block.number - 1;
        return appendAndRead(moves ? batchOf(height, height, block.number - 1) : batchOf(height, height))[0];
    }

    function _checkRange(InboxLeaf memory leaf, uint64 start, uint64 end) private view {
        assertEq(leaf.depositStart, start, "depositStart");
        assertEq(leaf.depositEnd, end, "depositEnd");
        assertEq(leaf.depositRoot, deposits.depositRoot(), "depositRoot");
    }

    function test_appendBatch_depositsUpToTheOrigin_works() public {
        _deposit(2, 100_000);
        mine(12);
        _deposit(3, 100_000);
        _checkRange(_appendOne(), 0, 2);
        _checkRange(_appendOne(), 2, 2);
        mine(12);
        _checkRange(_appendOne(), 2, 5);
    }

    function test_appendBatch_atMost256Deposits_works() public {
        _deposit(300, 21_000);
        mine(12);
        _checkRange(_appendOne(), 0, 256);
        _checkRange(_appendOne(), 256, 300);
    }

    function test_appendBatch_atMostHalfTheGas_works() public {
        _deposit(4, 5_000_000);
        mine(12);
        _checkRange(_appendOne(), 0, 3);
        _checkRange(_appendOne(), 3, 4);
    }

    function test_appendBatch_depositsOverManyLeaves_works() public {
        _deposit(7, 7_500_000);
        mine(12);
        orderMany(5, "");
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 5, block.number - 1));
        uint64[5] memory ends = [uint64(2), 4, 6, 7, 7];
        for (uint256 i = 0; i < 5; ++i) _checkRange(leaves[i], i == 0 ? 0 : ends[i - 1], ends[i]);
    }

    function test_forceInclude_everyFieldOfALeaf_works() public {
        order(laneBlockOf(""));
        appendAndRead(batchOf(1, 1));
        _deposit(2, 100_000);
        mine(FORCE_DELAY);
        _deposit(1, 100_000);
        mine(12);

        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        InboxLeaf memory leaf = readLeaves()[0];
        uint64 l1 = uint64(block.number - 1);
        InboxLeaf memory expected = InboxLeaf({
            kind: 1,
            sequencerHeight: 0,
            timestamp: uint64(block.timestamp),
            originNumber: l1,
            originHash: l1Hash(l1),
            originTimestamp: uint64(block.timestamp - 12),
            originBaseFee: 1 gwei + l1,
            prevRandao: keccak256(abi.encode(Tags.PREV_RANDAO, keccak256(abi.encode("mix", l1)), 1)),
            payloadHash: keccak256(""),
            txCount: 0,
            txRoot: NaiveTree.zero(12),
            depositStart: 0,
            depositEnd: 2,
            depositRoot: deposits.depositRoot()
        });
        assertEq(abi.encode(leaf), abi.encode(expected));
        (bytes32 laneTip, uint64 laneHeight) = inbox.lanePosition();
        assertEq(laneTip, tips[1]);
        assertEq(laneHeight, 1);
        assertEq(inbox.root(), NaiveTree.root(leafHashes, 32));
    }

    function test_forceInclude_event_works() public {
        _deposit(2, 100_000);
        mine(FORCE_DELAY);
        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2);
        assertEq(logs[1].topics[0], IInbox.ForcedIncluded.selector);
        assertEq(uint256(logs[1].topics[1]), 0);
        assertEq(logs[1].data, abi.encode(0, 2, inbox.root()));
    }

    function test_forceInclude_betweenBatches_works() public {
        _appendOne();
        _deposit(1, 100_000);
        mine(FORCE_DELAY);
        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        _checkRange(readLeaves()[0], 0, 1);
        _deposit(1, 100_000);
        mine(12);
        InboxLeaf memory leaf = _appendOne();
        _checkRange(leaf, 1, 2);
        assertEq(leaf.sequencerHeight, 2);
        assertEq(inbox.root(), NaiveTree.root(leafHashes, 32));
    }

    function test_forceInclude_previousTimestampAhead_works() public {
        _deposit(1, 100_000);
        mine(FORCE_DELAY);
        // A block that is a minute ahead of L1 and, for want of a known origin, takes no deposits.
        LaneBlock memory laneBlock = laneBlockOf("");
        laneBlock.timestamp = uint64(block.timestamp + 60);
        laneBlock.originNumber = 0;
        order(laneBlock);
        _checkRange(appendAndRead(batchOf(1, 1))[0], 0, 0);
        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        assertEq(readLeaves()[0].timestamp, block.timestamp + 60);
    }

    function test_forceInclude_secondBeforeTheDelay_reverts() public {
        _deposit(1, 100_000);
        mine(FORCE_DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(IInbox.NothingToForce.selector, 0));
        inbox.forceInclude(l1Header[block.number - 1]);
        vm.warp(block.timestamp + 1);
        inbox.forceInclude(l1Header[block.number - 1]);
        assertEq(inbox.count(), 1);
    }

    function test_forceInclude_noDeposits_reverts() public {
        mine(FORCE_DELAY);
        vm.expectRevert(abi.encodeWithSelector(IInbox.NothingToForce.selector, 0));
        inbox.forceInclude(l1Header[block.number - 1]);
    }

    function test_forceInclude_twice_reverts() public {
        _deposit(1, 100_000);
        mine(FORCE_DELAY);
        inbox.forceInclude(l1Header[block.number - 1]);
        vm.expectRevert(abi.encodeWithSelector(IInbox.NothingToForce.selector, 1));
        inbox.forceInclude(l1Header[block.number - 1]);
    }
}
