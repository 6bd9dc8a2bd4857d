// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../interfaces/IBondVault.sol";
import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {AssertionStatus} from "../types/Assertion.sol";
import {Commitment, CommitmentStatus, Credit, Duel, NEWER, OLDER, Reason} from "../types/Dispute.sol";
import {DisputeState} from "./DisputeState.sol";

/// @title What follows from a dispute that is decided
/// @notice docs/protocol/disputes.md, Stakes.
abstract contract Payouts is DisputeState {
    /// @inheritdoc IDisputeManager
    function resolve(bytes32 id) external {
        if (_commitments[id].status == CommitmentStatus.Resolved) revert AlreadyResolved(id);
        _resolve(id);
    }

    /// @inheritdoc IDisputeManager
    function collect(bytes32 older, bytes32 newer, Credit[] calldata credits) external {
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _duels[duelId];
        if (played.collected) revert AlreadyCollected(duelId);
        uint8 winner = _winner(older, newer);
        _checkLedger(played.ledger, credits);
        bytes32 loser = winner == OLDER ? newer : older;
        if (_commitments[loser].status != CommitmentStatus.Resolved) _resolve(loser);

        played.collected = true;
        uint256 total = 0;
        for (uint256 i = 0; i < credits.length; ++i) {
            if (credits[i].side != winner) continue;
            total += credits[i].amount;
            bondVault.reward(_commitments[loser].disputeId, credits[i].mover, credits[i].amount);
        }
        emit CreditsCollected(duelId, winner, total);
    }

    /// @inheritdoc IDisputeManager
    function collectJoin(bytes32 id) external {
        Commitment storage c = _commitments[id];
        if (c.status == CommitmentStatus.None) revert UnknownCommitment(id);
        if (c.paid) revert AlreadyCollected(id);
        if (!_won(c)) revert NotConfirmed(c.assertionId);
        IBondVault.Bond memory bond = bondVault.bond(c.bondId);
        // Lost elsewhere: what it still stands behind is played on, unpaid.
        if (bond.status == IBondVault.BondStatus.Slashed) revert BondSlashed(c.bondId);
        c.paid = true;
        bondVault.reward(c.disputeId, bond.owner, c.credit);
        emit JoinCollected(id, bond.owner, c.credit);
    }

    function _resolve(bytes32 id) private {
        Commitment storage c = _commitments[id];
        if (c.status == CommitmentStatus.None) revert UnknownCommitment(id);
        AssertionStatus fate = chain.fate(c.assertionId);
        if (fate == AssertionStatus.Pending) revert Undecided(c.assertionId);
        bool eliminated = c.status == CommitmentStatus.Eliminated;
        if (!eliminated) _uncount(c);
        c.status = CommitmentStatus.Resolved;
        bool lost = fate == AssertionStatus.Lost || (eliminated && fate != AssertionStatus.Refunded);
        if (lost) bondVault.slash(c.bondId, c.disputeId);
        bondVault.free(c.bondId, eliminated);
        emit CommitmentResolved(id, lost);
    }

    /// @dev The side of a confirmed assertion that was not eliminated, against one of an assertion that lost.
    function _winner(bytes32 older, bytes32 newer) private view returns (uint8) {
        if (_won(_commitments[older])) return OLDER;
        if (_won(_commitments[newer])) return NEWER;
        revert NoWinner(older, newer);
    }

    function _won(Commitment storage c) private view returns (bool) {
        return c.reason == Reason.None && chain.fate(c.assertionId) == AssertionStatus.Confirmed;
    }

    function _checkLedger(bytes32 expected, Credit[] calldata credits) private pure {
        bytes32 ledger = 0;
        for (uint256 i = 0; i < credits.length; ++i) {
            ledger = Disputes.ledger(ledger, credits[i].side, credits[i].mover, credits[i].amount);
        }
        if (ledger != expected) revert WrongLedger(ledger, expected);
    }
}
