// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VerifierSchedule} from "../../src/dispute/VerifierSchedule.sol";
import {IVerifierSchedule} from "../../src/interfaces/IVerifierSchedule.sol";
import {CommitmentStatus} from "../../src/types/Dispute.sol";
import {ToyVerifier} from "../utils/ToyVerifier.sol";
import {DisputeTest} from "./DisputeTest.sol";

/// @dev A later verifier, and that it touches no dispute that began before.
contract VerifierScheduleTest is DisputeTest {
    address internal later;

    function setUp() public override {
        super.setUp();
        later = address(new ToyVerifier());
    }

    function test_schedule_takesOverAfterTheDelay() public {
        vm.expectEmit(address(verifiers));
        emit IVerifierSchedule.VerifierScheduled(later, uint64(block.timestamp) + VERIFIER_DELAY);
        vm.prank(UPGRADER);
        verifiers.schedule(later);
        (address next, uint64 activeAt) = verifiers.next();
        assertEq(next, later);
        assertEq(activeAt, uint64(block.timestamp) + VERIFIER_DELAY);
        bytes32 rules = chain.configHash();
        vm.warp(activeAt - 1);
        assertEq(verifiers.current(), address(toy));
        assertEq(chain.configHash(), rules);
        vm.warp(activeAt);
        assertEq(verifiers.current(), later);
        assertTrue(chain.configHash() != rules, "part of the rules");
        (next, activeAt) = verifiers.next();
        assertEq(next, address(0));
        vm.startPrank(UPGRADER);
        vm.expectRevert(IVerifierSchedule.NothingScheduled.selector);
        verifiers.cancel();
        verifiers.schedule(address(toy));
        vm.stopPrank();
        assertEq(verifiers.current(), later);
    }

    function test_schedule_refuses_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IVerifierSchedule.NotOwner.selector, address(this), UPGRADER));
        verifiers.schedule(later);
        vm.expectRevert(abi.encodeWithSelector(IVerifierSchedule.NotOwner.selector, address(this), UPGRADER));
        verifiers.cancel();
        vm.startPrank(UPGRADER);
        vm.expectRevert(abi.encodeWithSelector(IVerifierSchedule.NotAContract.selector, address(0x77)));
        verifiers.schedule(address(0x77));
        verifiers.schedule(later);
        vm.expectRevert(
            abi.encodeWithSelector(
                IVerifierSchedule.AlreadyScheduled.selector, later, uint64(block.timestamp) + VERIFIER_DELAY
            )
        );
        verifiers.schedule(later);
        vm.expectEmit(address(verifiers));
        emit IVerifierSchedule.ScheduleCancelled(later);
        verifiers.cancel();
        vm.stopPrank();
        vm.warp(block.timestamp + VERIFIER_DELAY);
        assertEq(verifiers.current(), address(toy));
        vm.expectRevert(abi.encodeWithSelector(IVerifierSchedule.NotAContract.selector, address(0x77)));
        new VerifierSchedule(UPGRADER, 1, address(0x77));
    }

    /// @dev The dispute began under the first verifier and is judged by it, though another has come into force that knows no step at all.
    function test_upgrade_runningDispute_keepsItsVerifier() public {
        address broken = address(new BrokenVerifier());
        vm.prank(UPGRADER);
        verifiers.schedule(broken);
        vm.warp(block.timestamp + VERIFIER_DELAY - 30);
        Side memory honest = _first(ALICE, _honest());
        Side memory liar = _rivalOf(BOB, _lie(0, 0, 1, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        vm.warp(block.timestamp + 30);
        assertEq(verifiers.current(), broken);
        assertEq(chain.children(genesisId).verifier, address(toy));
        Side memory rival = _rivalOf(BOB, _lie(0, 0, 2, "b"));
        _play(liar, honest);
        _play(honest, rival);
        _assertStatus(honest, CommitmentStatus.Alive, "honest");
        _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
        vm.warp(chain.settleableAt(honest.assertionId));
        chain.settle(honest.assertionId, states[honest.assertionId]);
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        _propose(ALICE, honest.assertionId, _end(honest.assertionId, 1, "next"), 0);
        assertEq(chain.children(honest.assertionId).verifier, broken);
    }
}

/// @dev Refuses every step.
contract BrokenVerifier {
    fallback() external {
        revert("broken");
    }
}
