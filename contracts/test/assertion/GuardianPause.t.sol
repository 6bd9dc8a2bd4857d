// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {GuardianPause} from "../../src/assertion/GuardianPause.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {Test} from "../utils/Test.sol";

contract GuardianPauseTest is Test {
    address internal constant GUARDIAN = address(0x9a);
    uint64 internal constant MAX_PAUSE = 100;
    uint64 internal constant COOLDOWN = 1000;

    GuardianPause internal pause_;

    function setUp() public {
        vm.warp(10);
        pause_ = new GuardianPause(GUARDIAN, MAX_PAUSE, COOLDOWN);
    }

    function test_pause_first_succeeds() public {
        assertEq(pause_.paused(), false);
        assertEq(pause_.pausedUntil(), 0);
        vm.expectEmit(address(pause_));
        emit IGuardianPause.PauseStarted(110);
        vm.prank(GUARDIAN);
        pause_.pause();
        assertTrue(pause_.paused(), "paused");
        assertEq(pause_.pausedUntil(), 110);
    }

    function testFuzz_pause_expires_works(uint64 later) public {
        vm.prank(GUARDIAN);
        pause_.pause();
        vm.warp(10 + uint256(later));
        assertEq(pause_.paused(), later < MAX_PAUSE);
    }

    function testFuzz_pause_stranger_reverts(address caller) public {
        vm.assume(caller != GUARDIAN);
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IGuardianPause.NotGuardian.selector, caller, GUARDIAN));
        pause_.pause();
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IGuardianPause.NotGuardian.selector, caller, GUARDIAN));
        pause_.unpause();
    }

    function testFuzz_pause_coolingDown_reverts(uint64 later, bool early) public {
        vm.startPrank(GUARDIAN);
        pause_.pause();
        if (early) pause_.unpause();
        vm.warp(10 + bound(later, 0, COOLDOWN - 1));
        vm.expectRevert(abi.encodeWithSelector(IGuardianPause.CoolingDown.selector, 10 + COOLDOWN));
        pause_.pause();
        vm.warp(10 + COOLDOWN);
        pause_.pause();
        assertTrue(pause_.paused(), "again");
        vm.stopPrank();
    }

    function test_unpause_endsNow_succeeds() public {
        vm.startPrank(GUARDIAN);
        pause_.pause();
        vm.warp(50);
        vm.expectEmit(address(pause_));
        emit IGuardianPause.PauseEnded();
        pause_.unpause();
        vm.stopPrank();
        assertEq(pause_.paused(), false);
        assertEq(pause_.pausedUntil(), 50);
    }

    function test_unpause_notPaused_reverts() public {
        vm.startPrank(GUARDIAN);
        vm.expectRevert(IGuardianPause.NotPaused.selector);
        pause_.unpause();
        pause_.pause();
        vm.warp(110);
        vm.expectRevert(IGuardianPause.NotPaused.selector);
        pause_.unpause();
        vm.stopPrank();
    }

    function testFuzz_constructor_pauseTooLong_reverts(uint64 maxPause) public {
        assertEq(new GuardianPause(GUARDIAN, 7 days, 7 days + 1).maxPause(), 7 days);
        maxPause = uint64(bound(maxPause, 7 days + 1, type(uint64).max - 1));
        vm.expectRevert(abi.encodeWithSelector(GuardianPause.PauseTooLong.selector, maxPause, 7 days));
        new GuardianPause(GUARDIAN, maxPause, maxPause + 1);
    }

    function testFuzz_constructor_cooldownNotLonger_reverts(uint64 maxPause, uint64 cooldown) public {
        maxPause = uint64(bound(maxPause, 0, 7 days));
        cooldown = uint64(bound(cooldown, 0, maxPause));
        vm.expectRevert(abi.encodeWithSelector(GuardianPause.BadCooldown.selector, cooldown, maxPause));
        new GuardianPause(GUARDIAN, maxPause, cooldown);
    }
}
