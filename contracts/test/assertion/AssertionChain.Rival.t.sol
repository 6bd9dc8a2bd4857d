// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {Assertion, BlockState} from "../../src/types/Assertion.sol";
import {Commitment, CommitmentStatus, LastLeafProof} from "../../src/types/Dispute.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract AssertionChainRivalTest is RollupTest {
    bytes32 internal first;

    function setUp() public override {
        super.setUp();
        first = _advance(ALICE, genesisId, 2);
    }

    /// @dev Sends a rival under a new bond; internal, so that `vm.prank` and `vm.expectRevert` before it hold.
    function _send(bytes32 id, bytes32 parentId, BlockState memory end) internal {
        (bytes32 traceRoot, LastLeafProof memory proof) = _idleTrace(end, "trace");
        chain.proposeRival{value: STAKE}(id, parentId, end, traceRoot, proof, 0);
    }

    function test_proposeRival_inTime_blocksAll_succeeds() public {
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        bytes32 bondId = keccak256(abi.encode(keccak256("crema.bond.v1"), BOB, id));
        vm.expectEmit(address(chain));
        (bytes32 traceRoot,) = _idleTrace(end, "trace");
        emit IAssertionChain.RivalProposed(id, genesisId, BOB, end, traceRoot, bondId);
        _rival(BOB, genesisId, end, 0);
        Assertion memory made = chain.assertion(id);
        Commitment memory committed = disputes.commitment(Disputes.commitmentId(id, traceRoot));
        assertEq(uint256(committed.status), uint256(CommitmentStatus.Alive));
        assertEq(committed.bondId, bondId);
        assertEq(vault.bond(bondId).commitments, 1);
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
        _send(id, genesisId, end);
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
        _send(id, genesisId, end);
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
        _send(first, genesisId, end);
    }

    function test_proposeRival_badTrace_reverts() public {
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        (bytes32 traceRoot, LastLeafProof memory proof) = _idleTrace(end, "trace");
        vm.startPrank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NoTraceRoot.selector, id));
        chain.proposeRival{value: STAKE}(id, genesisId, end, 0, proof, 0);
        vm.expectRevert(abi.encodeWithSelector(TraceTree.WrongLeaf.selector, bytes32("root"), traceRoot));
        chain.proposeRival{value: STAKE}(id, genesisId, end, "root", proof, 0);
        proof.siblings = new bytes32[](11);
        vm.expectRevert(abi.encodeWithSelector(TraceTree.ProofLength.selector, 12, 11));
        chain.proposeRival{value: STAKE}(id, genesisId, end, traceRoot, proof, 0);
        vm.stopPrank();
    }

    function test_proposeRival_noFirstChild_reverts() public {
        BlockState memory end = _end(first, 1, "other");
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NoFirstChild.selector, first));
        _send("x", first, end);
    }

    function test_proposeRival_sameTargetAndEndChecks_reverts() public {
        inbox.append(5);
        BlockState memory end = _end(genesisId, 3, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.startPrank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.BeyondTarget.selector, 3, 2));
        _send(id, genesisId, end);
        end = _end(genesisId, 1, "other");
        id = chain.assertionIdOf(genesisId, end);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.EndsTooEarly.selector, 1, 2, 0));
        _send(id, genesisId, end);
        end = _end(genesisId, 2, "other");
        vm.expectPartialRevert(IAssertionChain.UnexpectedId.selector);
        _send("x", genesisId, end);
        vm.stopPrank();
    }

    function test_proposeRival_bondOfTheFirstChild_reverts() public {
        bytes32 bondId = _bondOf(first);
        BlockState memory end = _end(genesisId, 2, "other");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        (bytes32 traceRoot, LastLeafProof memory proof) = _idleTrace(end, "trace");
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondBacksOther.selector, bondId, first, genesisId));
        chain.proposeRival(id, genesisId, end, traceRoot, proof, bondId);
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
