// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRegistry} from "../../src/interfaces/ILaneRegistry.sol";
import {LaneRegistry} from "../../src/ordering/LaneRegistry.sol";
import {Test} from "../utils/Test.sol";

contract LaneRegistryTest is Test {
    LaneRegistry private lanes = new LaneRegistry();

    function testFuzz_bind_anyLane_succeeds(uint64 lane, address inbox) public {
        lane = uint64(bound(lane, 1, type(uint32).max));
        vm.assume(inbox != address(0));
        vm.expectEmit(address(lanes));
        emit ILaneRegistry.LaneBound(lane, inbox);
        vm.prank(inbox);
        lanes.bind(lane);
        assertEq(lanes.inboxOf(lane), inbox);
    }

    function test_bind_laneOfAnother_reverts() public {
        vm.prank(address(1));
        lanes.bind(7);
        vm.expectRevert(abi.encodeWithSelector(ILaneRegistry.LaneTaken.selector, 7, address(1)));
        vm.prank(address(2));
        lanes.bind(7);
    }

    function test_bind_ownLaneAgain_reverts() public {
        lanes.bind(7);
        vm.expectRevert(abi.encodeWithSelector(ILaneRegistry.LaneTaken.selector, 7, address(this)));
        lanes.bind(7);
    }

    function test_bind_laneZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ILaneRegistry.BadLane.selector, 0));
        lanes.bind(0);
    }

    function testFuzz_bind_laneBeyond32Bits_reverts(uint64 lane) public {
        lane = uint64(bound(lane, uint256(type(uint32).max) + 1, type(uint64).max));
        vm.expectRevert(abi.encodeWithSelector(ILaneRegistry.BadLane.selector, lane));
        lanes.bind(lane);
    }
}
