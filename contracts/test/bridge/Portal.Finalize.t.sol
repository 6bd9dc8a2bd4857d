// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPortal} from "../../src/interfaces/IPortal.sol";
import {SafeCall} from "../../src/libraries/SafeCall.sol";
import {Vm} from "../utils/Test.sol";
import {WithdrawalVectors} from "../utils/WithdrawalVectors.sol";

/// @dev Target of withdrawals that records what it saw and does what it was told.
contract Target {
    IPortal internal immutable portal;
    address public l2Sender;
    uint256 public value;
    bytes public data;
    bytes internal callback;
    bool public callbackSucceeded;
    bool internal refusing;
    bool internal hungry;

    constructor(IPortal portal_) {
        portal = portal_;
    }

    function set(bool refuse, bool eatAll, bytes memory callback_) external {
        (refusing, hungry, callback) = (refuse, eatAll, callback_);
    }

    receive() external payable {
        _run();
    }

    fallback() external payable {
        _run();
    }

    function _run() private {
        if (refusing) {
            assembly ("memory-safe") {
                revert(0, 100000)
            }
        }
        while (hungry) {}
        (l2Sender, value, data) = (portal.l2Sender(), msg.value, msg.data);
        if (callback.length != 0) (callbackSucceeded,) = address(portal).call(callback);
    }
}

contract PortalFinalizeTest is WithdrawalVectors {
    string internal constant NOT_FINALIZED = "OptimismPortal: output proposal has not been finalized yet";
    bytes internal waiting = abi.encodeWithSignature("Error(string)", NOT_FINALIZED);

    Vector internal vector;
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        vector = _vector(2);
        id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        vm.deal(address(portal), 100 ether);
    }

    function _place() internal returns (Target target) {
        vm.etch(vector.withdrawal.target, address(new Target(portal)).code);
        return Target(payable(vector.withdrawal.target));
    }

    function _expectFinalized(bool success) internal {
        vm.expectEmit(address(portal));
        emit IPortal.WithdrawalFinalized(vector.hash, success);
    }

    function test_finalize_confirmed_callsTheTarget_succeeds() public {
        Target target = _place();
        _prove(ALICE, vector, id);
        _confirm(id);
        portal.checkWithdrawal(vector.hash, ALICE);
        uint256 before = address(portal).balance;
        _expectFinalized(true);
        vm.prank(BOB);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertTrue(vector.withdrawal.value > 0, "moves value");
        assertEq(target.value(), vector.withdrawal.value);
        assertEq(address(portal).balance, before - vector.withdrawal.value);
        assertEq(target.l2Sender(), vector.withdrawal.sender);
        assertEq(target.data(), vector.withdrawal.data);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "finalized");
        assertEq(portal.l2Sender(), 0x000000000000000000000000000000000000dEaD);
    }

    function test_finalize_twice_reverts() public {
        _prove(ALICE, vector, id);
        _prove(BOB, vector, id);
        _confirm(id);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        vm.expectRevert(IPortal.OptimismPortal_AlreadyFinalized.selector);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        vm.expectRevert(IPortal.OptimismPortal_AlreadyFinalized.selector);
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
        vm.expectRevert(IPortal.OptimismPortal_AlreadyFinalized.selector);
        portal.checkWithdrawal(vector.hash, ALICE);
        vm.expectRevert(abi.encodeWithSelector(IPortal.AlreadyFinalized.selector, vector.hash));
        portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), _outputProof(id), vector.everyNode);
    }

    function test_check_unproven_reverts() public {
        vm.expectRevert(IPortal.OptimismPortal_Unproven.selector);
        portal.checkWithdrawal(vector.hash, ALICE);
        _prove(ALICE, vector, id);
        vm.expectRevert(IPortal.OptimismPortal_Unproven.selector);
        portal.checkWithdrawal(vector.hash, BOB);
        _confirm(id);
        vm.expectRevert(IPortal.OptimismPortal_Unproven.selector);
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
    }

    function test_check_pendingThenContested_reverts() public {
        _prove(ALICE, vector, id);
        vm.expectRevert(waiting);
        portal.checkWithdrawal(vector.hash, ALICE);
        vm.expectRevert(waiting);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        _rival(BOB, genesisId, _end(genesisId, 1, "other"), 0);
        vm.warp(chain.confirmableAt(id));
        vm.expectRevert(waiting);
        portal.checkWithdrawal(vector.hash, ALICE);
    }

    function test_check_paused_reverts() public {
        _prove(ALICE, vector, id);
        _confirm(id);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        assertTrue(portal.paused(), "paused");
        vm.expectRevert(waiting);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        vm.warp(guardianPause.pausedUntil());
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
    }

    function test_prove_paused_goesOn_succeeds() public {
        vm.prank(GUARDIAN);
        guardianPause.pause();
        _prove(ALICE, vector, id);
        assertEq(portal.numProofSubmitters(vector.hash), 1);
    }

    /// @dev A stranger who proves first on a younger assertion cannot keep the user from finalizing with the user's own proof.
    function test_finalize_ownProof_whenExposedIsNotReady_succeeds() public {
        bytes32 newer = _assert(ALICE, id, vector.storageRoot, "honest");
        _prove(BOB, vector, newer);
        _prove(ALICE, vector, id);
        assertEq(portal.proofSubmitters(vector.hash, 0), ALICE);
        _confirm(id);
        vm.expectRevert(waiting);
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
        vm.prank(BOB);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "by the exposed proof");
    }

    function test_finalizeExternalProof_succeeds() public {
        _prove(ALICE, vector, id);
        _prove(BOB, vector, id);
        _confirm(id);
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "finalized");
    }

    function test_finalize_targetReverts_staysFinalized_succeeds() public {
        Target target = _place();
        target.set(true, false, "");
        _prove(ALICE, vector, id);
        _confirm(id);
        uint256 before = address(portal).balance;
        _expectFinalized(false);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "finalized");
        assertEq(address(portal).balance, before);
    }

    function test_finalize_targetEatsAllGas_staysFinalized_succeeds() public {
        Target target = _place();
        target.set(false, true, "");
        _prove(ALICE, vector, id);
        _confirm(id);
        _expectFinalized(false);
        portal.finalizeWithdrawalTransaction{gas: 3_000_000}(vector.withdrawal);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "finalized");
    }

    function test_finalize_balanceTooLow_reverts() public {
        _prove(ALICE, vector, id);
        _confirm(id);
        uint256 value = vector.withdrawal.value;
        vm.deal(address(portal), value - 1);
        vm.expectRevert(abi.encodeWithSelector(IPortal.NotEnoughBalance.selector, value - 1, value));
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        vm.deal(address(portal), value);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
    }

    /// @dev Whatever gas the caller supplies: either it reverts, or the target gets at least what the withdrawal asks for.
    function testFuzz_finalize_minimumGas_works(uint256 supplied) public {
        // Logs its gas: GAS, PUSH0, MSTORE, PUSH1 32, PUSH0, LOG0, STOP.
        vm.etch(vector.withdrawal.target, hex"5a5f5260205fa000");
        _prove(ALICE, vector, id);
        _confirm(id);
        supplied = bound(supplied, 60_000, 180_000);
        vm.recordLogs();
        (bool success,) = address(portal).call{gas: supplied}(
            abi.encodeCall(IPortal.finalizeWithdrawalTransaction, (vector.withdrawal))
        );
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(success, portal.finalizedWithdrawals(vector.hash));
        if (!success) return;
        assertEq(logs.length, 2);
        assertTrue(abi.decode(logs[0].data, (uint256)) + 2 >= vector.withdrawal.gasLimit, "least gas");
        assertTrue(abi.decode(logs[1].data, (bool)), "enough for it");
    }

    function test_finalize_tooLittleGas_reverts() public {
        _prove(ALICE, vector, id);
        _confirm(id);
        bytes memory call_ = abi.encodeCall(IPortal.finalizeWithdrawalTransaction, (vector.withdrawal));
        (bool success, bytes memory answer) = address(portal).call{gas: 90_000}(call_);
        assertEq(success, false);
        assertEq(bytes32(bytes4(answer)), bytes32(IPortal.NotEnoughGas.selector));
        assertEq(portal.finalizedWithdrawals(vector.hash), false);
    }

    function testFuzz_gasNeeded_saturates_works(uint256 minGas) public pure {
        uint256 needed = SafeCall.gasNeeded(minGas);
        if (minGas > type(uint128).max) assertEq(needed, type(uint256).max);
        else assertTrue((needed - 40_000) * 63 >= minGas * 64 && needed * 63 < minGas * 64 + 40_001 * 63, "the least that fits");
    }

    /// @dev Neither the same withdrawal nor another one that is ready can be finalized from inside a finalization.
    function test_finalize_reentered_reverts() public {
        Vector memory other = _vector(0);
        bytes32 next = _assert(ALICE, id, other.storageRoot, "honest");
        Target target = _place();
        _prove(ALICE, vector, id);
        _prove(ALICE, other, next);
        _confirm(id);
        _confirm(next);
        portal.checkWithdrawal(other.hash, ALICE);
        target.set(false, false, abi.encodeCall(IPortal.finalizeWithdrawalTransaction, (other.withdrawal)));
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertTrue(target.value() > 0, "was called");
        assertEq(target.callbackSucceeded(), false);
        assertEq(portal.finalizedWithdrawals(other.hash), false);
        portal.finalizeWithdrawalTransaction(other.withdrawal);
        assertTrue(portal.finalizedWithdrawals(other.hash), "afterwards");
    }

    function test_finalize_targetDeposits_succeeds() public {
        Target target = _place();
        target.set(false, false, abi.encodeCall(IPortal.depositTransaction, (BOB, 0, 21_000, false, "")));
        _prove(ALICE, vector, id);
        _confirm(id);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertTrue(target.callbackSucceeded(), "deposits are never blocked");
        assertEq(portal.depositCount(), 1);
    }

    function test_views_forTools_works() public view {
        assertEq(bytes(portal.version()), "3.0.0-crema.1");
        assertEq(portal.respectedGameType(), 0);
        assertEq(portal.disputeGameFactory(), address(facade));
        assertEq(portal.proofMaturityDelaySeconds(), A);
        assertEq(portal.l2Sender(), 0x000000000000000000000000000000000000dEaD);
    }
}
