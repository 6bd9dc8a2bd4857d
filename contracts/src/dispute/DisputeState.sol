// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {Commitment, CommitmentStatus, Dispute, Duel, DuelStatus, NEWER, OLDER, Reason} from "../types/Dispute.sol";

/// @title What disputes are made of
/// @notice Storage, views, and the operations that all kinds of calls share.
abstract contract DisputeState is IDisputeManager {
    /// @dev On top of the base fee, in wei.
    uint256 private constant TIP = 2 gwei;

    /// @notice Asserts and settles.
    IAssertionChain public immutable chain;
    /// @notice Holds the stakes.
    IBondVault public immutable bondVault;
    /// @inheritdoc IDisputeManager
    uint256 public immutable maxGasPrice;

    mapping(bytes32 id => Commitment) internal _commitments;
    mapping(bytes32 duelId => Duel) internal _duels;
    mapping(bytes32 disputeId => Dispute) internal _disputes;
    /// @inheritdoc IDisputeManager
    mapping(bytes32 assertionId => uint256) public aliveCommitments;
    /// @inheritdoc IDisputeManager
    mapping(bytes32 bondId => mapping(bytes32 disputeId => bytes32)) public commitmentOf;

    constructor(IAssertionChain chain_, IBondVault bondVault_, uint256 maxGasPrice_) {
        chain = chain_;
        bondVault = bondVault_;
        maxGasPrice = maxGasPrice_;
    }

    /// @inheritdoc IDisputeManager
    function commitment(bytes32 id) external view returns (Commitment memory) {
        return _commitments[id];
    }

    /// @inheritdoc IDisputeManager
    function duel(bytes32 duelId) external view returns (Duel memory) {
        return _duels[duelId];
    }

    /// @inheritdoc IDisputeManager
    function dispute(bytes32 disputeId) external view returns (Dispute memory) {
        return _disputes[disputeId];
    }

    /// @inheritdoc IDisputeManager
    function deadline(bytes32 older, bytes32 newer) external view returns (uint8 turn, uint256 expiresAt) {
        Duel storage played = _duels[Disputes.duelId(older, newer)];
        if (played.status == DuelStatus.Over) revert DuelNotRunning(Disputes.duelId(older, newer));
        if (played.status == DuelStatus.None) {
            Commitment storage first = _pair(older, newer);
            return (NEWER, uint256(first.joinedAt) + first.remaining);
        }
        _bothAlive(older, newer);
        turn = played.turn;
        expiresAt = uint256(played.last) + (turn == OLDER ? played.clock0 : played.clock1);
    }

    /// @dev Checks that two commitments may duel; returns the newer.
    function _pair(bytes32 older, bytes32 newer) internal view returns (Commitment storage n) {
        _bothAlive(older, newer);
        Commitment storage o = _commitments[older];
        n = _commitments[newer];
        if (o.disputeId != n.disputeId) revert OtherDispute(o.disputeId, n.disputeId);
        if (o.assertionId == n.assertionId) revert SameAssertion(older, newer, n.assertionId);
        if (o.joinIndex >= n.joinIndex) revert WrongOrder(o.joinIndex, n.joinIndex);
    }

    function _bothAlive(bytes32 older, bytes32 newer) internal view {
        if (_commitments[older].status != CommitmentStatus.Alive) revert NotAlive(older);
        if (_commitments[newer].status != CommitmentStatus.Alive) revert NotAlive(newer);
    }

    function _eliminate(bytes32 id, bytes32 duelId, Reason reason) internal {
        Commitment storage loser = _commitments[id];
        loser.status = CommitmentStatus.Eliminated;
        loser.reason = reason;
        _uncount(loser);
        _disputes[loser.disputeId].lastEliminationAt = uint40(block.timestamp);
        bondVault.strike(loser.bondId);
        emit CommitmentEliminated(id, duelId, reason);
    }

    /// @dev One commitment alive less.
    function _uncount(Commitment storage gone) internal {
        uint256 left = --aliveCommitments[gone.assertionId];
        if (left == 0) --_disputes[gone.disputeId].aliveAssertions;
    }

    /// @dev Wei for `gasUsed`.
    function _price(uint256 gasUsed) internal view returns (uint256) {
        uint256 price = block.basefee + TIP;
        return gasUsed * (price < maxGasPrice ? price : maxGasPrice);
    }

    /// @dev Writes a move's credit into the duel's ledger.
    function _record(Duel storage played, uint8 side, uint256 gasUsed) internal returns (uint256 credit) {
        credit = _price(gasUsed);
        played.ledger = Disputes.ledger(played.ledger, side, msg.sender, credit);
    }
}
