// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {Assertion, BlockState} from "../../src/types/Assertion.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract AssertionChainRivalTest is RollupTest {
    bytes32 internal first;

    function setUp() public override {
        super.setUp();
        first = _advance(ALICE, genesisId, 2);
    }

    function test_proposeRival_inTime_blocksAll_succeeds() public {
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        bytes32 bondId = keccak256(abi.encode(keccak256("crema.bond.v1"), BOB, id));
        vm.expectEmit(address(chain));
        emit IAssertionChain.RivalProposed(id, genesisId, BOB, end, keccak256("trace"), bondId);
        _rival(BOB, genesisId, end, 0);
        Assertion memory made = chain.assertion(id);
        assertEq(made.traceRoot, keccak256("trace"));
        assertEq(made.depth, 1);
        assertEq(chain.children(genesisId).firstRivalAt, block.timestamp);
        assertEq(chain.children(genesisId).firstChildId, first);
        assertEq(vault.totalBonded(), 2 * STAKE);
        vm.warp(chain.confirmableAt(id));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.HasRivals.selector, genesisId));
        chain.confirm(first, states[first]);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.HasRivals.selector, genesisId));
        chain.confirm(id, end);
    }

    function test_proposeRival_another_keepsFirstTime_succeeds() public {
        _rival(BOB, genesisId, _end(genesisId, 2, "other"), 0);
        uint256 began = block.timestamp;
        vm.warp(began + 10);
        _rival(BOB, genesisId, _end(genesisId, 2, "third"), 0);
        assertEq(chain.children(genesisId).firstRivalAt, began);
    }

    function testFuzz_proposeRival_window_works(uint64 later) public {
        uint256 made = block.timestamp;
        vm.warp(made + bound(later, 0, 3 * A));
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        bool closed = block.timestamp >= made + A;
        if (closed) vm.expectRevert(abi.encodeWithSelector(IAssertionChain.RivalWindowClosed.selector, made + A));
        vm.prank(BOB);
        chain.proposeRival{value: STAKE}(id, genesisId, end, keccak256("trace"), 0);
        // The very second in which no rival is possible any more is the first in which the child can be confirmed.
        if (!closed) vm.expectRevert();
        chain.confirm(first, states[first]);
    }

    function test_proposeRival_lastSecond_works() public {
        uint64 closesAt = uint64(block.timestamp) + A;
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.warp(closesAt);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.RivalWindowClosed.selector, closesAt));
        chain.proposeRival{value: STAKE}(id, genesisId, end, keccak256("trace"), 0);
        vm.warp(closesAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NotOldEnough.selector, closesAt));
        chain.confirm(first, states[first]);
        _rival(BOB, genesisId, end, 0);
        address getter = chain.assertion(id).blockNumberGetter;
        assertEq(getter, chain.assertion(first).blockNumberGetter);
    }

    function test_proposeRival_sameContent_reverts() public {
        BlockState memory end = states[first];
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.AssertionExists.selector, first));
        chain.proposeRival{value: STAKE}(first, genesisId, end, keccak256("trace"), 0);
    }

    function test_proposeRival_noTraceRoot_reverts() public {
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoTraceRoot.selector, id));
        chain.proposeRival{value: STAKE}(id, genesisId, end, 0, 0);
    }

    function test_proposeRival_noFirstChild_reverts() public {
        BlockState memory end = _end(first, 1, "other");
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoFirstChild.selector, first));
        chain.proposeRival{value: STAKE}("x", first, end, keccak256("trace"), 0);
    }

    function test_proposeRival_sameTargetAndEndChecks_reverts() public {
        inbox.append(5);
        BlockState memory end = _end(genesisId, 3, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.startPrank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.BeyondTarget.selector, 3, 2));
        chain.proposeRival{value: STAKE}(id, genesisId, end, keccak256("trace"), 0);
        end = _end(genesisId, 1, "other");
        id = chain.assertionIdOf(genesisId, end);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.EndsTooEarly.selector, 1, 2, 0));
        chain.proposeRival{value: STAKE}(id, genesisId, end, keccak256("trace"), 0);
        end = _end(genesisId, 2, "other");
        vm.expectPartialRevert(IAssertionChain.UnexpectedId.selector);
        chain.proposeRival{value: STAKE}("x", genesisId, end, keccak256("trace"), 0);
        vm.stopPrank();
    }

    function test_proposeRival_bondOfTheFirstChild_reverts() public {
        bytes32 bondId = _bondOf(first);
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondBacksOther.selector, bondId, first, genesisId));
        chain.proposeRival(id, genesisId, end, keccak256("trace"), bondId);
    }

    function test_proposeRival_rolledBond_succeeds() public {
        bytes32 bondId = _bondOf(first);
        bytes32 child = _advance(BOB, first, 1);
        bytes32 rival = _rival(ALICE, first, _end(first, 1, "other"), bondId);
        assertEq(_bondOf(rival), bondId);
        assertEq(chain.isListed(child), false);
    }

    function test_propose_onARival_isNeverListed_succeeds() public {
        bytes32 rival = _rival(BOB, genesisId, _end(genesisId, 2, "other"), 0);
        bytes32 child = _advance(BOB, rival, 1);
        assertEq(chain.isListed(child), false);
        vm.warp(chain.confirmableAt(child));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.ParentNotConfirmed.selector, rival, genesisId));
        chain.confirm(child, states[child]);
    }
}
