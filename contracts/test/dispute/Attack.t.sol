// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {CommitmentStatus, Credit, Duel, LastLeafProof, NEWER} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {ToyTrace} from "./ToyTrace.sol";

/// @dev What an attacker may try at the edges of clocks, epochs, bonds and pots, and what it comes to.
contract AttackTest is DisputeTest {
    address private constant CAROL = address(0xca401);

    function setUp() public override {
        super.setUp();
        vm.deal(CAROL, 100 ether);
    }

    function _assertFate(bytes32 id, AssertionStatus expected, string memory what) private view {
        assertEq(uint256(chain.fate(id)), uint256(expected), what);
    }

    function _settle(Side memory side) private {
        vm.warp(chain.settleableAt(side.assertionId));
        chain.settle(side.assertionId, states[side.assertionId]);
    }

    function _assertSolvent() private view {
        uint256 held = vault.totalBonded() + vault.totalCredit() + vault.totalPots() + vault.totalBurned();
        assertEq(address(vault).balance, held, "solvent");
    }

    /// @dev A first child of `parentId` with a lie, and a rival with another; both commit and eliminate one another.
    function _killAllBelow(bytes32 parentId) private returns (bytes32 first, bytes32 rival) {
        inbox.append(2);
        chain.fixTarget(parentId);
        vm.warp(block.timestamp + PERIOD);
        Side memory one;
        one.trace = _traceOn(parentId);
        (one.trace.lies, one.trace.salt) = (true, "a");
        one.assertionId = _propose(ALICE, parentId, ToyTrace.end(one.trace), 0);
        ToyTrace.Trace memory lie = _traceOn(parentId);
        (lie.lies, lie.salt) = (true, "b");
        Side memory other = _rivalOn(parentId, BOB, lie, 0);
        one = _commit(ALICE, one, _bondOf(one.assertionId));
        _play(other, one);
        return (one.assertionId, other.assertionId);
    }

    /// @dev Whoever brings all commitments below an undecided assertion down may not make its children Lost: if the guardian invalidates what they
    ///      stand on, they are refunded.
    function test_reopen_belowAnUndecidedAssertion_reverts() public {
        uint256 had = ALICE.balance + BOB.balance;
        bytes32 parentId = _propose(ALICE, genesisId, _honestEnd(), 0);
        (bytes32 first, bytes32 rival) = _killAllBelow(parentId);
        vm.warp(block.timestamp + 2 * A);
        vm.startPrank(GUARDIAN);
        guardianPause.pause();
        chain.invalidate(genesisId);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, parentId, genesisId));
        chain.reopen(parentId);
        chain.markOrphan(parentId);
        _assertFate(first, AssertionStatus.Refunded, "first");
        _assertFate(rival, AssertionStatus.Refunded, "rival");
        _refund(ALICE, _bondOf(parentId), 0);
        _refund(ALICE, _bondOf(first), _onlyCommitment(first, parentId));
        _refund(BOB, _bondOf(rival), _onlyCommitment(rival, parentId));
        assertEq(ALICE.balance + BOB.balance, had, "nobody is slashed");
        assertEq(address(vault).balance, 0);
    }

    function _honestEnd() private view returns (BlockState memory) {
        return ToyTrace.end(_honest());
    }

    function _onlyCommitment(bytes32 assertionId, bytes32 parentId) private view returns (bytes32) {
        return disputes.commitmentOf(_bondOf(assertionId), Disputes.disputeId(parentId, 0));
    }

    function _refund(address owner, bytes32 bondId, bytes32 commitmentId) private {
        if (commitmentId != 0) disputes.resolve(commitmentId);
        vm.startPrank(owner);
        vault.release(bondId);
        vault.claim(owner);
        vm.stopPrank();
    }

    /// @dev The same with the parent confirmed: now they are Lost, and only now.
    function test_reopen_belowAConfirmedAssertion_slashes() public {
        bytes32 parentId = _propose(ALICE, genesisId, _honestEnd(), 0);
        (bytes32 first, bytes32 rival) = _killAllBelow(parentId);
        vm.warp(block.timestamp + 2 * A);
        _assertFate(first, AssertionStatus.Pending, "undecided");
        chain.confirm(parentId, states[parentId]);
        chain.reopen(parentId);
        _assertFate(first, AssertionStatus.Lost, "first");
        _assertFate(rival, AssertionStatus.Lost, "rival");
        chain.markOrphan(first);
        disputes.resolve(_onlyCommitment(first, parentId));
        disputes.resolve(_onlyCommitment(rival, parentId));
        assertEq(vault.totalBurned(), 2 * (STAKE / 2));
        _assertSolvent();
    }

    /// @dev After an invalidation no step of the old epoch is executed, a clock that runs out there costs nobody anything, and the next epoch counts anew.
    function test_invalidate_staleDuel_costsNobody() public {
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _start(liar, honest);
        for (uint256 k = 0; k < 11; ++k) _reveal(liar, honest);
        vm.startPrank(GUARDIAN);
        guardianPause.pause();
        chain.invalidate(genesisId);
        vm.stopPrank();
        Duel memory played = disputes.duel(Disputes.duelId(liar.commitmentId, honest.commitmentId));
        Move memory m = _prepare(played, honest, liar);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.StaleEpoch.selector, 0, 1));
        disputes.prove(liar.commitmentId, honest.commitmentId, m.mine, m.suffix, m.previous, "proof");
        vm.warp(block.timestamp + A);
        _timeout(liar, honest);
        _assertStatus(honest, CommitmentStatus.Eliminated, "kept from the only move there is");
        Side memory again = _first(CAROL, _lie(0, 0, 1, "c"));
        assertEq(disputes.dispute(Disputes.disputeId(genesisId, 1)).joins, 0, "another dispute");
        disputes.resolve(honest.commitmentId);
        vm.startPrank(ALICE);
        vault.release(_bondOf(honest.assertionId));
        assertEq(vault.claim(ALICE), STAKE);
        vm.stopPrank();
        _assertFate(again.assertionId, AssertionStatus.Pending, "of the next epoch");
        _assertSolvent();
    }

    /// @dev A rival in the last second has that second on its clock, as the older side and as the newer.
    function test_join_inTheLastSecond_hasASecond() public {
        Side memory honest = _first(ALICE, _honest());
        uint256 t1 = block.timestamp;
        Side memory early = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        vm.warp(t1 + A - 1);
        Side memory late = _rivalOf(CAROL, _lie(0, 0, 1, "b"));
        assertEq(disputes.commitment(late.commitmentId).remaining, 1);
        // Newer: it may start in that second, and not after it.
        bytes32[16] memory root = _children(late.trace, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ClockRunning.selector, 0, 1));
        disputes.timeout(honest.commitmentId, late.commitmentId);
        uint256 state = vm.snapshotState();
        disputes.startDuel(honest.commitmentId, late.commitmentId, root);
        vm.revertToState(state);
        vm.warp(t1 + A);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ClockExpired.selector, 1, 1));
        disputes.startDuel(honest.commitmentId, late.commitmentId, root);
        _timeout(honest, late);
        // The honest side's clock against the early one ran out in the same second, unless it started.
        vm.revertToState(state);
        _start(early, honest);
        vm.warp(t1 + 2 * A - 2);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.ClockRunning.selector, A - 1, A));
        disputes.timeout(early.commitmentId, honest.commitmentId);
        vm.warp(t1 + 2 * A - 1);
        _timeout(early, honest);
        _timeout(honest, late);
        _settle(honest);
        assertTrue(block.timestamp <= t1 + 2 * A + GRACE, "as late as a dispute can settle");
    }

    /// @dev Moves in one second cost no time.
    function test_moves_inOneSecond_costNoTime() public {
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(1, 1, 1, "a"));
        vm.warp(block.timestamp + A - 1);
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        assertEq(disputes.commitment(honest.commitmentId).remaining, 1, "its last second");
        bytes32 duelId = _play(liar, honest);
        assertEq(disputes.duel(duelId).clock1, 1);
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
    }

    /// @dev Somebody puts the right rival first with a trace that cannot move: the right trace joins it and wins.
    function test_rival_copiedWithABadTrace_isDefended() public {
        Side memory liar = _first(BOB, _lie(0, 1, 2, "a"));
        BlockState memory end = _honestEnd();
        Side memory honest = Side(_honest(), chain.assertionIdOf(genesisId, end), 0);
        (bytes32 bad, LastLeafProof memory badProof) = _idleTrace(end, "bad");
        vm.prank(CAROL);
        chain.proposeRival{value: STAKE}(honest.assertionId, genesisId, end, bad, badProof, 0);
        states[honest.assertionId] = end;
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(honest.trace);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.AssertionExists.selector, honest.assertionId));
        chain.proposeRival{value: STAKE}(honest.assertionId, genesisId, end, root, proof, 0);
        honest = _commit(ALICE, honest, 0);
        liar = _commit(BOB, liar, _bondOf(liar.assertionId));
        // The liar beats the bad trace by silence of who cannot move, and loses to the right one.
        bytes32 badId = Disputes.commitmentId(honest.assertionId, bad);
        disputes.startDuel(badId, liar.commitmentId, _children(liar.trace, 0, 0));
        _play(honest, liar);
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAlive.selector, liar.commitmentId));
        disputes.timeout(badId, liar.commitmentId);
        _settle(honest);
        assertEq(chain.latestConfirmed(), honest.assertionId);
    }

    /// @dev Many losers fill one pot; what is due is paid whatever the order, and the rest stays.
    function test_manyLosers_fillOnePot_works() public {
        uint64 count = 4;
        Side memory honest = _first(ALICE, _honest());
        Side[] memory liars = new Side[](count);
        for (uint64 k = 0; k < count; ++k) liars[k] = _rivalOf(BOB, _lie(0, 0, k, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        bytes32 disputeId = Disputes.disputeId(genesisId, 0);
        uint256 due = disputes.commitment(honest.commitmentId).credit;
        for (uint64 k = 0; k < count; ++k) {
            Credit[] storage ledger = ledgers[_play(liars[k], honest)];
            for (uint256 i = 0; i < ledger.length; ++i) if (ledger[i].side == NEWER) due += ledger[i].amount;
        }
        _settle(honest);
        for (uint64 k = count; k > 0; --k) {
            bytes32 loser = liars[k - 1].commitmentId;
            disputes.collect(loser, honest.commitmentId, ledgers[Disputes.duelId(loser, honest.commitmentId)]);
            chain.markOrphan(liars[k - 1].assertionId);
            _assertSolvent();
        }
        disputes.collectJoin(honest.commitmentId);
        assertEq(vault.totalCredit(), due);
        assertEq(vault.pot(disputeId), count * (STAKE / 2) - due);
        assertEq(vault.totalBurned(), count * (STAKE / 2));
        _assertSolvent();
    }

    /// @dev One bond behind a right assertion and a wrong child of it: lost as a bad trace of the first, it adds nothing to the child's dispute. Who brings the child down is not
    ///      paid there; the attacker has lost two stakes, this one and that of the liar it lost to.
    function test_rolledBond_slashedBefore_addsNothing() public {
        Side memory right = _first(BOB, _honest());
        bytes32 bondId = _bondOf(right.assertionId);
        inbox.append(1);
        chain.fixTarget(right.assertionId);
        vm.warp(block.timestamp + PERIOD);
        bytes32 wrong = _propose(BOB, right.assertionId, _end(right.assertionId, 1, "wrong"), bondId);
        Side memory liar = _rivalOf(BOB, _lie(0, 0, 5, "a"));
        Side memory bad = Side(_lie(0, 0, 1, "bad"), right.assertionId, 0);
        bad.trace.heals = true;
        bad = _commit(BOB, bad, bondId);
        _play(liar, bad);
        Side memory honest = _commit(ALICE, Side(_honest(), right.assertionId, 0), 0);
        _play(liar, honest);
        bytes32 truth = _rival(ALICE, right.assertionId, _end(right.assertionId, 1, "truth"), 0);
        _settle(honest);
        disputes.resolve(bad.commitmentId);
        disputes.resolve(liar.commitmentId);
        assertEq(vault.pot(Disputes.disputeId(genesisId, 0)), 2 * (STAKE / 2));
        vm.warp(chain.settleableAt(truth));
        chain.settle(truth, states[truth]);
        chain.markOrphan(wrong);
        bytes32 below = Disputes.disputeId(right.assertionId, 0);
        assertEq(vault.pot(below), 0, "slashed once");
        bytes32 joined = disputes.commitmentOf(_bondOf(truth), below);
        uint256 due = disputes.commitment(joined).credit;
        vm.expectRevert(abi.encodeWithSelector(IBondVault.PotTooSmall.selector, below, 0, due));
        disputes.collectJoin(joined);
        assertEq(vault.totalBurned() + vault.totalPots(), 2 * STAKE);
        _assertSolvent();
    }
}
