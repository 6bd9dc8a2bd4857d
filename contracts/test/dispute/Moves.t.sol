// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {ToyVerifier} from "../utils/ToyVerifier.sol";
import {CommitmentStatus, Duel, DuelStatus, LastLeafProof, LeafOpening, NEWER, OLDER, Reason} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {ToyTrace} from "./ToyTrace.sol";

/// @dev One duel, liar older: what each move refuses, and that the right move always works.
contract MovesTest is DisputeTest {
    Side internal liar;
    Side internal honest;
    bytes32 internal duelId;

    function setUp() public override {
        super.setUp();
        honest = _first(ALICE, _honest());
        liar = _rivalOf(BOB, _lie(1, 1, 16, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        duelId = Disputes.duelId(liar.commitmentId, honest.commitmentId);
    }

    function _next() internal returns (Move memory) {
        Duel memory played = disputes.duel(duelId);
        return played.turn == NEWER ? _prepare(played, honest, liar) : _prepare(played, liar, honest);
    }

    function _send(Move memory m) internal {
        disputes.reveal(liar.commitmentId, honest.commitmentId, m.mine, m.suffix, m.grand, m.leaf);
    }

    function _sendProve(Move memory m, bytes memory proof) internal {
        disputes.prove(liar.commitmentId, honest.commitmentId, m.mine, m.suffix, m.previous, proof);
    }

    /// @dev Starts and plays `count` reveals.
    function _advanceTo(uint256 count) internal {
        _start(liar, honest);
        for (uint256 k = 0; k < count; ++k) _reveal(liar, honest);
    }

    function _expect(bytes4 selector, uint256 left, uint256 right) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, left, right));
    }

    function test_startDuel_stores_succeeds() public {
        vm.warp(block.timestamp + 7);
        _start(liar, honest);
        Duel memory d = disputes.duel(duelId);
        assertEq(d.opened, disputes.commitment(honest.commitmentId).traceRoot);
        assertEq(d.unopened, disputes.commitment(liar.commitmentId).traceRoot);
        assertEq(d.clock0, disputes.commitment(liar.commitmentId).remaining);
        assertEq(d.clock1, disputes.commitment(honest.commitmentId).remaining - 7);
        assertEq(d.last, block.timestamp);
        assertEq(d.turn, OLDER);
        assertEq(d.depth, 0);
        assertEq(uint256(d.status), uint256(DuelStatus.Running));
    }

    function test_startDuel_wrong_reverts() public {
        bytes32[16] memory children = _children(honest.trace, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.WrongOrder.selector, 2, 1));
        disputes.startDuel(honest.commitmentId, liar.commitmentId, children);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAlive.selector, bytes32("x")));
        disputes.startDuel("x", honest.commitmentId, children);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAlive.selector, bytes32("x")));
        disputes.startDuel(liar.commitmentId, "x", children);
        bytes32[16] memory others = _children(liar.trace, 0, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.WrongOpening.selector,
                disputes.commitment(liar.commitmentId).traceRoot,
                disputes.commitment(honest.commitmentId).traceRoot
            )
        );
        disputes.startDuel(liar.commitmentId, honest.commitmentId, others);
        _start(liar, honest);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DuelExists.selector, duelId));
        disputes.startDuel(liar.commitmentId, honest.commitmentId, children);
    }

    function test_startDuel_sameAssertion_reverts() public {
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(states[honest.assertionId], "frenemy");
        vm.prank(BOB);
        bytes32 frenemy = disputes.commit{value: STAKE}(honest.assertionId, root, proof, 0);
        bytes32[16] memory children;
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.SameAssertion.selector, honest.commitmentId, frenemy, honest.assertionId
            )
        );
        disputes.startDuel(honest.commitmentId, frenemy, children);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.SameAssertion.selector, honest.commitmentId, frenemy, honest.assertionId
            )
        );
        disputes.timeout(honest.commitmentId, frenemy);
    }

    function test_startDuel_acrossDisputes_reverts() public {
        bytes32 parentId = honest.assertionId;
        inbox.append(2);
        chain.fixTarget(parentId);
        vm.warp(block.timestamp + PERIOD);
        Side memory below;
        below.trace = _traceOn(parentId);
        below.assertionId = _propose(ALICE, parentId, ToyTrace.end(below.trace), 0);
        ToyTrace.Trace memory lie = _traceOn(parentId);
        (lie.lies, lie.salt) = (true, "b");
        _rivalOn(parentId, BOB, lie, 0);
        below = _commit(ALICE, below, _bondOf(below.assertionId));
        bytes32[16] memory children = _children(below.trace, 0, 0);
        bytes memory refusal = abi.encodeWithSelector(
            IDisputeManager.OtherDispute.selector,
            disputes.commitment(liar.commitmentId).disputeId,
            disputes.commitment(below.commitmentId).disputeId
        );
        vm.expectRevert(refusal);
        disputes.startDuel(liar.commitmentId, below.commitmentId, children);
        vm.warp(block.timestamp + 10 * PERIOD);
        vm.expectRevert(refusal);
        disputes.timeout(liar.commitmentId, below.commitmentId);
    }

    function test_moves_neverStarted_revert() public {
        _start(liar, honest);
        Move memory m = _next();
        vm.expectRevert(
            abi.encodeWithSelector(
                IDisputeManager.DuelNotRunning.selector, Disputes.duelId(honest.commitmentId, liar.commitmentId)
            )
        );
        disputes.reveal(honest.commitmentId, liar.commitmentId, m.mine, m.suffix, m.grand, m.leaf);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAtLeaf.selector, 0, 44));
        _sendProve(m, "proof");
    }

    /// @dev At every move: any word of it changed makes it revert, with the move itself it goes on.
    /// forge-config: default.fuzz.runs = 12
    function testFuzz_reveal_mutated_reverts(uint8 word, bytes32 value) public {
        _start(liar, honest);
        for (uint256 k = 0; k < 11; ++k) {
            Move memory m = _next();
            bytes32 kept = m.mine[word % 16];
            m.mine[word % 16] = value;
            _expectWrongNode(m, word);
            _send(m);
            m.mine[word % 16] = kept;
            uint256 k_ = word % m.suffix.length;
            kept = m.suffix[k_];
            m.suffix[k_] = value;
            vm.expectPartialRevert(IDisputeManager.WrongOpening.selector);
            _send(m);
            m.suffix[k_] = kept;
            kept = m.grand[word % 16];
            m.grand[word % 16] = value;
            _expectWrongNode(m, word);
            _send(m);
            m.grand[word % 16] = kept;
            if (m.leaf.length == 1) _mutateLeaf(m, word, value);
            uint256 state = vm.snapshotState();
            _send(m);
            vm.revertToState(state);
            _reveal(liar, honest);
        }
    }

    /// @dev The last of the 16 is what a leaf's last state is shown below, which is checked first.
    function _expectWrongNode(Move memory m, uint8 word) private {
        bool isLast = m.leaf.length == 1 && word % 16 == 15;
        if (isLast) vm.expectRevert();
        else vm.expectPartialRevert(IDisputeManager.WrongOpening.selector);
    }

    function _mutateLeaf(Move memory m, uint8 word, bytes32 value) private {
        LeafOpening memory l = m.leaf[0];
        bytes32 kept = l.stateAfter;
        l.stateAfter = value;
        vm.expectPartialRevert(IDisputeManager.WrongLeafHash.selector);
        _send(m);
        l.stateAfter = kept;
        kept = l.subRoot;
        l.subRoot = value;
        vm.expectRevert();
        _send(m);
        l.subRoot = kept;
        kept = l.lastStepsRoot;
        l.lastStepsRoot = value;
        vm.expectRevert();
        _send(m);
        l.lastStepsRoot = kept;
        kept = l.lastSiblings[word % l.lastSiblings.length];
        l.lastSiblings[word % l.lastSiblings.length] = value;
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        _send(m);
        l.lastSiblings[word % l.lastSiblings.length] = kept;
        kept = l.prevState;
        l.prevState = value;
        vm.expectRevert();
        _send(m);
        l.prevState = kept;
        l.prevSiblings = new bytes32[](12);
        vm.expectRevert();
        _send(m);
        l.prevSiblings = new bytes32[](0);
        LeafOpening[] memory all = m.leaf;
        m.leaf = new LeafOpening[](0);
        _expect(IDisputeManager.WrongLeafOpenings.selector, 0, 1);
        _send(m);
        m.leaf = all;
    }

    function test_reveal_suffixAndDivergence_reverts() public {
        _start(liar, honest);
        Move memory m = _next();
        bytes32[] memory suffix = m.suffix;
        m.suffix = new bytes32[](0);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.WrongSuffixLength.selector, 0));
        _send(m);
        m.suffix = new bytes32[](17);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.WrongSuffixLength.selector, 17));
        _send(m);
        m.suffix = suffix;
        _send(m);
        // The honest side pretends that an equal child is the first difference.
        _advanceBy(1);
        m = _next();
        uint256 j = 16 - m.suffix.length;
        assertTrue(j > 0, "something is equal before");
        bytes32[] memory longer = new bytes32[](17 - j);
        longer[0] = m.mine[j - 1];
        for (uint256 k = 1; k < longer.length; ++k) longer[k] = m.suffix[k - 1];
        m.suffix = longer;
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoDivergence.selector, j - 1, m.mine[j - 1]));
        _send(m);
    }

    function _advanceBy(uint256 count) private {
        for (uint256 k = 0; k < count; ++k) _reveal(liar, honest);
    }

    function test_reveal_uncalledOpening_reverts() public {
        _start(liar, honest);
        Move memory m = _next();
        m.leaf = new LeafOpening[](1);
        _expect(IDisputeManager.WrongLeafOpenings.selector, 1, 0);
        _send(m);
        _advanceBy(3);
        m = _next();
        m.leaf[0].prevState = "x";
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.UnneededPrevious.selector, uint64(1)));
        _send(m);
    }

    /// @dev The leaf before the disputed one is the mover's leaf before in the same node.
    function test_reveal_previousAmongTheMovers_reverts() public {
        _advanceTo(2);
        for (uint256 k = 0; k < 2; ++k) {
            Move memory m = _next();
            LeafOpening memory l = m.leaf[0];
            assertEq(l.prevSiblings.length, 0, "no siblings needed");
            l.prevSiblings = new bytes32[](12);
            vm.expectRevert(abi.encodeWithSelector(IDisputeManager.UnneededSiblings.selector, 12));
            _send(m);
            l.prevSiblings = new bytes32[](0);
            bytes32 kept = l.prevSubRoot;
            l.prevSubRoot = "x";
            vm.expectPartialRevert(IDisputeManager.WrongLeafHash.selector);
            _send(m);
            (l.prevState, l.prevSubRoot) = (0, 0);
            vm.expectPartialRevert(IDisputeManager.WrongLeafHash.selector);
            _send(m);
            m = _next();
            assertEq(m.leaf[0].prevSubRoot, kept);
            _send(m);
            assertEq(disputes.duel(duelId).agreedState, m.leaf[0].prevState);
            if (k == 0) _advanceBy(2);
        }
    }

    /// @dev The leaf before is in another node: it is proven against the mover's whole tree.
    function test_reveal_previousInAnotherNode_reverts() public {
        Side memory other = _rivalOf(BOB, _lie(16, 32, 16, "b"));
        liar = honest;
        honest = other;
        duelId = Disputes.duelId(liar.commitmentId, honest.commitmentId);
        _advanceTo(2);
        assertEq(disputes.duel(duelId).levelRoot, 0, "for blocks it is the older side's trace");
        for (uint256 k = 0; k < 2; ++k) {
            Move memory m = _next();
            LeafOpening memory l = m.leaf[0];
            bytes32[] memory siblings = l.prevSiblings;
            assertEq(siblings.length, 12);
            l.prevSiblings = new bytes32[](0);
            _expect(TraceTree.ProofLength.selector, 12, 0);
            _send(m);
            l.prevSiblings = siblings;
            for (uint256 j = 0; j < 12; ++j) {
                bytes32 kept = siblings[j];
                siblings[j] = "x";
                vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
                _send(m);
                siblings[j] = kept;
            }
            l.prevState = bytes32(uint256(l.prevState) ^ 1);
            vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
            _send(m);
            m = _next();
            _send(m);
            assertEq(disputes.duel(duelId).agreedState, m.leaf[0].prevState);
            if (k == 0) _advanceBy(2);
        }
    }

    /// @dev The tree below a leaf ends in the leaf's state, shown below the last of its 16.
    function test_reveal_lastLeaf_reverts() public {
        _advanceTo(2);
        uint256[4] memory lengths = [uint256(8), 8, 20, 20];
        for (uint256 k = 0; k < 4; ++k) {
            Move memory m = _next();
            bytes32[] memory siblings = m.leaf[0].lastSiblings;
            uint256 levels = lengths[k];
            assertEq(siblings.length, levels);
            m.leaf[0].lastSiblings = new bytes32[](levels + 4);
            _expect(TraceTree.ProofLength.selector, levels, levels + 4);
            _send(m);
            m.leaf[0].lastSiblings = siblings;
            for (uint256 j = 0; j < levels; ++j) {
                bytes32 kept = siblings[j];
                siblings[j] = "x";
                vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
                _send(m);
                siblings[j] = kept;
            }
            _send(m);
            if (k == 1) _advanceBy(1);
        }
    }

    /// @dev Zeros behind the arguments are cheap, and nobody reads them.
    function test_prove_paddedCalldata_isNotCredited() public {
        _advanceTo(11);
        Move memory m = _next();
        bytes memory call =
            abi.encodeCall(disputes.prove, (liar.commitmentId, honest.commitmentId, m.mine, m.suffix, m.previous, bytes("proof")));
        uint256 state = vm.snapshotState();
        bytes32 plain = _ledgerAfter(call);
        vm.revertToState(state);
        assertEq(_ledgerAfter(bytes.concat(call, new bytes(50_000))), plain);
    }

    function _ledgerAfter(bytes memory call) private returns (bytes32) {
        (bool done,) = address(disputes).call(call);
        assertTrue(done, "prove");
        return disputes.duel(duelId).ledger;
    }

    function test_reveal_atTheStep_reverts() public {
        _advanceTo(11);
        Move memory m = _next();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AtLeaf.selector, 44));
        _send(m);
    }

    function test_prove_wrong_reverts() public {
        _advanceTo(11);
        Move memory m = _next();
        assertEq(m.previous.siblings.length, 24, "the step before is in another node");
        vm.expectRevert(abi.encodeWithSelector(ToyVerifier.ProofExpected.selector, bytes("x")));
        _sendProve(m, "x");
        m.previous.state = "x";
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        _sendProve(m, "proof");
        m = _next();
        m.mine[15] = "x";
        vm.expectPartialRevert(IDisputeManager.WrongOpening.selector);
        _sendProve(m, "proof");
        _prove(liar, honest);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DuelNotRunning.selector, duelId));
        _sendProve(_next0(), "proof");
    }

    function _next0() private pure returns (Move memory m) {
        m.suffix = new bytes32[](1);
    }

    function test_prove_unneededPrevious_reverts() public {
        // Another liar, whose lie is not the first of a node.
        Side memory other = _rivalOf(BOB, _lie(0, 0, 3, "b"));
        liar = honest;
        honest = other;
        duelId = Disputes.duelId(liar.commitmentId, honest.commitmentId);
        _advanceTo(11);
        Move memory m = _next();
        m.previous.state = "x";
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.UnneededPrevious.selector, uint64(3)));
        _sendProve(m, "proof");
    }

    /// @dev The next epoch may have pinned another verifier.
    function test_prove_afterAnInvalidation_reverts() public {
        _advanceTo(11);
        Move memory m = _next();
        vm.startPrank(GUARDIAN);
        guardianPause.pause();
        chain.invalidate(genesisId);
        vm.stopPrank();
        _first(ALICE, _honest());
        _expect(IDisputeManager.StaleEpoch.selector, 0, 1);
        _sendProve(m, "proof");
    }

    function test_prove_bothWrong_eliminatesBoth() public {
        Side memory other = _rivalOf(BOB, _lie(1, 1, 16, "b"));
        _play(liar, other);
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
        _assertStatus(other, CommitmentStatus.Eliminated, "other");
        assertEq(disputes.dispute(Disputes.disputeId(genesisId, 0)).aliveAssertions, 1);
        assertEq(disputes.dispute(Disputes.disputeId(genesisId, 0)).lastEliminationAt, block.timestamp);
        assertEq(vault.bond(_bondOf(liar.assertionId)).strikes, 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotAlive.selector, liar.commitmentId));
        disputes.timeout(liar.commitmentId, honest.commitmentId);
    }

    function test_clock_everySecondIsCharged_works() public {
        _start(liar, honest);
        Duel memory d = disputes.duel(duelId);
        uint256 clock0 = d.clock0;
        uint256 clock1 = d.clock1;
        for (uint256 k = 1; k <= 11; ++k) {
            vm.warp(block.timestamp + k);
            if (k % 2 == 1) clock0 -= k;
            else clock1 -= k;
            _reveal(liar, honest);
            d = disputes.duel(duelId);
            assertEq(d.clock0, clock0);
            assertEq(d.clock1, clock1);
            (uint8 turn, uint256 expiresAt) = disputes.deadline(liar.commitmentId, honest.commitmentId);
            assertEq(turn, k % 2 == 1 ? NEWER : OLDER);
            assertEq(expiresAt, block.timestamp + (turn == NEWER ? clock1 : clock0));
        }
    }

    function test_clock_expired_movesRevertAndTimeoutWorks() public {
        _start(liar, honest);
        uint256 clock = disputes.duel(duelId).clock0;
        uint256 began = block.timestamp;
        Move memory m = _next();
        vm.warp(began + clock - 1);
        _expect(IDisputeManager.ClockRunning.selector, clock - 1, clock);
        disputes.timeout(liar.commitmentId, honest.commitmentId);
        uint256 state = vm.snapshotState();
        _send(m);
        vm.revertToState(state);
        vm.warp(began + clock);
        _expect(IDisputeManager.ClockExpired.selector, clock, clock);
        _send(m);
        disputes.timeout(liar.commitmentId, honest.commitmentId);
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
        _assertStatus(honest, CommitmentStatus.Alive, "honest");
        assertEq(uint256(disputes.commitment(liar.commitmentId).reason), uint256(Reason.Timeout));
    }

    /// @dev The newer side's clock runs from its joining, started or not.
    function test_timeout_neverStarted_eliminatesTheNewer() public {
        uint256 clock = disputes.commitment(honest.commitmentId).remaining;
        uint256 joined = disputes.commitment(honest.commitmentId).joinedAt;
        bytes32[16] memory children = _children(honest.trace, 0, 0);
        vm.warp(joined + clock - 1);
        _expect(IDisputeManager.ClockRunning.selector, clock - 1, clock);
        disputes.timeout(liar.commitmentId, honest.commitmentId);
        vm.warp(joined + clock);
        _expect(IDisputeManager.ClockExpired.selector, clock, clock);
        disputes.startDuel(liar.commitmentId, honest.commitmentId, children);
        disputes.timeout(liar.commitmentId, honest.commitmentId);
        _assertStatus(honest, CommitmentStatus.Eliminated, "silent newer side");
        _assertStatus(liar, CommitmentStatus.Alive, "older side");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.DuelNotRunning.selector, duelId));
        disputes.deadline(liar.commitmentId, honest.commitmentId);
    }
}
