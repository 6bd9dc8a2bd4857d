// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus, BlockState, Children} from "../../src/types/Assertion.sol";
import {CommitmentStatus} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";

/// @dev How disputes end: settlement and its conditions, reopening, invalidation, orphans.
contract SettleTest is DisputeTest {
    Side internal honest;
    Side internal liar;
    uint256 internal t1;
    uint256 internal t2;

    /// @dev Honest first child; the liar rivals it `later` seconds after.
    function _open(uint256 later) internal {
        t1 = block.timestamp;
        honest = _first(ALICE, _honest());
        vm.warp(t1 + later);
        t2 = block.timestamp;
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
    }

    function _settle(Side memory side) internal {
        chain.settle(side.assertionId, states[side.assertionId]);
    }

    function _assertFate(bytes32 id, AssertionStatus expected) internal view {
        assertEq(uint256(chain.fate(id)), uint256(expected));
    }

    function test_settle_firstChildWins_succeeds() public {
        _open(100);
        _play(liar, honest);
        vm.warp(t1 + A - 1);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WindowOpen.selector, t1 + A - 1, t1 + A));
        _settle(honest);
        vm.warp(t1 + A);
        assertEq(chain.settleableAt(honest.assertionId), t1 + A + GRACE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.InGrace.selector, t1 + A, t1 + A + GRACE));
        _settle(honest);
        vm.warp(t1 + A + GRACE);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAssertionChain.WrongState.selector, chain.assertion(liar.assertionId).stateHash, chain.assertion(honest.assertionId).stateHash
            )
        );
        chain.settle(honest.assertionId, states[liar.assertionId]);
        vm.expectEmit(address(chain));
        emit IAssertionChain.AssertionConfirmed(
            honest.assertionId, chain.assertion(honest.assertionId).outputRoot, states[honest.assertionId].withdrawalsRoot
        );
        _settle(honest);
        assertEq(chain.latestConfirmed(), honest.assertionId);
        assertEq(chain.children(genesisId).confirmedId, honest.assertionId);
        assertTrue(chain.isListed(honest.assertionId), "listed again");
        assertTrue(chain.openOutput(honest.assertionId, states[honest.assertionId]), "confirmed");
        _assertFate(liar.assertionId, AssertionStatus.Lost);
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.NotPending.selector, honest.assertionId, AssertionStatus.Confirmed)
        );
        _settle(honest);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotPending.selector, liar.assertionId, AssertionStatus.Lost));
        _settle(liar);
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, genesisId, honest.assertionId)
        );
        chain.reopen(genesisId);
    }

    /// @dev The join-window rule: the false first child could still get a commitment until t2 + A.
    function test_settle_rivalWins_waitsForTheFirstChildsWindow() public {
        liar = _first(BOB, _lie(0, 1, 2, "a"));
        t1 = block.timestamp;
        vm.warp(t1 + A - 1);
        t2 = block.timestamp;
        honest = _rivalOf(ALICE, _honest());
        vm.warp(t2 + A - 1);
        assertEq(chain.windowsCloseAt(honest.assertionId), t2 + A);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WindowOpen.selector, t2 + A - 1, t2 + A));
        _settle(honest);
        vm.warp(t2 + A + GRACE);
        _settle(honest);
        assertEq(chain.latestConfirmed(), honest.assertionId);
    }

    /// @dev A false flag: the attacker loses a bad trace of the right first child at once; the right one still joins and wins.
    function test_settle_falseFlag_rightTraceJoinsLater_succeeds() public {
        t1 = block.timestamp;
        honest = _first(ALICE, _honest());
        liar = _rivalOf(BOB, _lie(1, 1, 1, "a"));
        Side memory flag = honest;
        flag.trace = _lie(0, 0, 1, "flag");
        flag.trace.heals = true;
        flag = _commit(BOB, flag, 0);
        _play(liar, flag);
        _assertStatus(flag, CommitmentStatus.Eliminated, "flag");
        vm.warp(t1 + A - 10);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WindowOpen.selector, t1 + A - 10, t1 + A));
        _settle(liar);
        honest.trace = _honest();
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _play(liar, honest);
        vm.warp(t1 + A + GRACE);
        _settle(honest);
        assertEq(chain.latestConfirmed(), honest.assertionId);
    }

    function test_settle_contested_reverts() public {
        _open(0);
        vm.warp(t2 + A + GRACE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.StillContested.selector, 2, 1));
        _settle(honest);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.HasRivals.selector, genesisId));
        chain.confirm(honest.assertionId, states[honest.assertionId]);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.StillContested.selector, 2, 0));
        chain.reopen(genesisId);
    }

    function test_settle_noCommitmentOnIt_reverts() public {
        honest = _first(ALICE, _honest());
        t1 = block.timestamp;
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        vm.warp(t1 + A + GRACE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.StillContested.selector, 1, 0));
        _settle(honest);
    }

    function test_settle_noRivals_reverts() public {
        honest = _first(ALICE, _honest());
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoRivals.selector, genesisId));
        _settle(honest);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoRivals.selector, genesisId));
        chain.reopen(genesisId);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoRivals.selector, genesisId));
        chain.settleableAt(honest.assertionId);
    }

    function test_settle_graceCountsFromTheLastElimination() public {
        _open(0);
        _start(liar, honest);
        vm.warp(t1 + A + 50);
        _timeout(liar, honest);
        vm.warp(t1 + A + GRACE);
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.InGrace.selector, block.timestamp, t1 + A + 50 + GRACE)
        );
        _settle(honest);
        vm.warp(t1 + A + 50 + GRACE);
        _settle(honest);
    }

    function test_settle_paused_movesGoOn() public {
        _open(0);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        _play(liar, honest);
        vm.warp(t1 + A + GRACE);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.Paused.selector, block.timestamp + MAX_PAUSE));
        _settle(honest);
        vm.warp(block.timestamp + MAX_PAUSE);
        _settle(honest);
    }

    function test_settle_parentNotConfirmed_waitsAndRelists() public {
        _open(0);
        inbox.append(1);
        // A child of the honest one, while it is disputed.
        chain.fixTarget(honest.assertionId);
        vm.warp(block.timestamp + PERIOD);
        bytes32 child = _propose(ALICE, honest.assertionId, _end(honest.assertionId, 1, "child"), 0);
        assertEq(chain.isListed(child), false);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotOnLine.selector, child, honest.assertionId));
        chain.relist(child);
        bytes32 rival = _rival(BOB, honest.assertionId, _end(honest.assertionId, 1, "lie"), 0);
        vm.warp(block.timestamp + 2 * A);
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, honest.assertionId, genesisId)
        );
        chain.settle(rival, states[rival]);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.HasRivals.selector, honest.assertionId));
        chain.relist(child);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotFirstChild.selector, rival, child));
        chain.relist(rival);
    }

    function test_relist_afterSettle_succeeds() public {
        _open(0);
        _play(liar, honest);
        inbox.append(1);
        chain.fixTarget(honest.assertionId);
        vm.warp(block.timestamp + PERIOD);
        bytes32 child = _propose(ALICE, honest.assertionId, _end(honest.assertionId, 1, "child"), 0);
        vm.warp(t1 + A + GRACE);
        _settle(honest);
        assertEq(chain.isListed(child), false);
        chain.relist(child);
        assertTrue(chain.isListed(child), "listed");
        vm.warp(chain.confirmableAt(child));
        chain.confirm(child, states[child]);
        assertEq(chain.latestConfirmed(), child);
    }

    function test_reopen_bothWrong_thirdWinsInTheNextEpoch() public {
        liar = _first(ALICE, _lie(0, 0, 0, "a"));
        t1 = block.timestamp;
        Side memory other = _rivalOf(BOB, _lie(0, 0, 0, "b"));
        liar = _commit(ALICE, liar, _bondOf(liar.assertionId));
        _play(other, liar);
        vm.warp(t1 + A - 1);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WindowOpen.selector, t1 + A - 1, t1 + A));
        chain.reopen(genesisId);
        vm.warp(t1 + A + GRACE - 1);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.InGrace.selector, t1 + A + GRACE - 1, t1 + A + GRACE));
        chain.reopen(genesisId);
        vm.warp(t1 + A + GRACE);
        vm.expectEmit(address(chain));
        emit IAssertionChain.ParentReopened(genesisId, 1);
        chain.reopen(genesisId);
        Children memory below = chain.children(genesisId);
        assertEq(below.firstChildId, bytes32(0));
        assertEq(below.firstChildAt + below.firstRivalAt, 0);
        assertEq(below.reopenEpoch, 1);
        _assertFate(liar.assertionId, AssertionStatus.Lost);
        // Of an old epoch nothing is confirmed any more, however long it waits.
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotPending.selector, liar.assertionId, AssertionStatus.Lost));
        chain.confirm(liar.assertionId, states[liar.assertionId]);
        honest = _first(ALICE, _honest());
        assertTrue(chain.isListed(honest.assertionId), "on the line");
        _confirm(honest.assertionId);
        assertEq(chain.latestConfirmed(), honest.assertionId);
    }

    function test_invalidate_refundsAll_toTheWei() public {
        uint256 aliceHad = ALICE.balance;
        uint256 bobHad = BOB.balance;
        _open(0);
        _play(liar, honest);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotGuardian.selector, address(this), GUARDIAN));
        chain.invalidate(genesisId);
        vm.startPrank(GUARDIAN);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.OnlyWhilePaused.selector, genesisId));
        chain.invalidate(genesisId);
        guardianPause.pause();
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, honest.assertionId, genesisId)
        );
        chain.invalidate(honest.assertionId);
        chain.invalidate(genesisId);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoFirstChild.selector, genesisId));
        chain.invalidate(genesisId);
        vm.stopPrank();
        _assertFate(liar.assertionId, AssertionStatus.Refunded);
        _assertFate(honest.assertionId, AssertionStatus.Refunded);
        bytes32 liarBond = _bondOf(liar.assertionId);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondCommitted.selector, liarBond, 1));
        vault.release(liarBond);
        disputes.resolve(liar.commitmentId);
        disputes.resolve(honest.commitmentId);
        chain.markOrphan(liar.assertionId);
        chain.markOrphan(honest.assertionId);
        assertEq(vault.bond(liarBond).strikes, 0);
        vm.startPrank(BOB);
        vault.release(liarBond);
        vault.claim(BOB);
        vm.stopPrank();
        bytes32 honestBond = _bondOf(honest.assertionId);
        vm.startPrank(ALICE);
        vault.release(honestBond);
        vault.claim(ALICE);
        vm.stopPrank();
        assertEq(BOB.balance, bobHad);
        assertEq(ALICE.balance, aliceHad);
        assertEq(address(vault).balance, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NoWinner.selector, liar.commitmentId, honest.commitmentId)
        );
        disputes.collect(liar.commitmentId, honest.commitmentId, ledgers[Disputes.duelId(liar.commitmentId, honest.commitmentId)]);
    }

    function test_markOrphan_descendants_oneLevelACall() public {
        _open(0);
        inbox.append(1);
        chain.fixTarget(liar.assertionId);
        vm.warp(block.timestamp + PERIOD);
        bytes32 child = _propose(BOB, liar.assertionId, _end(liar.assertionId, 1, "child"), 0);
        inbox.append(1);
        chain.fixTarget(child);
        vm.warp(block.timestamp + PERIOD);
        bytes32 grandchild = _propose(BOB, child, _end(child, 1, "grandchild"), 0);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.StillPending.selector, child));
        chain.markOrphan(child);
        _play(liar, honest);
        vm.warp(t1 + A + GRACE);
        _settle(honest);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.StillPending.selector, child));
        chain.markOrphan(child);
        chain.markOrphan(liar.assertionId);
        chain.markOrphan(child);
        _assertFate(grandchild, AssertionStatus.Lost);
        bytes32 bondId = _bondOf(grandchild);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondLocked.selector, bondId, grandchild));
        vault.release(bondId);
        chain.markOrphan(grandchild);
        assertEq(uint256(vault.bond(bondId).status), uint256(IBondVault.BondStatus.Slashed));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotPending.selector, child, AssertionStatus.Lost));
        chain.markOrphan(child);
        BlockState memory end = _end(child, 1, "late");
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.ParentDropped.selector, child, AssertionStatus.Lost));
        chain.propose{value: STAKE}("x", child, end, 0);
    }
}
