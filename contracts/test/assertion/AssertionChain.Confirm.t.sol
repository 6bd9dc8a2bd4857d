// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract AssertionChainConfirmTest is RollupTest {
    function test_confirm_inOrder_succeeds() public {
        bytes32 first = _advance(ALICE, genesisId, 1);
        bytes32 second = _advance(BOB, first, 1);
        vm.warp(chain.confirmableAt(second));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, first, genesisId));
        chain.confirm(second, states[second]);
        vm.expectEmit(address(chain));
        emit IAssertionChain.AssertionConfirmed(first, chain.assertion(first).outputRoot, states[first].withdrawalsRoot);
        chain.confirm(first, states[first]);
        assertEq(chain.latestConfirmed(), first);
        assertTrue(chain.openOutput(first, states[first]), "confirmed");
        chain.confirm(second, states[second]);
        assertEq(chain.latestConfirmed(), second);
    }

    function testFuzz_confirm_before_reverts(uint64 later) public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        vm.warp(block.timestamp + bound(later, 0, A - 1));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotOldEnough.selector, chain.confirmableAt(id)));
        chain.confirm(id, states[id]);
    }

    function test_confirm_twiceOrUnknown_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        _confirm(id);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotPending.selector, id, AssertionStatus.Confirmed));
        chain.confirm(id, states[id]);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotPending.selector, bytes32("u"), AssertionStatus.None));
        chain.confirm("u", states[id]);
    }

    function test_confirm_wrongState_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        BlockState memory other = states[id];
        other.withdrawalsRoot = "forged";
        vm.warp(chain.confirmableAt(id));
        vm.expectPartialRevert(IAssertionChain.WrongState.selector);
        chain.confirm(id, other);
        vm.expectPartialRevert(IAssertionChain.WrongState.selector);
        chain.openOutput(id, other);
    }

    function test_confirm_paused_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        vm.warp(chain.confirmableAt(id));
        vm.prank(GUARDIAN);
        guardianPause.pause();
        uint64 until = guardianPause.pausedUntil();
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.Paused.selector, until));
        chain.confirm(id, states[id]);
        vm.warp(until);
        chain.confirm(id, states[id]);
    }

    function test_propose_paused_goesOn_succeeds() public {
        vm.prank(GUARDIAN);
        guardianPause.pause();
        bytes32 id = _advance(ALICE, genesisId, 1);
        _rival(BOB, genesisId, _end(genesisId, 1, "other"), 0);
        assertEq(uint256(chain.assertion(id).status), uint256(AssertionStatus.Pending));
    }

    /// @dev The line against a naive model: walk down from genesis while there is a first child without a rival.
    function testFuzz_line_matchesNaiveWalk_works(uint256 choices) public {
        bytes32[] memory made = new bytes32[](13);
        made[0] = genesisId;
        uint256 count = 1;
        for (uint256 step = 0; step < 12; ++step) {
            uint256 choice = uint256(keccak256(abi.encode(choices, step)));
            bytes32 parent = made[choice % 3 == 0 ? (choice >> 8) % count : count - 1];
            bytes32 child = chain.children(parent).firstChildId;
            if (child == 0) {
                inbox.append(1);
                vm.warp(block.timestamp + PERIOD);
                made[count++] = _propose(ALICE, parent, _fullOf(parent, bytes32(step)), 0);
            } else if (block.timestamp < chain.confirmableAt(child)) {
                made[count++] = _rival(BOB, parent, _fullOf(parent, bytes32(step)), 0);
            }
            if (choice >> 16 & 7 == 0) {
                bytes32 next = chain.children(chain.latestConfirmed()).firstChildId;
                if (next != 0 && chain.children(chain.latestConfirmed()).firstRivalAt == 0) _confirm(next);
            }
            _checkLine(made, count);
        }
    }

    /// @dev An end that the gas bound allows anywhere.
    function _fullOf(bytes32 parent, bytes32 salt) internal view returns (BlockState memory end) {
        end = _end(parent, 1, salt);
        end.gasSinceAssertionStart = MAX_GAS;
    }

    function _checkLine(bytes32[] memory made, uint256 count) internal view {
        bytes32 current = genesisId;
        uint256 depth = 0;
        while (true) {
            assertEq(chain.lineAt(depth), current);
            bytes32 next = chain.children(current).firstChildId;
            if (next == 0 || chain.children(current).firstRivalAt != 0) break;
            current = next;
            ++depth;
        }
        assertEq(chain.lineLength(), depth + 1);
        assertEq(chain.lineAt(depth + 1), bytes32(0));
        uint256 listed = 0;
        for (uint256 i = 0; i < count; ++i) {
            bool confirmed = chain.assertion(made[i]).status == AssertionStatus.Confirmed;
            if (chain.isListed(made[i])) ++listed;
            else assertTrue(!confirmed, "every confirmed assertion is listed");
        }
        assertEq(listed, depth + 1);
    }
}
