// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {Test} from "../utils/Test.sol";

contract CommitteeRegistryCreateSetTest is Test {
    CommitteeRegistry private registry = new CommitteeRegistry();

    function _members(uint256 count) private pure returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = address(uint160((i + 1) << 140 | i * 7));
    }

    function testFuzz_createSet_anySize_succeeds(uint256 count, bytes32 salt) public {
        address[] memory list = _members(bound(count, 1, 256));
        bytes32 expected =
            keccak256(abi.encode(Tags.COMMITTEE_SET, address(this), salt, keccak256(abi.encode(list))));
        vm.expectEmit(address(registry));
        emit ICommitteeRegistry.SetCreated(expected, address(this), list);
        bytes32 setId = registry.createSet(list, salt);
        assertEq(setId, expected);
        assertEq(abi.encode(registry.members(setId, 0)), abi.encode(list));
        (uint64 startHeight, uint64 endHeight, uint256 memberCount, uint256 quorum) = registry.epochInfo(setId, 0);
        assertEq(startHeight, 1);
        assertEq(endHeight, type(uint64).max);
        assertEq(memberCount, list.length);
        assertTrue(3 * quorum > 2 * list.length && 3 * (quorum - 1) <= 2 * list.length, "quorum");
        assertEq(registry.currentEpoch(setId), 0);
    }

    function test_createSet_otherCreator_works() public {
        bytes32 mine = registry.createSet(_members(4), "salt");
        vm.prank(address(0xBEEF));
        bytes32 theirs = registry.createSet(_members(4), "salt");
        assertTrue(mine != theirs);
    }

    function test_createSet_sameSetTwice_reverts() public {
        bytes32 setId = registry.createSet(_members(4), "salt");
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.SetExists.selector, setId));
        registry.createSet(_members(4), "salt");
    }

    function test_createSet_noMembers_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMemberCount.selector, 0));
        registry.createSet(new address[](0), 0);
    }

    function test_createSet_tooManyMembers_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMemberCount.selector, 257));
        registry.createSet(_members(257), 0);
    }

    function test_createSet_zeroMember_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMember.selector, 0, address(0)));
        registry.createSet(new address[](1), 0);
    }

    function test_createSet_duplicateMember_reverts() public {
        address[] memory list = _members(3);
        list[2] = list[1];
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMember.selector, 2, list[1]));
        registry.createSet(list, 0);
    }

    function test_createSet_descendingMembers_reverts() public {
        address[] memory list = _members(3);
        (list[0], list[1]) = (list[1], list[0]);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMember.selector, 1, list[1]));
        registry.createSet(list, 0);
    }

    function test_epochInfo_unknownSet_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownSet.selector, bytes32("none")));
        registry.epochInfo("none", 0);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownSet.selector, bytes32("none")));
        registry.currentEpoch("none");
    }

    function test_members_unknownEpoch_reverts() public {
        bytes32 setId = registry.createSet(_members(4), 0);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownEpoch.selector, setId, 1));
        registry.members(setId, 1);
    }
}
