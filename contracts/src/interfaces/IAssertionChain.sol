// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertion, BlockState, Children} from "../types/Assertion.sol";

/// @title Asserted and confirmed states of the rollup
/// @notice Every assertion is identified by its content: `H(assertion tag, parentId, reopenEpoch, stateHash(end), targetCount,
///         inboxRoot, configHash)`. An assertion ends at the first of: its parent's target, `maxBlocks` blocks, `maxGas` since its start.
///
///         Limit of this stage: nothing resolves a dispute yet. Whoever stakes a rival stops every child of that parent for ever, and
///         with them all later confirmations; both stakes stay locked. Nothing false is confirmed, but a chain that was stopped goes
///         on only by a new deployment. `reopenEpoch` is where a dispute's end will reopen a parent; until then it is 0.
interface IAssertionChain {
    event AssertionProposed(
        bytes32 indexed id, bytes32 indexed parentId, address indexed proposer, BlockState end, uint64 targetCount, bytes32 inboxRoot, bytes32 bondId
    );
    event RivalProposed(
        bytes32 indexed id, bytes32 indexed parentId, address indexed proposer, BlockState end, bytes32 traceRoot, bytes32 bondId
    );
    event AssertionConfirmed(bytes32 indexed id, bytes32 outputRoot, bytes32 withdrawalsRoot);
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
    error NotPending(bytes32 id);
    error WrongState(bytes32 stateHash, bytes32 expected);
    error Paused(uint64 until);
    error WrongStake(uint256 value, uint256 expected);
    error NoTraceRoot(bytes32 id);
    error BadMaxBlocks(uint64 maxBlocks);
    error BadChallengePeriod(uint64 challengePeriod, uint64 maximum);
    error ZeroStake();
    error ZeroMaxGas();

    /// @notice Proposes the first child of `parentId`. Backed by a new bond of exactly `stake` wei, or by rolling `bondId` of the caller
    ///         with no value, which must back `parentId`. `expectedId` guards against a reorg that changed what the id commits to.
    function propose(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 bondId) external payable;

    /// @notice Proposes another child of `parentId` within the challenge period of the first, with the root of its execution trace.
    ///         From then on no child of the parent can be confirmed, and none of these stakes be released (limit of this stage, above).
    function proposeRival(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 traceRoot, bytes32 bondId) external payable;

    /// @notice Fixes the target of `parentId` to the Inbox as it stands, once, if the Inbox is ahead of it. Returns the fixed target.
    function fixTarget(bytes32 parentId) external returns (uint64 targetCount, bytes32 inboxRoot);

    /// @notice Confirms an only child of the latest confirmed assertion after the challenge period.
    /// @param end  Its end state, so that what it withdraws becomes readable in the event.
    function confirm(bytes32 id, BlockState calldata end) external;

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
    /// @notice Rules of the next dispute, pinned in every id.
    function configHash() external view returns (bytes32);
    /// @notice Challenge period A in seconds.
    function challengePeriod() external view returns (uint64);
    /// @notice Stake of an assertion in wei.
    function stake() external view returns (uint256);
    /// @notice Gas G_A after which an assertion ends.
    function maxGas() external view returns (uint64);
    /// @notice Least seconds between a parent and its first child.
    function minAssertionPeriod() external view returns (uint64);
}
