// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {TraceTree} from "../libraries/TraceTree.sol";
import {AssertionStatus} from "../types/Assertion.sol";
import {Commitment, CommitmentStatus, Dispute, LastLeafProof, Terms} from "../types/Dispute.sol";
import {DisputeState} from "./DisputeState.sol";

/// @title Joining a dispute
abstract contract Commitments is DisputeState {
    /// @dev Credited for a commitment: what it costs whom a bond behind the assertion stands already. With a new bond, as who joins only for the
    ///      credit must post, it costs more.
    uint256 internal constant COMMIT_GAS = 260_000;
    /// @dev Credited for a rival and its commitment, where the rival fixes the target of its children, as it does unless the Inbox stands still.
    uint256 internal constant RIVAL_GAS = 700_000;

    /// @inheritdoc IDisputeManager
    function commit(bytes32 assertionId, bytes32 traceRoot, LastLeafProof calldata proof, bytes32 bondId)
        external
        payable
        returns (bytes32 id)
    {
        Terms memory terms = chain.terms(assertionId);
        uint256 due = bondId == 0 ? chain.stake() : 0;
        if (msg.value != due) revert WrongStake(msg.value, due);
        id = _admit(terms, assertionId, traceRoot, proof);
        if (bondId == 0) {
            bondId = bondVault.post{value: due}(msg.sender, id, assertionId);
        } else if (bondId != terms.bondId) {
            bytes32 backs = bondVault.bond(bondId).assertionId;
            if (backs != assertionId) revert BondBacksOther(bondId, backs, assertionId);
        }
        _join(id, terms, bondId, msg.sender, COMMIT_GAS);
    }

    /// @inheritdoc IDisputeManager
    function join(bytes32 assertionId, bytes32 traceRoot, LastLeafProof calldata proof, bytes32 bondId, address staker)
        external
        returns (bytes32 id)
    {
        if (msg.sender != address(chain)) revert OnlyChain(msg.sender, address(chain));
        Terms memory terms = chain.terms(assertionId);
        id = _admit(terms, assertionId, traceRoot, proof);
        _join(id, terms, bondId, staker, RIVAL_GAS);
    }

    /// @dev Checks that the trace may join now, and stores what identifies it and its clock.
    function _admit(Terms memory terms, bytes32 assertionId, bytes32 traceRoot, LastLeafProof calldata proof)
        private
        returns (bytes32 id)
    {
        if (terms.fate != AssertionStatus.Pending) revert NotPending(assertionId);
        if (terms.clockFrom == 0) revert NotContested(assertionId);
        if (traceRoot == 0) revert NoTraceRoot(assertionId);
        uint256 closedAt = uint256(terms.clockFrom) + chain.challengePeriod();
        if (block.timestamp >= closedAt) revert JoinWindowClosed(block.timestamp, closedAt);
        bytes32 leaf = TraceTree.blockLeaf(terms.endHash, proof.segmentsRoot);
        TraceTree.verifyLastLeaf(traceRoot, leaf, proof.siblings, TraceTree.BLOCK_DEPTH);

        id = Disputes.commitmentId(assertionId, traceRoot);
        Commitment storage made = _commitments[id];
        if (made.status != CommitmentStatus.None) revert CommitmentExists(id);
        made.assertionId = assertionId;
        made.traceRoot = traceRoot;
        made.joinedAt = uint40(block.timestamp);
        made.remaining = uint40(closedAt - block.timestamp);
    }

    /// @dev Puts the bond behind an admitted commitment and counts it.
    function _join(bytes32 id, Terms memory terms, bytes32 bondId, address staker, uint256 gasUsed) private {
        Commitment storage made = _commitments[id];
        bytes32 disputeId = Disputes.disputeId(terms.parentId, terms.reopenEpoch);
        bytes32 other = commitmentOf[bondId][disputeId];
        if (other != 0) revert BondCommitted(bondId, disputeId, other);
        commitmentOf[bondId][disputeId] = id;
        Dispute storage joined = _disputes[disputeId];
        made.disputeId = disputeId;
        made.bondId = bondId;
        made.joinIndex = ++joined.joins;
        made.status = CommitmentStatus.Alive;
        made.credit = uint96(_price(gasUsed));
        if (aliveCommitments[made.assertionId]++ == 0) ++joined.aliveAssertions;
        bondVault.back(bondId, staker);
        emit CommitmentJoined(
            id, made.assertionId, disputeId, made.traceRoot, bondId, staker, made.joinIndex, made.remaining, made.credit
        );
    }
}
