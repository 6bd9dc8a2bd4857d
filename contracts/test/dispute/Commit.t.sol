// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {Commitment, CommitmentStatus, Dispute, LastLeafProof} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {ToyTrace} from "./ToyTrace.sol";

/// @dev Who may join a dispute, when, with which clock and under which bond.
contract CommitTest is DisputeTest {
    Side internal honest;
    Side internal liar;

    function _open() internal {
        honest = _first(ALICE, _honest());
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
    }

    function _disputeId() internal view returns (bytes32) {
        return Disputes.disputeId(genesisId, 0);
    }

    function test_join_rival_storesAndCounts_succeeds() public {
        honest = _first(ALICE, _honest());
        vm.warp(block.timestamp + 100);
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        Commitment memory made = disputes.commitment(liar.commitmentId);
        assertEq(made.assertionId, liar.assertionId);
        assertEq(made.disputeId, keccak256(abi.encode(Tags.DISPUTE, genesisId, 0)));
        assertEq(liar.commitmentId, keccak256(abi.encode(Tags.COMMITMENT, liar.assertionId, made.traceRoot)));
        assertEq(made.joinIndex, 1);
        assertEq(made.joinedAt, block.timestamp);
        assertEq(made.remaining, A - 100, "a rival's clock runs since the first child");
        assertEq(made.credit, _price(700_000));
        assertEq(made.bondId, _bondOf(liar.assertionId));
        assertEq(vault.bond(made.bondId).commitments, 1);
        assertEq(disputes.commitmentOf(made.bondId, _disputeId()), liar.commitmentId);
        Dispute memory state = disputes.dispute(_disputeId());
        assertEq(state.joins, 1);
        assertEq(state.aliveAssertions, 1);
        assertEq(disputes.aliveCommitments(liar.assertionId), 1);
        assertEq(disputes.aliveCommitments(honest.assertionId), 0);
    }

    function test_join_stranger_reverts() public {
        _open();
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(_honest());
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.OnlyChain.selector, BOB, address(chain)));
        disputes.join(honest.assertionId, root, proof, 0, BOB);
    }

    function test_commit_ownBond_succeeds() public {
        _open();
        vm.warp(block.timestamp + 50);
        bytes32 bondId = _bondOf(honest.assertionId);
        honest = _commit(ALICE, honest, bondId);
        Commitment memory made = disputes.commitment(honest.commitmentId);
        assertEq(made.joinIndex, 2);
        assertEq(made.remaining, A - 50, "the first child's clock runs since the first rival");
        assertEq(made.bondId, bondId);
        assertEq(made.credit, _price(260_000));
        assertEq(vault.totalBonded(), 2 * STAKE, "no new stake");
        assertEq(disputes.dispute(_disputeId()).aliveAssertions, 2);
    }

    function test_commit_newBond_backsTheAssertion_succeeds() public {
        _open();
        honest = _commit(MOVER0, honest, bytes32(0), STAKE);
        bytes32 bondId = disputes.commitment(honest.commitmentId).bondId;
        assertEq(bondId, keccak256(abi.encode(Tags.BOND, MOVER0, honest.commitmentId)));
        IBondVault.Bond memory held = vault.bond(bondId);
        assertEq(held.owner, MOVER0);
        assertEq(held.assertionId, honest.assertionId);
        assertEq(held.commitments, 1);
        assertEq(vault.totalBonded(), 3 * STAKE);
    }

    function _commit(address who, Side memory side, bytes32 bondId, uint256 value) internal returns (Side memory) {
        vm.deal(who, value);
        return _commit(who, side, bondId);
    }

    function test_commit_rolledBond_backsAnEarlierAssertion_succeeds() public {
        honest = _first(ALICE, _honest());
        bytes32 bondId = _bondOf(honest.assertionId);
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        bytes32 child = _propose(ALICE, honest.assertionId, _end(honest.assertionId, 1, "honest"), bondId);
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        honest = _commit(ALICE, honest, bondId);
        assertEq(vault.bond(bondId).assertionId, child);
        assertEq(vault.bond(bondId).commitments, 1);
    }

    function _expect(bytes memory reason, address who, bytes32 assertionId, bytes32 bondId, uint256 value) internal {
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(_honest());
        vm.prank(who);
        vm.expectRevert(reason);
        disputes.commit{value: value}(assertionId, root, proof, bondId);
    }

    function test_commit_notContested_reverts() public {
        honest = _first(ALICE, _honest());
        _expect(
            abi.encodeWithSelector(IDisputeManager.NotContested.selector, honest.assertionId), BOB, honest.assertionId, 0, STAKE
        );
    }

    function testFuzz_commit_windows_works(uint64 rivalAfter, uint64 later) public {
        honest = _first(ALICE, _honest());
        uint256 t1 = block.timestamp;
        uint256 t2 = t1 + bound(rivalAfter, 0, A - 1);
        vm.warp(t2);
        liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        vm.warp(t2 + bound(later, 0, 2 * A));
        if (block.timestamp >= t2 + A) {
            _expect(
                abi.encodeWithSelector(IDisputeManager.JoinWindowClosed.selector, block.timestamp, t2 + A),
                BOB,
                honest.assertionId,
                0,
                STAKE
            );
        } else {
            honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
            assertEq(disputes.commitment(honest.commitmentId).remaining, t2 + A - block.timestamp);
        }
        // Another trace of the rival: until t1 + A.
        Side memory frenemy = liar;
        frenemy.trace.b = 4095;
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(states[liar.assertionId], "other");
        vm.prank(BOB);
        bool closed = block.timestamp >= t1 + A;
        if (closed) {
            vm.expectRevert(abi.encodeWithSelector(IDisputeManager.JoinWindowClosed.selector, block.timestamp, t1 + A));
        }
        bytes32 id = disputes.commit{value: STAKE}(liar.assertionId, root, proof, 0);
        if (!closed) assertEq(disputes.commitment(id).remaining, t1 + A - block.timestamp);
    }

    function test_commit_toTheLastSecond_works() public {
        _open();
        uint256 closesAt = block.timestamp + A;
        vm.warp(closesAt);
        _expect(
            abi.encodeWithSelector(IDisputeManager.JoinWindowClosed.selector, closesAt, closesAt), BOB, honest.assertionId, 0, STAKE
        );
        vm.warp(closesAt - 1);
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        assertEq(disputes.commitment(honest.commitmentId).remaining, 1);
    }

    function test_commit_wrongStake_reverts() public {
        _open();
        bytes4 wrong = IDisputeManager.WrongStake.selector;
        _expect(abi.encodeWithSelector(wrong, STAKE - 1, STAKE), BOB, honest.assertionId, 0, STAKE - 1);
        _expect(abi.encodeWithSelector(wrong, STAKE + 1, STAKE), BOB, honest.assertionId, 0, STAKE + 1);
        _expect(abi.encodeWithSelector(wrong, 1, 0), ALICE, honest.assertionId, _bondOf(honest.assertionId), 1);
    }

    function test_commit_badTrace_reverts() public {
        _open();
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(_honest());
        vm.startPrank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoTraceRoot.selector, honest.assertionId));
        disputes.commit{value: STAKE}(honest.assertionId, 0, proof, 0);
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        disputes.commit{value: STAKE}(liar.assertionId, root, proof, 0);
        proof.segmentsRoot = "x";
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        disputes.commit{value: STAKE}(honest.assertionId, root, proof, 0);
        vm.stopPrank();
    }

    function test_commit_twice_reverts() public {
        _open();
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _expect(
            abi.encodeWithSelector(IDisputeManager.CommitmentExists.selector, honest.commitmentId),
            BOB,
            honest.assertionId,
            0,
            STAKE
        );
    }

    function test_commit_oneBondTwice_reverts() public {
        _open();
        bytes32 bondId = _bondOf(honest.assertionId);
        honest = _commit(ALICE, honest, bondId);
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(states[honest.assertionId], "other");
        vm.prank(ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.BondCommitted.selector, bondId, _disputeId(), honest.commitmentId)
        );
        disputes.commit(honest.assertionId, root, proof, bondId);
    }

    function test_commit_foreignOrUnrelatedBond_reverts() public {
        _open();
        bytes32 liarBond = _bondOf(liar.assertionId);
        bytes32 honestBond = _bondOf(honest.assertionId);
        _expect(
            abi.encodeWithSelector(IDisputeManager.BondBacksOther.selector, liarBond, liar.assertionId, honest.assertionId),
            BOB,
            honest.assertionId,
            liarBond,
            0
        );
        _expect(
            abi.encodeWithSelector(IBondVault.NotBondOwner.selector, honestBond, ALICE, BOB), BOB, honest.assertionId, honestBond, 0
        );
        _expect(
            abi.encodeWithSelector(IDisputeManager.BondBacksOther.selector, bytes32("b"), bytes32(0), honest.assertionId),
            BOB,
            honest.assertionId,
            "b",
            0
        );
    }

    function test_commit_confirmedAssertion_reverts() public {
        _open();
        vm.warp(block.timestamp + A - 1);
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        vm.warp(block.timestamp + 1);
        _timeoutOlder();
        vm.warp(block.timestamp + GRACE);
        chain.settle(honest.assertionId, states[honest.assertionId]);
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(states[honest.assertionId], "other");
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotPending.selector, honest.assertionId));
        disputes.commit{value: STAKE}(honest.assertionId, root, proof, 0);
    }

    /// @dev The honest newer side moves, and the liar never answers.
    function _timeoutOlder() private {
        vm.warp(block.timestamp - 1);
        _start(liar, honest);
        vm.warp(block.timestamp + A);
        _timeout(liar, honest);
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
    }
}
