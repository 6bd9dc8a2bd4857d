// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Inbox} from "../../src/inbox/Inbox.sol";
import {InboxLeaf} from "../../src/types/Inbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {DepositList} from "../utils/DepositList.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Test} from "../utils/Test.sol";
import {InboxHandler} from "./InboxHandler.sol";

/// @dev The properties IN-1 to IN-10 of PROPERTIES.md.
contract InboxInvariants is Test {
    InboxHandler private handler;
    Inbox private inbox;
    DepositList private deposits;

    function setUp() public {
        handler = makeHandler();
        handler.setUp();
        (address inbox_, address deposits_) = handler.parts();
        (inbox, deposits) = (Inbox(inbox_), DepositList(deposits_));
        bytes4[] memory selectors = new bytes4[](10);
        selectors[0] = InboxHandler.mineBlocks.selector;
        selectors[1] = InboxHandler.deposit.selector;
        selectors[2] = InboxHandler.orderBlocks.selector;
        selectors[3] = InboxHandler.post.selector;
        selectors[4] = InboxHandler.forge.selector;
        selectors[5] = InboxHandler.force.selector;
        selectors[6] = InboxHandler.mineBlocks.selector;
        selectors[7] = InboxHandler.post.selector;
        selectors[8] = InboxHandler.handOverToNew.selector;
        selectors[9] = InboxHandler.postRetired.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    function makeHandler() internal virtual returns (InboxHandler) {
        return new InboxHandler();
    }

    /// @dev Each kind of call can succeed in the handler, so that the invariants see more than an empty Inbox.
    function test_handler_everyKindOfCall_succeeds() public {
        for (uint256 i = 0; i < 12; ++i) {
            handler.deposit(i, 1_000_000);
            handler.mineBlocks(3, 30 minutes);
            handler.orderBlocks(2, i);
            handler.forge(i);
            handler.force(type(uint256).max);
            handler.post(1, 2 * i + 2);
            handler.handOverToNew(i);
            handler.postRetired(i, 0, 0, 0);
        }
        string[6] memory actions = ["deposit", "forge", "force", "post", "handover", "retired"];
        for (uint256 i = 0; i < 6; ++i) assertTrue(handler.successes(actions[i]) > 1, actions[i]);
        assertEq(bytes(handler.broken()), bytes(""));
        assertTrue(inbox.count() > 24, "leaves");
    }

    function invariant_calls_endAsTheyShould() public view {
        assertEq(bytes(handler.broken()), bytes(""));
    }

    function invariant_count_isNumberOfLeaves() public view {
        assertEq(inbox.count(), handler.leafCount());
    }

    function invariant_root_isOverAllLeaves() public view {
        assertEq(inbox.root(), NaiveTree.root(handler.hashes(), 32));
    }

    function invariant_deposits_eachOnceInOrder() public view {
        InboxLeaf[] memory leaves = handler.leaves();
        uint64 end = 0;
        for (uint256 i = 0; i < leaves.length; ++i) {
            assertEq(leaves[i].depositStart, end, "gap or overlap");
            assertTrue(leaves[i].depositEnd >= end, "range");
            end = leaves[i].depositEnd;
            _checkDeposits(leaves[i], handler.appendedAt(i));
        }
        (,, uint64 depositEnd) = inbox.lastLeaf();
        assertEq(depositEnd, end, "next deposit");
        assertTrue(end <= deposits.depositCount(), "no such deposit");
    }

    /// @dev Within the caps, never of an L1 block after the origin, and as many as that allows.
    function _checkDeposits(InboxLeaf memory leaf, uint64 appendedAt) private view {
        uint256 gas = 0;
        for (uint64 i = leaf.depositStart; i < leaf.depositEnd; ++i) {
            (uint64 l1Block, uint64 timestamp, uint64 gasLimit) = deposits.entries(i);
            assertTrue(l1Block <= leaf.originNumber, "deposit after the origin");
            assertTrue(leaf.kind == 0 || timestamp + 1 hours <= appendedAt, "forced early");
            gas += gasLimit;
        }
        assertTrue(gas <= 15_000_000, "deposit gas");
        assertTrue(leaf.depositEnd - leaf.depositStart <= 256, "deposit count");
        if (leaf.kind == 1) assertTrue(leaf.depositEnd > leaf.depositStart, "empty forced leaf");
        uint64 maxTimestamp = leaf.kind == 0 ? type(uint64).max : appendedAt - 1 hours;
        assertEq(
            leaf.depositEnd,
            deposits.depositEnd(leaf.depositStart, leaf.originNumber, maxTimestamp, 256, 15_000_000),
            "not the most"
        );
    }

    function invariant_timeAndOrigin_neverFall() public view {
        InboxLeaf[] memory leaves = handler.leaves();
        uint256 time = inbox.genesisTimestamp();
        uint256 origin = inbox.genesisOriginNumber();
        for (uint256 i = 0; i < leaves.length; ++i) {
            assertTrue(leaves[i].timestamp >= time, "timestamp");
            assertTrue(leaves[i].timestamp <= handler.appendedAt(i) + 60, "timestamp ahead");
            assertTrue(leaves[i].originNumber >= origin, "origin");
            assertEq(leaves[i].originHash, handler.knownHash(leaves[i].originNumber), "origin hash");
            (time, origin) = (leaves[i].timestamp, leaves[i].originNumber);
        }
    }

    function invariant_lane_isWhatWasCertified() public view {
        InboxLeaf[] memory leaves = handler.leaves();
        uint256 laneHeight = 0;
        uint256 sequencerHeight = 0;
        bytes32 tip = handler.firstTip();
        for (uint256 i = 0; i < leaves.length; ++i) {
            if (leaves[i].kind == 1) continue;
            ++laneHeight;
            LaneBlock memory laneBlock;
            (laneBlock, tip) = handler.laneBlockAt(laneHeight);
            assertEq(leaves[i].sequencerHeight, laneBlock.sequencerHeight, "sequencer height");
            assertTrue(leaves[i].sequencerHeight > sequencerHeight, "sequencer height grows");
            sequencerHeight = leaves[i].sequencerHeight;
            bytes memory payload = laneBlock.payload.length > 114_688 ? bytes("") : laneBlock.payload;
            assertEq(leaves[i].payloadHash, keccak256(payload), "payload");
        }
        (bytes32 laneTip, uint64 height) = inbox.lanePosition();
        assertEq(height, laneHeight, "lane height");
        assertEq(inbox.lastSequencerHeight(), sequencerHeight, "last sequencer height");
        assertEq(laneTip, tip, "lane tip");
    }
}
