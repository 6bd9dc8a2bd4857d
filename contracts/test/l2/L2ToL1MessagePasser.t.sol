// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {L2ToL1MessagePasser} from "../../src/l2/L2ToL1MessagePasser.sol";
import {SafeCall} from "../../src/libraries/SafeCall.sol";
import {Test, Vm} from "../utils/Test.sol";

contract L2ToL1MessagePasserTest is Test {
    L2ToL1MessagePasser internal passer;

    function setUp() public {
        passer = new L2ToL1MessagePasser();
    }

    function testFuzz_initiateWithdrawal_storesAndEmits_succeeds(
        address sender,
        address target,
        uint128 value,
        uint256 gasLimit,
        bytes calldata data
    ) public {
        gasLimit = bound(gasLimit, 0, 15_000_000);
        vm.deal(sender, value);
        uint256 nonce = passer.messageNonce();
        bytes32 withdrawalHash = keccak256(abi.encode(nonce, sender, target, uint256(value), gasLimit, data));
        vm.expectEmit(address(passer));
        emit L2ToL1MessagePasser.MessagePassed(nonce, sender, target, value, gasLimit, data, withdrawalHash);
        vm.prank(sender);
        passer.initiateWithdrawal{value: value}(target, gasLimit, data);
        assertTrue(passer.sentMessages(withdrawalHash), "sent");
        bytes32 slot = keccak256(abi.encode(withdrawalHash, uint256(0)));
        assertEq(vm.load(address(passer), slot), bytes32(uint256(1)));
        assertEq(address(passer).balance, value);
        assertEq(passer.messageNonce(), nonce + 1);
    }

    function testFuzz_initiateWithdrawal_gasLimit_works(uint256 gasLimit) public {
        assertEq(passer.MAX_GAS_LIMIT(), 15_000_000);
        passer.initiateWithdrawal(address(1), 15_000_000, "");
        // What the Portal demands before the call of the largest leaves 1.4 M of a transaction's 2^24 gas for all the rest.
        assertTrue(SafeCall.gasNeeded(15_000_000) + 1_400_000 < 1 << 24, "finalizable on L1");
        uint256 nonce = passer.messageNonce();
        gasLimit = gasLimit % 4 == 0 ? 15_000_001 : bound(gasLimit, 15_000_001, type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(L2ToL1MessagePasser.GasLimitTooHigh.selector, gasLimit, 15_000_000)
        );
        passer.initiateWithdrawal(address(1), gasLimit, "");
        assertEq(passer.messageNonce(), nonce);
    }

    function test_messageNonce_versionOne_works() public {
        assertEq(passer.messageNonce(), uint256(1) << 240);
        passer.initiateWithdrawal(address(this), 0, "");
        assertEq(passer.messageNonce(), (uint256(1) << 240) + 1);
        assertEq(vm.load(address(passer), bytes32(uint256(1))), bytes32(uint256(1)), "nonce without version in slot 1");
    }

    function test_initiateWithdrawal_sameTwice_differs_succeeds() public {
        vm.recordLogs();
        passer.initiateWithdrawal(address(1), 1, "x");
        passer.initiateWithdrawal(address(1), 1, "x");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (,,, bytes32 first) = abi.decode(logs[0].data, (uint256, uint256, bytes, bytes32));
        (,,, bytes32 second) = abi.decode(logs[1].data, (uint256, uint256, bytes, bytes32));
        assertTrue(first != second, "distinct hashes");
    }

    function test_receive_withdrawsToSender_succeeds() public {
        address user = address(0xbeef);
        vm.deal(user, 3 ether);
        bytes32 withdrawalHash = keccak256(abi.encode(uint256(1) << 240, user, user, uint256(3 ether), uint256(100_000), bytes("")));
        vm.prank(user);
        (bool success,) = address(passer).call{value: 3 ether}("");
        assertTrue(success, "received");
        assertTrue(passer.sentMessages(withdrawalHash), "sent");
    }

    function testFuzz_burn_emptiesTheAccount_succeeds(uint128 amount) public {
        vm.deal(address(passer), amount);
        address burner = vm.computeCreateAddress(address(passer), vm.getNonce(address(passer)));
        vm.expectEmit(address(passer));
        emit L2ToL1MessagePasser.WithdrawerBalanceBurnt(amount);
        passer.burn();
        assertEq(address(passer).balance, 0);
        assertEq(burner.balance, 0, "burnt, not moved");
        assertEq(burner.code.length, 0);
    }
}
