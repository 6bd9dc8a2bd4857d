// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {Assertions} from "../libraries/Assertions.sol";
import {BlockNumberGetter} from "../libraries/BlockNumberGetter.sol";
import {Assertion, AssertionStatus, BlockState, Children, STATUS_ASSERTION_END} from "../types/Assertion.sol";
import {LastLeafProof} from "../types/Dispute.sol";
import {AssertionLine} from "./AssertionLine.sol";
import {AssertionState} from "./AssertionState.sol";

/// @title How assertions and their rivals come about
/// @notice docs/protocol/disputes.md, Opening a dispute.
abstract contract Proposals is AssertionState {
    using AssertionLine for AssertionLine.Line;

    /// @inheritdoc IAssertionChain
    function propose(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 bondId) external payable {
        Assertion storage parent = _living(parentId);
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId != 0) revert HasFirstChild(parentId, siblings.firstChildId);
        uint64 earliest = parent.createdAt + minAssertionPeriod;
        if (block.timestamp < earliest) revert TooSoon(earliest);
        fixTarget(parentId);
        siblings.verifier = verifierSchedule.current();
        bytes32 id = _identify(expectedId, parentId, siblings, end);

        siblings.firstChildId = id;
        siblings.firstChildAt = uint64(block.timestamp);
        bytes32 backing = _back(parentId, id, bondId);
        _create(id, parentId, end, backing);
        _line.extend(parent.depth, parentId, id);
        emit VerifierPinned(parentId, siblings.reopenEpoch, siblings.verifier, _rules(siblings.verifier));
        emit AssertionProposed(id, parentId, msg.sender, end, siblings.targetCount, siblings.targetRoot, backing);
        _snapshotTarget(id, end.inboxCount);
    }

    /// @inheritdoc IAssertionChain
    function proposeRival(
        bytes32 expectedId,
        bytes32 parentId,
        BlockState calldata end,
        bytes32 traceRoot,
        LastLeafProof calldata proof,
        bytes32 bondId
    ) external payable {
        bytes32 id = _rival(expectedId, parentId, end);
        bytes32 backing = _back(parentId, id, bondId);
        _create(id, parentId, end, backing);
        _line.cut(_assertions[parentId].depth, parentId);
        emit RivalProposed(id, parentId, msg.sender, end, traceRoot, backing);
        disputeManager.join(id, traceRoot, proof, backing, msg.sender);
        _snapshotTarget(id, end.inboxCount);
    }

    /// @inheritdoc IAssertionChain
    function fixTarget(bytes32 parentId) public returns (uint64 targetCount, bytes32 inboxRoot) {
        Assertion storage parent = _known(parentId);
        Children storage below = _children[parentId];
        if (!below.targetFixed && !_snapshotTarget(parentId, parent.inboxCount)) {
            revert NothingToAssert(parentId, parent.inboxCount);
        }
        return (below.targetCount, below.targetRoot);
    }

    /// @inheritdoc IAssertionChain
    function assertionIdOf(bytes32 parentId, BlockState calldata end) external view returns (bytes32) {
        _known(parentId);
        Children memory below = _children[parentId];
        if (!below.targetFixed) (below.targetCount, below.targetRoot) = (inbox.count(), inbox.root());
        if (below.firstChildId == 0) below.verifier = verifierSchedule.current();
        return _idOf(parentId, below, end);
    }

    /// @dev Checks a rival and gives its id.
    function _rival(bytes32 expectedId, bytes32 parentId, BlockState calldata end) private returns (bytes32 id) {
        _living(parentId);
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId == 0) revert NoFirstChild(parentId);
        uint64 closesAt = siblings.firstChildAt + challengePeriod;
        if (block.timestamp >= closesAt) revert RivalWindowClosed(closesAt);
        id = _identify(expectedId, parentId, siblings, end);
        if (_assertions[id].status != AssertionStatus.None) revert AssertionExists(id);
        if (siblings.firstRivalAt == 0) siblings.firstRivalAt = uint64(block.timestamp);
    }

    /// @dev Checks `end` against its parent and the parent's fixed target, and the id that follows against the expected one.
    function _identify(bytes32 expectedId, bytes32 parentId, Children storage siblings, BlockState calldata end)
        private
        view
        returns (bytes32 id)
    {
        Assertion storage parent = _assertions[parentId];
        uint64 target = siblings.targetCount;
        if (end.status != STATUS_ASSERTION_END) revert WrongEndStatus(end.status);
        if (end.inboxCount <= parent.inboxCount) revert NothingToAssert(parentId, end.inboxCount);
        if (end.inboxCount > target) revert BeyondTarget(end.inboxCount, target);
        uint64 blocks = end.inboxCount - parent.inboxCount;
        if (end.number != parent.l2BlockNumber + blocks) revert WrongEndBlock(end.number, parent.l2BlockNumber + blocks);
        if (blocks > maxBlocks) revert TooManyBlocks(blocks, maxBlocks);
        if (end.inboxCount != target && blocks != maxBlocks && end.gasSinceAssertionStart < maxGas) {
            revert EndsTooEarly(end.inboxCount, target, end.gasSinceAssertionStart);
        }
        id = _idOf(parentId, siblings, end);
        if (id != expectedId) revert UnexpectedId(id, expectedId);
    }

    /// @dev Backs `id` with the stake sent, or with the caller's bond that backs its parent.
    function _back(bytes32 parentId, bytes32 id, bytes32 bondId) private returns (bytes32) {
        uint256 due = bondId == 0 ? stake : 0;
        if (msg.value != due) revert WrongStake(msg.value, due);
        if (bondId == 0) return bondVault.post{value: due}(msg.sender, id, id);
        bondVault.roll(bondId, msg.sender, parentId, id);
        return bondId;
    }

    function _create(bytes32 id, bytes32 parentId, BlockState calldata end, bytes32 bondId) private {
        _assertions[id] = Assertion({
            parentId: parentId,
            stateHash: Assertions.stateHash(end),
            outputRoot: Assertions.outputRoot(end),
            l2BlockNumber: end.number,
            inboxCount: end.inboxCount,
            createdAt: uint64(block.timestamp),
            depth: _assertions[parentId].depth + 1,
            reopenEpoch: _children[parentId].reopenEpoch,
            status: AssertionStatus.Pending,
            proposer: msg.sender,
            bondId: bondId,
            startHash: Assertions.startHash(end),
            blockNumberGetter: BlockNumberGetter.deploy(end.number)
        });
    }

    /// @dev Fixes the target of `id` to the Inbox as it stands, if the Inbox is ahead of it.
    function _snapshotTarget(bytes32 id, uint64 inboxCount) private returns (bool) {
        uint64 count = inbox.count();
        if (count <= inboxCount) return false;
        bytes32 root = inbox.root();
        Children storage below = _children[id];
        below.targetFixed = true;
        below.targetCount = count;
        below.targetRoot = root;
        emit TargetFixed(id, count, root);
        return true;
    }
}
