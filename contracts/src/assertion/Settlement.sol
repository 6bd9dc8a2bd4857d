// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {Assertion, AssertionStatus, BlockState, Children} from "../types/Assertion.sol";
import {Dispute} from "../types/Dispute.sol";
import {AssertionLine} from "./AssertionLine.sol";
import {AssertionState} from "./AssertionState.sol";

/// @title How assertions are confirmed or dropped
/// @notice docs/protocol/disputes.md, Settlement.
abstract contract Settlement is AssertionState {
    using AssertionLine for AssertionLine.Line;

    /// @inheritdoc IAssertionChain
    function confirm(bytes32 id, BlockState calldata end) external {
        Assertion storage pending = _confirmable(id);
        Children storage siblings = _children[pending.parentId];
        if (siblings.firstRivalAt != 0) revert HasRivals(pending.parentId);
        uint64 from = pending.createdAt + challengePeriod;
        if (block.timestamp < from) revert NotOldEnough(from);
        _confirm(id, pending, siblings, end);
    }

    /// @inheritdoc IAssertionChain
    function settle(bytes32 id, BlockState calldata end) external {
        Assertion storage pending = _confirmable(id);
        Children storage siblings = _children[pending.parentId];
        if (siblings.firstRivalAt == 0) revert NoRivals(pending.parentId);
        Dispute memory dispute = _dispute(pending.parentId, siblings);
        uint256 alive = disputeManager.aliveCommitments(id);
        if (dispute.aliveAssertions != 1 || alive == 0) revert StillContested(dispute.aliveAssertions, alive);
        _checkTimes(_windowsCloseAt(id, siblings), dispute);
        _confirm(id, pending, siblings, end);
    }

    /// @inheritdoc IAssertionChain
    function reopen(bytes32 parentId) external {
        _known(parentId);
        Children storage siblings = _children[parentId];
        if (siblings.firstRivalAt == 0) revert NoRivals(parentId);
        // Below an undecided parent nothing may become Lost: what the parent stands on may yet be invalidated, and then all of it is refunded.
        if (parentId != latestConfirmed) revert ParentNotConfirmed(parentId, latestConfirmed);
        Dispute memory dispute = _dispute(parentId, siblings);
        if (dispute.aliveAssertions != 0) revert StillContested(dispute.aliveAssertions, 0);
        _checkTimes(uint256(siblings.firstRivalAt) + challengePeriod, dispute);
        _nextEpoch(parentId, siblings);
    }

    /// @inheritdoc IAssertionChain
    function invalidate(bytes32 parentId) external {
        address guardian = guardianPause.guardian();
        if (msg.sender != guardian) revert NotGuardian(msg.sender, guardian);
        if (!guardianPause.paused()) revert OnlyWhilePaused(parentId);
        if (parentId != latestConfirmed) revert ParentNotConfirmed(parentId, latestConfirmed);
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId == 0) revert NoFirstChild(parentId);
        _invalidated[parentId][siblings.reopenEpoch] = true;
        emit ParentInvalidated(parentId, siblings.reopenEpoch);
        _line.cut(_assertions[parentId].depth, parentId);
        _nextEpoch(parentId, siblings);
    }

    /// @inheritdoc IAssertionChain
    function markOrphan(bytes32 id) external {
        Assertion storage pending = _known(id);
        if (pending.status != AssertionStatus.Pending) revert NotPending(id, pending.status);
        AssertionStatus fallen = fate(id);
        if (fallen == AssertionStatus.Pending) revert StillPending(id);
        pending.status = fallen;
        if (fallen == AssertionStatus.Lost) {
            bondVault.slash(pending.bondId, Disputes.disputeId(pending.parentId, pending.reopenEpoch));
        }
        emit AssertionDropped(id, fallen);
    }

    /// @inheritdoc IAssertionChain
    function relist(bytes32 id) external {
        Assertion storage listed = _known(id);
        bytes32 parentId = listed.parentId;
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId != id) revert NotFirstChild(id, siblings.firstChildId);
        if (siblings.firstRivalAt != 0) revert HasRivals(parentId);
        _line.extend(_assertions[parentId].depth, parentId, id);
        if (_line.idAt(listed.depth) != id) revert NotOnLine(id, parentId);
    }

    /// @inheritdoc IAssertionChain
    function windowsCloseAt(bytes32 id) external view returns (uint256) {
        return _windowsCloseAt(id, _children[_known(id).parentId]);
    }

    /// @inheritdoc IAssertionChain
    function settleableAt(bytes32 id) external view returns (uint256) {
        bytes32 parentId = _known(id).parentId;
        Children storage siblings = _children[parentId];
        if (siblings.firstRivalAt == 0) revert NoRivals(parentId);
        return _settleAt(_windowsCloseAt(id, siblings), _dispute(parentId, siblings));
    }

    /// @dev A pending child of the latest confirmed assertion, of the current epoch, while there is no pause.
    function _confirmable(bytes32 id) private view returns (Assertion storage pending) {
        pending = _assertions[id];
        AssertionStatus now_ = fate(id);
        if (now_ != AssertionStatus.Pending) revert NotPending(id, now_);
        if (guardianPause.paused()) revert Paused(guardianPause.pausedUntil());
        if (pending.parentId != latestConfirmed) revert ParentNotConfirmed(pending.parentId, latestConfirmed);
    }

    function _confirm(bytes32 id, Assertion storage pending, Children storage siblings, BlockState calldata end) private {
        _checkState(pending, end);
        pending.status = AssertionStatus.Confirmed;
        siblings.confirmedId = id;
        _line.extend(pending.depth - 1, pending.parentId, id);
        latestConfirmed = id;
        emit AssertionConfirmed(id, pending.outputRoot, end.withdrawalsRoot);
    }

    function _nextEpoch(bytes32 parentId, Children storage siblings) private {
        uint32 epoch = ++siblings.reopenEpoch;
        siblings.firstChildId = 0;
        siblings.firstChildAt = 0;
        siblings.firstRivalAt = 0;
        siblings.verifier = address(0);
        emit ParentReopened(parentId, epoch);
    }

    function _dispute(bytes32 parentId, Children storage siblings) private view returns (Dispute memory) {
        return disputeManager.dispute(Disputes.disputeId(parentId, siblings.reopenEpoch));
    }

    /// @dev From when on no sibling of `id` can get a commitment.
    function _windowsCloseAt(bytes32 id, Children storage siblings) private view returns (uint256) {
        uint64 from = siblings.firstChildId == id ? siblings.firstChildAt : siblings.firstRivalAt;
        return uint256(from) + challengePeriod;
    }

    function _settleAt(uint256 closesAt, Dispute memory dispute) private view returns (uint256) {
        uint256 eliminatedAt = dispute.lastEliminationAt;
        return (closesAt > eliminatedAt ? closesAt : eliminatedAt) + gracePeriod;
    }

    function _checkTimes(uint256 closesAt, Dispute memory dispute) private view {
        if (block.timestamp < closesAt) revert WindowOpen(block.timestamp, closesAt);
        uint256 endsAt = _settleAt(closesAt, dispute);
        if (block.timestamp < endsAt) revert InGrace(block.timestamp, endsAt);
    }
}
