// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertion, AssertionStatus, BlockState, Children} from "../types/Assertion.sol";
import {LastLeafProof, Terms} from "../types/Dispute.sol";

/// @title Asserted and confirmed states of the rollup
/// @notice Every assertion is identified by its content: `H(assertion tag, parentId, reopenEpoch, stateHash(end), targetCount,
///         inboxRoot, configHash)`. An assertion ends at the first of: its parent's target, `maxBlocks` blocks, `maxGas` since its start.
///
///         An only child of the latest confirmed assertion is confirmed after the challenge period. A rival, which comes with a trace
///         commitment, opens a dispute: `settle` then confirms the one child whose commitments are alive (docs/protocol/disputes.md). If all are
///         eliminated, or the guardian invalidates them, the parent is reopened for other children under the next `reopenEpoch`.
interface IAssertionChain {
    event AssertionProposed(
        bytes32 indexed id, bytes32 indexed parentId, address indexed proposer, BlockState end, uint64 targetCount, bytes32 inboxRoot, bytes32 bondId
    );
    event RivalProposed(
        bytes32 indexed id, bytes32 indexed parentId, address indexed proposer, BlockState end, bytes32 traceRoot, bytes32 bondId
    );
    event AssertionConfirmed(bytes32 indexed id, bytes32 outputRoot, bytes32 withdrawalsRoot);
    event ParentReopened(bytes32 indexed parentId, uint32 reopenEpoch);
    event ParentInvalidated(bytes32 indexed parentId, uint32 reopenEpoch);
    event AssertionDropped(bytes32 indexed id, AssertionStatus fate);
    event VerifierPinned(bytes32 indexed parentId, uint32 reopenEpoch, address verifier, bytes32 configHash);
    event TargetFixed(bytes32 indexed parentId, uint64 targetCount, bytes32 inboxRoot);

    error UnexpectedId(bytes32 id, bytes32 expected);
    error UnknownAssertion(bytes32 id);
    error AssertionExists(bytes32 id);
    error HasFirstChild(bytes32 parentId, bytes32 firstChildId);
    error NoFirstChild(bytes32 parentId);
    error RivalWindowClosed(uint64 closedAt);
    error NothingToAssert(bytes32 parentId, uint64 inboxCount);
    error WrongEndStatus(uint8 status);
    error WrongEndBlock(uint64 number, uint64 expected);
    error BeyondTarget(uint64 inboxCount, uint64 targetCount);
    error TooManyBlocks(uint64 blocks, uint64 maxBlocks);
    error EndsTooEarly(uint64 inboxCount, uint64 targetCount, uint64 gasSinceAssertionStart);
    error TooSoon(uint64 earliest);
    error NotOldEnough(uint64 confirmableAt);
    error HasRivals(bytes32 parentId);
    error ParentNotConfirmed(bytes32 parentId, bytes32 latestConfirmed);
    error NotPending(bytes32 id, AssertionStatus fate);
    error NotFirstChild(bytes32 id, bytes32 firstChildId);
    error NoRivals(bytes32 parentId);
    error StillContested(uint256 aliveAssertions, uint256 aliveCommitments);
    error WindowOpen(uint256 time, uint256 closesAt);
    error InGrace(uint256 time, uint256 endsAt);
    error ParentDropped(bytes32 parentId, AssertionStatus fate);
    error StillPending(bytes32 id);
    error NotGuardian(address caller, address guardian);
    error OnlyWhilePaused(bytes32 parentId);
    error NotOnLine(bytes32 id, bytes32 parentId);
    error WrongState(bytes32 stateHash, bytes32 expected);
    error Paused(uint64 until);
    error WrongStake(uint256 value, uint256 expected);
    error BadMaxBlocks(uint64 maxBlocks);
    error BadChallengePeriod(uint64 challengePeriod, uint64 maximum);
    error VerifierDelayTooShort(uint64 delay, uint64 least);
    error CooldownTooLong(uint64 cooldown, uint64 most);
    error ZeroStake();
    error BadGracePeriod(uint64 gracePeriod, uint64 maximum);
    error ZeroMaxGas();

    /// @notice Proposes the first child of `parentId`. Backed by a new bond of exactly `stake` wei, or by rolling `bondId` of the caller
    ///         with no value, which must back `parentId`. `expectedId` guards against a reorg that changed what the id commits to.
    function propose(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 bondId) external payable;

    /// @notice Proposes another child of `parentId` within the challenge period of the first, with a commitment to its execution trace. The first
    ///         rival opens the parent's dispute. Backed like `propose`; the same bond stands behind assertion and commitment.
    /// @param traceRoot  Root of its trace.
    /// @param proof      Proof that the trace ends in `end`.
    function proposeRival(
        bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 traceRoot, LastLeafProof calldata proof, bytes32 bondId
    ) external payable;

    /// @notice Fixes the target of `parentId` to the Inbox as it stands, once, if the Inbox is ahead of it. Returns the fixed target.
    function fixTarget(bytes32 parentId) external returns (uint64 targetCount, bytes32 inboxRoot);

    /// @notice Confirms an only child of the latest confirmed assertion after the challenge period.
    /// @param end  Its end state, so that what it withdraws becomes readable in the event.
    function confirm(bytes32 id, BlockState calldata end) external;

    /// @notice Confirms the child of the latest confirmed assertion that alone has commitments alive, once no other commitment can join its rivals
    ///         and `gracePeriod` has passed since the later of that and the last elimination.
    /// @param end  Its end state, as for `confirm`.
    function settle(bytes32 id, BlockState calldata end) external;

    /// @notice Gives the latest confirmed assertion another epoch once every commitment of its contested children is eliminated, no other can join, and
    ///         `gracePeriod` has passed. All children so far are lost.
    function reopen(bytes32 parentId) external;

    /// @notice Guardian only, and only while its pause is in force: gives the latest confirmed assertion another epoch. Nobody loses a stake: the children
    ///         so far, and all that stands on them, are refunded.
    function invalidate(bytes32 parentId) external;

    /// @notice Writes down that `id` can never be confirmed: a sibling was, its parent was reopened or invalidated, or its parent
    ///         was itself marked so (one level a call). Slashes the bond behind it, unless it is refunded.
    function markOrphan(bytes32 id) external;

    /// @notice Lists a first child without rivals whose parent ends the line: what stood on an assertion when it was settled.
    function relist(bytes32 id) external;

    /// @notice What became of an assertion, as far as it follows from its parent; Pending while open.
    function fate(bytes32 id) external view returns (AssertionStatus);

    /// @notice When no commitment can join any sibling of `id` any more, in seconds: a first child's siblings while t < t1 + A, else the first child while t < t2 + A.
    function windowsCloseAt(bytes32 id) external view returns (uint256);

    /// @notice When `settle` becomes possible if nothing else is eliminated, in seconds; of an assertion under dispute.
    function settleableAt(bytes32 id) external view returns (uint256);

    /// @notice What a dispute needs to know of an assertion. Reverts for an unknown one and for genesis.
    function terms(bytes32 id) external view returns (Terms memory);

    /// @notice Whether `state` is the end state of `id`, and whether `id` is confirmed. Reverts for an unknown id or a wrong state.
    function openOutput(bytes32 id, BlockState calldata state) external view returns (bool confirmed);

    /// @notice The id that `propose` and `proposeRival` would give, with the parent's target as it is or would be fixed now.
    function assertionIdOf(bytes32 parentId, BlockState calldata end) external view returns (bytes32);

    /// @notice An assertion; `status` is None when unknown.
    function assertion(bytes32 id) external view returns (Assertion memory);
    /// @notice An assertion's children.
    function children(bytes32 id) external view returns (Children memory);
    /// @notice Newest confirmed assertion.
    function latestConfirmed() external view returns (bytes32);
    /// @notice When `id` becomes confirmable if nothing rivals it, in seconds.
    function confirmableAt(bytes32 id) external view returns (uint64);
    /// @notice Whether `id` was confirmed or is an unrivalled candidate on the listed line.
    function isListed(bytes32 id) external view returns (bool);
    /// @notice Number of assertions on the line from genesis to the latest assertion without a rival, genesis included.
    function lineLength() external view returns (uint256);
    /// @notice Assertion at `depth` of that line.
    function lineAt(uint256 depth) external view returns (bytes32);

    /// @notice Genesis assertion.
    function genesisId() external view returns (bytes32);
    /// @notice Rules that a parent pinning now would pin: with the verifier in force.
    function configHash() external view returns (bytes32);
    /// @notice Seconds between the end of a dispute's last event and `settle`, in which the guardian can react.
    function gracePeriod() external view returns (uint64);
    /// @notice Challenge period A in seconds.
    function challengePeriod() external view returns (uint64);
    /// @notice Stake of an assertion in wei.
    function stake() external view returns (uint256);
    /// @notice Gas G_A after which an assertion ends.
    function maxGas() external view returns (uint64);
    /// @notice Least seconds between a parent and its first child.
    function minAssertionPeriod() external view returns (uint64);
}
