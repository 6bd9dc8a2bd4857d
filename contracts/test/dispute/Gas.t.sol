// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepVerifier} from "../../src/interfaces/IStepVerifier.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {CommitmentStatus, Credit} from "../../src/types/Dispute.sol";
import {Context} from "../../src/step/state/Machine.sol";
import {ToyMachine} from "../utils/ToyMachine.sol";
import {DisputeTest} from "./DisputeTest.sol";

/// @dev Gas of every call of a dispute, each as a transaction of its own with its base cost and the calldata floor; contracts/snapshots/Dispute.json. The lie is such that
///      every move needs all it can need: all of the other side's children, and the leaf before.
/// forge-config: default.isolate = true
contract DisputeGasTest is DisputeTest {
    uint256 private constant MAX_REVEAL = 90_000;
    uint256 private constant MAX_CROSSING = 140_000;
    uint256 private constant MAX_ALL_MOVES = 1_500_000;
    uint256 private constant MAX_CALL = 1_000_000;

    /// @dev A transaction on its own sees no base fee.
    function setUp() public override {
        super.setUp();
        vm.fee(0);
    }

    function _snapshot(string memory name, uint256 atMost) private returns (uint256 used) {
        used = vm.snapshotGasLastCall("Dispute", name);
        assertTrue(used <= atMost, string.concat(name, ": ", vm.toString(used)));
    }

    /// @dev Of a move: what it used is credited.
    function _snapshotMove(string memory name, uint256 atMost, Side memory older, Side memory newer)
        private
        returns (uint256 used)
    {
        used = _snapshot(name, atMost);
        Credit[] storage made = ledgers[Disputes.duelId(older.commitmentId, newer.commitmentId)];
        _assertPaid(name, used, made[made.length - 1].amount);
    }

    function _assertPaid(string memory name, uint256 used, uint256 credit) private view {
        assertTrue(credit >= _price(used), string.concat(name, " is credited less than it costs"));
    }

    function _snapshotJoin(string memory name, Side memory side) private {
        uint256 used = _snapshot(name, MAX_CALL);
        _assertPaid(name, used, disputes.commitment(side.commitmentId).credit);
    }

    function test_gas_dispute_works() public {
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(1, 1, 16, "a"));
        _snapshotJoin("proposeRival", liar);
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _snapshotJoin("commit, own bond", honest);
        uint256 moves = _duel(liar, honest);
        vm.snapshotValue("Dispute", "all moves of both sides but prove", moves);
        assertTrue(moves <= MAX_ALL_MOVES, "all moves");
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");

        vm.warp(block.timestamp + A + GRACE);
        chain.settle(honest.assertionId, states[honest.assertionId]);
        _snapshot("settle", MAX_CALL);
        disputes.resolve(liar.commitmentId);
        _snapshot("resolve", MAX_CALL);
        disputes.collect(liar.commitmentId, honest.commitmentId, ledgers[Disputes.duelId(liar.commitmentId, honest.commitmentId)]);
        _snapshot("collect", MAX_CALL);
        disputes.collectJoin(honest.commitmentId);
        _snapshot("collectJoin", MAX_CALL);
        chain.markOrphan(liar.assertionId);
        _snapshot("markOrphan", MAX_CALL);
    }

    function _duel(Side memory older, Side memory newer) private returns (uint256 moves) {
        _start(older, newer);
        moves = _snapshotMove("startDuel", MAX_CALL, older, newer);
        for (uint256 k = 1; k <= 11; ++k) {
            bool crosses = _crosses(k);
            vm.warp(block.timestamp + 12);
            _reveal(older, newer);
            string memory name = string.concat(crosses ? "reveal with opening " : "reveal ", vm.toString(k));
            moves += _snapshotMove(name, crosses ? MAX_CROSSING : MAX_REVEAL, older, newer);
        }
        _prove(older, newer);
        _snapshotMove("prove, toy step", MAX_CALL, older, newer);
    }

    /// @dev Where a crossing costs most: a place that ends in 0 needs all of the other side's children and proves the leaf before it; in block 0 there is no block before.
    function test_gas_dearestCrossings_works() public {
        Side memory honest = _first(ALICE, _honest());
        Side memory late = _rivalOf(BOB, _lie(16, 16, 16, "a"));
        Side memory early = _rivalOf(BOB, _lie(0, 16, 16, "b"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _crossings(late, honest, " in block 16");
        _crossings(early, honest, " in block 0");
    }

    function _crossings(Side memory older, Side memory newer, string memory place) private {
        _start(older, newer);
        for (uint256 k = 1; k <= 7; ++k) {
            vm.warp(block.timestamp + 12);
            _reveal(older, newer);
            if (!_crosses(k)) continue;
            _snapshotMove(string.concat("reveal with opening ", vm.toString(k), place), MAX_CROSSING, older, newer);
        }
    }

    function _crosses(uint256 k) private pure returns (bool) {
        return k == 3 || k == 4 || k == 6 || k == 7;
    }

    /// @dev A long proof of a step that executes little costs what L1 asks for its bytes at least (EIP-7623).
    function test_gas_longProof_works() public {
        address any = address(new AnyProofVerifier());
        vm.prank(UPGRADER);
        verifiers.schedule(any);
        vm.warp(block.timestamp + VERIFIER_DELAY);
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(1, 1, 16, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        bytes32 duelId = _start(liar, honest);
        for (uint256 k = 0; k < 11; ++k) _reveal(liar, honest);
        Move memory m = _prepare(disputes.duel(duelId), honest, liar);
        bytes memory proof = new bytes(100_000);
        for (uint256 k = 0; k < proof.length; ++k) proof[k] = 0xff;
        vm.recordLogs();
        disputes.prove(liar.commitmentId, honest.commitmentId, m.mine, m.suffix, m.previous, proof);
        uint256 used = _snapshot("prove, long proof of a cheap step", 12_000_000);
        assertTrue(used > 40 * proof.length, "what its bytes cost");
        uint256 credit = _lastCredit();
        _assertPaid("prove, long proof", used, credit);
        assertTrue(credit <= _price(used + used / 50), "and hardly more");
    }

    function test_gas_commitNewBondAndTimeouts_works() public {
        Side memory honest = _first(ALICE, _honest());
        inbox.append(29);
        Side memory liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        _snapshotJoin("proposeRival, fixes the next target", liar);
        honest = _commit(ALICE, honest, 0);
        _snapshot("commit, new bond", MAX_CALL);
        vm.warp(block.timestamp + A);
        _timeout(liar, honest);
        _snapshotMove("timeout, never started", MAX_CALL, liar, honest);
    }

    function test_gas_timeoutReopenInvalidate_works() public {
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(0, 0, 0, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        _start(liar, honest);
        vm.warp(block.timestamp + A);
        _timeout(liar, honest);
        _snapshotMove("timeout, started", MAX_CALL, liar, honest);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        vm.prank(GUARDIAN);
        chain.invalidate(genesisId);
        _snapshot("invalidate", MAX_CALL);
    }

    function test_gas_reopen_works() public {
        Side memory first = _first(ALICE, _lie(0, 0, 0, "a"));
        Side memory rival = _rivalOf(BOB, _lie(0, 0, 0, "b"));
        first = _commit(ALICE, first, _bondOf(first.assertionId));
        _duelQuietly(rival, first);
        vm.warp(block.timestamp + A + GRACE);
        chain.reopen(genesisId);
        _snapshot("reopen", MAX_CALL);
    }

    function _duelQuietly(Side memory older, Side memory newer) private {
        _play(older, newer);
        _assertStatus(older, CommitmentStatus.Eliminated, "both are wrong");
        _assertStatus(newer, CommitmentStatus.Eliminated, "both are wrong");
    }
}

/// @dev Executes the toy machine's steps, for any proof.
contract AnyProofVerifier is IStepVerifier {
    function verify(Context calldata context, bytes32 before, uint64 b, uint64 x, uint64 i, bytes calldata)
        external
        pure
        returns (bytes32)
    {
        return ToyMachine.step(context, before, b, x, i);
    }
}
