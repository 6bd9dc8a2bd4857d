// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {WETH9} from "../../src/l2/WETH9.sol";
import {Test} from "../utils/Test.sol";

contract WETH9Test is Test {
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);

    WETH9 internal weth;

    function setUp() public {
        weth = new WETH9();
        vm.deal(ALICE, type(uint128).max);
    }

    function testFuzz_deposit_wraps_succeeds(uint128 amount) public {
        vm.expectEmit(address(weth));
        emit WETH9.Deposit(ALICE, amount);
        vm.prank(ALICE);
        weth.deposit{value: amount}();
        assertEq(weth.balanceOf(ALICE), amount);
        assertEq(weth.totalSupply(), amount);
    }

    function test_receive_andFallback_wrap_succeeds() public {
        vm.startPrank(ALICE);
        (bool plain,) = address(weth).call{value: 2}("");
        (bool unknown,) = address(weth).call{value: 3}(hex"12345678");
        vm.stopPrank();
        assertTrue(plain && unknown, "both accepted");
        assertEq(weth.balanceOf(ALICE), 5);
    }

    function testFuzz_withdraw_unwraps_succeeds(uint128 amount, uint128 part) public {
        part = uint128(bound(part, 0, amount));
        uint256 before = ALICE.balance;
        vm.startPrank(ALICE);
        weth.deposit{value: amount}();
        vm.expectEmit(address(weth));
        emit WETH9.Withdrawal(ALICE, part);
        weth.withdraw(part);
        vm.stopPrank();
        assertEq(weth.balanceOf(ALICE), amount - part);
        assertEq(ALICE.balance, before - amount + part);
    }

    function test_withdraw_tooMuch_reverts() public {
        vm.startPrank(ALICE);
        weth.deposit{value: 1}();
        vm.expectRevert(abi.encodeWithSelector(WETH9.InsufficientBalance.selector, ALICE, 1, 2));
        weth.withdraw(2);
        vm.stopPrank();
    }

    function test_withdraw_receiverRefuses_reverts() public {
        vm.deal(address(this), 1);
        weth.deposit{value: 1}();
        vm.expectRevert(abi.encodeWithSelector(WETH9.PaymentFailed.selector, address(this), 1));
        weth.withdraw(1);
    }

    function testFuzz_transferFrom_spendsAllowance_succeeds(uint128 amount, uint256 allowed) public {
        allowed = bound(allowed, amount, type(uint256).max - 1);
        vm.startPrank(ALICE);
        weth.deposit{value: amount}();
        weth.approve(address(this), allowed);
        vm.stopPrank();
        vm.expectEmit(address(weth));
        emit WETH9.Transfer(ALICE, BOB, amount);
        assertTrue(weth.transferFrom(ALICE, BOB, amount), "moved");
        assertEq(weth.balanceOf(BOB), amount);
        assertEq(weth.allowance(ALICE, address(this)), allowed - amount);
    }

    function test_transferFrom_unlimitedAllowance_stays_succeeds() public {
        vm.startPrank(ALICE);
        weth.deposit{value: 5}();
        weth.approve(address(this), type(uint256).max);
        vm.stopPrank();
        weth.transferFrom(ALICE, BOB, 5);
        assertEq(weth.allowance(ALICE, address(this)), type(uint256).max);
    }

    function test_transferFrom_noAllowance_reverts() public {
        vm.prank(ALICE);
        weth.deposit{value: 5}();
        vm.expectRevert(abi.encodeWithSelector(WETH9.InsufficientAllowance.selector, ALICE, address(this), 0, 5));
        weth.transferFrom(ALICE, BOB, 5);
    }

    function test_transfer_toSelf_keepsBalance_succeeds() public {
        vm.startPrank(ALICE);
        weth.deposit{value: 5}();
        weth.transfer(ALICE, 5);
        vm.stopPrank();
        assertEq(weth.balanceOf(ALICE), 5);
    }
}
