// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {LastLeafProof} from "../../src/types/Dispute.sol";
import {RollupTest} from "../utils/RollupTest.sol";

/// @dev L1 takes blocks back and includes their transactions again in another order, with others in between. A proposal lands under the
///      id that its sender saw, or not at all.
contract AssertionChainReorgTest is RollupTest {
    struct Sent {
        bytes32 id;
        bytes32 parentId;
        BlockState end;
        bool rival;
    }

    Sent[] private sent;

    function _plan(bytes32 parentId, bytes32 salt, bool rival) private returns (bytes32) {
        BlockState memory end = _end(parentId, 1, salt);
        // Ends by its gas, so that any target it can have allows it.
        end.gasSinceAssertionStart = MAX_GAS;
        bytes32 id = chain.assertionIdOf(parentId, end);
        sent.push(Sent(id, parentId, end, rival));
        states[id] = end;
        return id;
    }

    function _send(Sent memory one) private returns (bool success, bytes memory reason) {
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(one.end, "trace");
        vm.prank(ALICE);
        (success, reason) = address(chain).call{value: STAKE}(
            one.rival
                ? abi.encodeCall(IAssertionChain.proposeRival, (one.id, one.parentId, one.end, root, proof, 0))
                : abi.encodeCall(IAssertionChain.propose, (one.id, one.parentId, one.end, 0))
        );
    }

    /// @dev The branch that the senders saw: a chain of two and a rival, the Inbox growing in between.
    function _firstBranch(uint64[3] memory growth) private {
        inbox.append(growth[0]);
        chain.fixTarget(genesisId);
        inbox.append(growth[1]);
        bytes32 first = _plan(genesisId, "honest", false);
        (bool success,) = _send(sent[0]);
        assertTrue(success, "first");
        inbox.append(growth[2]);
        vm.warp(block.timestamp + PERIOD);
        _plan(first, "honest", false);
        (success,) = _send(sent[1]);
        assertTrue(success, "second");
        _plan(genesisId, "other", true);
        (success,) = _send(sent[2]);
        assertTrue(success, "rival");
    }

    function _checkReplayed(Sent memory one) private {
        bool known = chain.assertion(one.id).status != AssertionStatus.None;
        uint256 bonded = vault.totalBonded();
        (bool success, bytes memory reason) = _send(one);
        assertEq(chain.assertion(one.id).status != AssertionStatus.None, known || success, "stored exactly when it landed");
        assertEq(vault.totalBonded(), success ? bonded + STAKE : bonded, "stake");
        if (success) {
            assertEq(chain.assertion(one.id).parentId, one.parentId);
            assertEq(chain.assertionIdOf(one.parentId, one.end), one.id, "the id of what it commits to now");
            return;
        }
        bytes4 selector = bytes4(reason);
        if (chain.assertion(one.parentId).status == AssertionStatus.None) {
            assertEq(bytes32(selector), bytes32(IAssertionChain.UnknownAssertion.selector));
        } else if (one.rival && chain.children(one.parentId).firstChildId == 0) {
            assertEq(bytes32(selector), bytes32(IAssertionChain.NoFirstChild.selector));
        } else if (known) {
            bool repeated =
                selector == IAssertionChain.HasFirstChild.selector || selector == IAssertionChain.AssertionExists.selector;
            assertTrue(repeated, "repeated");
        } else if (inbox.count() <= chain.assertion(one.parentId).inboxCount) {
            assertEq(bytes32(selector), bytes32(IAssertionChain.NothingToAssert.selector));
        } else {
            assertEq(bytes32(selector), bytes32(IAssertionChain.UnexpectedId.selector));
            assertTrue(chain.assertionIdOf(one.parentId, one.end) != one.id, "refused because it differs");
        }
    }

    /// @dev Every transaction of the first branch again, in any order and any number of times.
    function testFuzz_replay_sameIdOrUnexpectedId_works(uint64[3] memory growth, uint256 order) public {
        for (uint256 i = 0; i < 3; ++i) growth[i] = uint64(bound(growth[i], 1, 3));
        vm.warp(START + PERIOD);
        uint256 before = vm.snapshotState();
        _firstBranch(growth);
        Sent[] memory all = sent;
        vm.revertToState(before);
        assertEq(chain.lineLength(), 1);
        for (uint256 step = 0; step < 14; ++step) {
            order = uint256(keccak256(abi.encode(order)));
            uint256 what = order % 6;
            if (what < 3) {
                // A child comes at least the minimal period after its parent; that rule is not what this is about.
                vm.warp(block.timestamp + PERIOD);
                _checkReplayed(all[what]);
            } else if (what == 3) {
                inbox.append(growth[(order >> 8) % 3]);
            } else {
                try chain.fixTarget(what == 4 ? genesisId : all[0].id) {} catch {}
            }
        }
    }

    /// @dev In the same order every id comes out again.
    function testFuzz_replay_sameOrder_works(uint64[3] memory growth) public {
        for (uint256 i = 0; i < 3; ++i) growth[i] = uint64(bound(growth[i], 1, 3));
        vm.warp(START + PERIOD);
        uint256 before = vm.snapshotState();
        _firstBranch(growth);
        Sent[] memory all = sent;
        vm.revertToState(before);
        // L1's clock may stand elsewhere.
        vm.warp(block.timestamp + 5 minutes);
        _firstBranch(growth);
        for (uint256 i = 0; i < 3; ++i) assertEq(sent[i].id, all[i].id);
    }

    /// @dev The Inbox took one leaf more than the sender saw before anything fixed the target.
    function test_replay_inboxGrewBefore_reverts() public {
        vm.warp(START + PERIOD);
        inbox.append(2);
        _plan(genesisId, "honest", false);
        inbox.append(1);
        bytes32 now_ = chain.assertionIdOf(genesisId, sent[0].end);
        (bool success, bytes memory reason) = _send(sent[0]);
        assertEq(success, false);
        assertEq(reason, abi.encodeWithSelector(IAssertionChain.UnexpectedId.selector, now_, sent[0].id));
        assertEq(chain.children(genesisId).targetFixed, false, "the target is not fixed by a call that failed");
    }
}
