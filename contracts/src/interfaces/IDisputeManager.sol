// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Commitment, Credit, Dispute, Duel, LastLeafProof, LeafOpening, PreviousStep, Reason} from "../types/Dispute.sol";

/// @title Trace commitments and their duels
/// @notice Rules, hashes and tables: docs/protocol/disputes.md. A move is authenticated by preimages alone, so anyone may move for anyone; for
///         given roots it is unique. `older` and `newer` are commitment ids in the order of their join indexes; the older one is side 0.
interface IDisputeManager {
    event CommitmentJoined(
        bytes32 indexed id, bytes32 indexed assertionId, bytes32 indexed disputeId, bytes32 traceRoot, bytes32 bondId, address staker, uint32 joinIndex, uint40 remaining, uint256 credit
    );
    event CommitmentEliminated(bytes32 indexed id, bytes32 indexed duelId, Reason reason);
    event CommitmentResolved(bytes32 indexed id, bool slashed);
    event DuelStarted(bytes32 indexed duelId, bytes32 indexed older, bytes32 indexed newer, bytes32[16] children, address mover, uint256 credit);
    /// @dev `children`: of the node that the mover opened last; the other side compares its own with them.
    event Revealed(
        bytes32 indexed duelId, uint64 pos, uint8 depth, uint8 nextTurn, bytes32[16] children, address mover, uint256 credit
    );
    event StepProven(
        bytes32 indexed duelId, uint64 pos, bytes32 stateBefore, bytes32 stateAfter, bool olderRight, bool newerRight, uint8 side, address mover, uint256 credit
    );
    event TimedOut(bytes32 indexed duelId, bytes32 indexed older, bytes32 indexed newer, uint8 expiredSide, address mover, uint256 credit);
    event CreditsCollected(bytes32 indexed duelId, uint8 side, uint256 amount);
    event JoinCollected(bytes32 indexed id, address indexed staker, uint256 amount);

    error OnlyChain(address caller, address chain);
    error NotContested(bytes32 assertionId);
    error NotPending(bytes32 assertionId);
    error JoinWindowClosed(uint256 time, uint256 closedAt);
    error CommitmentExists(bytes32 id);
    error NoTraceRoot(bytes32 assertionId);
    error WrongStake(uint256 value, uint256 expected);
    error BondBacksOther(bytes32 bondId, bytes32 backs, bytes32 assertionId);
    error BondCommitted(bytes32 bondId, bytes32 disputeId, bytes32 commitmentId);
    error UnknownCommitment(bytes32 id);
    error NotAlive(bytes32 id);
    error SameAssertion(bytes32 older, bytes32 newer, bytes32 assertionId);
    error OtherDispute(bytes32 disputeOfOlder, bytes32 disputeOfNewer);
    error WrongOrder(uint32 olderIndex, uint32 newerIndex);
    error DuelExists(bytes32 duelId);
    error DuelNotRunning(bytes32 duelId);
    error WrongOpening(bytes32 node, bytes32 expected);
    error WrongSuffixLength(uint256 length);
    error NoDivergence(uint256 index, bytes32 node);
    error WrongLeafOpenings(uint256 given, uint256 expected);
    error WrongLeafHash(bytes32 leaf, bytes32 expected);
    error UnneededPrevious(uint64 pos);
    error UnneededSiblings(uint256 length);
    error ClockExpired(uint256 used, uint256 clock);
    error ClockRunning(uint256 used, uint256 clock);
    error NotAtLeaf(uint8 depth, uint8 expected);
    error AtLeaf(uint8 depth);
    error StaleEpoch(uint32 epoch, uint32 currentEpoch);
    error Undecided(bytes32 assertionId);
    error AlreadyResolved(bytes32 id);
    error WrongLedger(bytes32 ledger, bytes32 expected);
    error AlreadyCollected(bytes32 id);
    error NoWinner(bytes32 older, bytes32 newer);
    error NotConfirmed(bytes32 assertionId);
    error BondSlashed(bytes32 bondId);
    error GasPriceTooHigh(uint256 maxGasPrice, uint256 highest);

    /// @notice Commits a trace of a contested assertion while its join window is open. Backed by a new bond of exactly the stake, or, with
    ///         no value, by `bondId` of the caller that stands behind that assertion and no other commitment of this dispute.
    function commit(bytes32 assertionId, bytes32 traceRoot, LastLeafProof calldata proof, bytes32 bondId) external payable returns (bytes32 id);

    /// @notice `AssertionChain.proposeRival` only: the commitment that a rival comes with, backed by the rival's own bond.
    function join(bytes32 assertionId, bytes32 traceRoot, LastLeafProof calldata proof, bytes32 bondId, address staker) external returns (bytes32 id);

    /// @notice First move, the newer side's: opens its root. Its clock has been running since it joined.
    function startDuel(bytes32 older, bytes32 newer, bytes32[16] calldata rootChildren) external;

    /// @notice Moves for the side to move, four levels down.
    /// @param mine          Children of its own unopened node (of the leaf's subtree at depths 12 and 24).
    /// @param theirsSuffix  The other side's children from the first difference on; those before it equal `mine`.
    /// @param grand         Children of `mine` at the difference (at depths 8 and 20: of the subtree below that leaf).
    /// @param leaf          One opening at depths 8, 12, 20 and 24, else none.
    function reveal(bytes32 older, bytes32 newer, bytes32[16] calldata mine, bytes32[] calldata theirsSuffix, bytes32[16] calldata grand, LeafOpening[] calldata leaf) external;

    /// @notice Last move, at depth 44: finds the first differing step and has it executed. Eliminates every side whose leaf is not the state after.
    function prove(bytes32 older, bytes32 newer, bytes32[16] calldata mine, bytes32[] calldata theirsSuffix, PreviousStep calldata previous, bytes calldata stepProof) external;

    /// @notice Eliminates the side to move once its clock has expired; also for a pair whose duel was never started.
    function timeout(bytes32 older, bytes32 newer) external;

    /// @notice Frees a commitment's bond, or slashes it, once its assertion's fate is known. Slashed: it was eliminated, or its
    ///         assertion lost with an ancestor. Not after an invalidation.
    function resolve(bytes32 id) external;

    /// @notice Pays a duel's credits to all who moved for the side whose assertion was confirmed, once. Resolves the loser first if need be.
    /// @param credits  The whole ledger, in order.
    function collect(bytes32 older, bytes32 newer, Credit[] calldata credits) external;

    /// @notice Pays the owner of a commitment's bond the credit for joining, once, if its assertion is confirmed and the bond was not slashed elsewhere.
    function collectJoin(bytes32 id) external;

    /// @notice A commitment; `status` is None when unknown.
    function commitment(bytes32 id) external view returns (Commitment memory);
    /// @notice A duel; `status` is None when it was never started.
    function duel(bytes32 duelId) external view returns (Duel memory);
    /// @notice A dispute.
    function dispute(bytes32 disputeId) external view returns (Dispute memory);
    /// @notice Commitments alive of an assertion.
    function aliveCommitments(bytes32 assertionId) external view returns (uint256);
    /// @notice The commitment of a dispute that a bond backs; zero for none.
    function commitmentOf(bytes32 bondId, bytes32 disputeId) external view returns (bytes32);
    /// @notice The side to move of two commitments alive, started or not, and when its clock expires, in seconds.
    function deadline(bytes32 older, bytes32 newer) external view returns (uint8 turn, uint256 expiresAt);

    /// @notice Wei of credit for a unit of gas at most.
    function maxGasPrice() external view returns (uint256);
}
