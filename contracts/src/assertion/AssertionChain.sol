// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {IGuardianPause} from "../interfaces/IGuardianPause.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {Assertions} from "../libraries/Assertions.sol";
import {BlockNumberGetter} from "../libraries/BlockNumberGetter.sol";
import {Assertion, AssertionStatus, BlockState, Children, STATUS_ASSERTION_END} from "../types/Assertion.sol";
import {AssertionConfig} from "../types/AssertionConfig.sol";
import {AssertionLine} from "./AssertionLine.sol";

/// @title The rollup's asserted states
/// @notice Immutable: new rules are a new chain. Confirms an assertion that nobody rivalled within the challenge period; a rival blocks
///         every child of its parent, for ever while nothing resolves disputes (see `IAssertionChain`).
contract AssertionChain is IAssertionChain {
    using AssertionLine for AssertionLine.Line;

    /// @dev Depth of a trace's block level: an assertion has at most 2^12 blocks.
    uint64 internal constant MAX_BLOCKS_BOUND = 4096;
    /// @dev Longest challenge period; a longer one would lock stakes and withdrawals in effect for ever.
    uint64 internal constant MAX_CHALLENGE_PERIOD = 365 days;

    /// @notice Ordered input.
    IInbox public immutable inbox;
    /// @notice Holds the stakes.
    IBondVault public immutable bondVault;
    /// @notice Stops confirmations while in force.
    IGuardianPause public immutable guardianPause;
    /// @notice L2 chain id.
    uint64 public immutable lane;
    /// @notice Most blocks of an assertion.
    uint64 public immutable maxBlocks;
    /// @inheritdoc IAssertionChain
    bytes32 public immutable genesisId;
    /// @inheritdoc IAssertionChain
    bytes32 public immutable configHash;
    /// @inheritdoc IAssertionChain
    uint64 public immutable challengePeriod;
    /// @inheritdoc IAssertionChain
    uint256 public immutable stake;
    /// @inheritdoc IAssertionChain
    uint64 public immutable maxGas;
    /// @inheritdoc IAssertionChain
    uint64 public immutable minAssertionPeriod;

    /// @inheritdoc IAssertionChain
    bytes32 public latestConfirmed;

    mapping(bytes32 id => Assertion) private _assertions;
    mapping(bytes32 id => Children) private _children;
    AssertionLine.Line private _line;

    /// @param genesis  State before the first leaf: status ASSERTION_END, no leaves consumed. It is confirmed at once.
    constructor(AssertionConfig memory config, BlockState memory genesis) {
        if (config.maxBlocks == 0 || config.maxBlocks > MAX_BLOCKS_BOUND) revert BadMaxBlocks(config.maxBlocks);
        if (config.challengePeriod == 0 || config.challengePeriod > MAX_CHALLENGE_PERIOD) {
            revert BadChallengePeriod(config.challengePeriod, MAX_CHALLENGE_PERIOD);
        }
        if (config.stake == 0) revert ZeroStake();
        if (config.maxGas == 0) revert ZeroMaxGas();
        if (genesis.status != STATUS_ASSERTION_END) revert WrongEndStatus(genesis.status);
        if (genesis.inboxCount != 0) revert BeyondTarget(genesis.inboxCount, 0);
        inbox = IInbox(config.inbox);
        bondVault = IBondVault(config.bondVault);
        guardianPause = IGuardianPause(config.guardianPause);
        lane = config.lane;
        maxBlocks = config.maxBlocks;
        challengePeriod = config.challengePeriod;
        stake = config.stake;
        maxGas = config.maxGas;
        minAssertionPeriod = config.minAssertionPeriod;
        bytes32 rules = Assertions.configHash(block.chainid, config);
        configHash = rules;

        bytes32 endHash = Assertions.stateHash(genesis);
        bytes32 id = Assertions.assertionId(0, 0, endHash, 0, Assertions.emptyRoot(), rules);
        genesisId = id;
        latestConfirmed = id;
        Assertion storage made = _assertions[id];
        made.stateHash = endHash;
        made.outputRoot = Assertions.outputRoot(genesis);
        made.l2BlockNumber = genesis.number;
        made.createdAt = uint64(block.timestamp);
        made.status = AssertionStatus.Confirmed;
        made.blockNumberGetter = BlockNumberGetter.deploy(genesis.number);
        _line.start(id);
        emit AssertionConfirmed(id, made.outputRoot, genesis.withdrawalsRoot);
    }

    /// @inheritdoc IAssertionChain
    function propose(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 bondId) external payable {
        Assertion storage parent = _known(parentId);
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId != 0) revert HasFirstChild(parentId, siblings.firstChildId);
        uint64 earliest = parent.createdAt + minAssertionPeriod;
        if (block.timestamp < earliest) revert TooSoon(earliest);
        fixTarget(parentId);
        bytes32 id = _identify(expectedId, parentId, siblings, end);

        siblings.firstChildId = id;
        siblings.firstChildAt = uint64(block.timestamp);
        bytes32 backing = _back(parentId, id, bondId);
        _create(id, parentId, end, backing, 0);
        _line.extend(parent.depth, parentId, id);
        emit AssertionProposed(id, parentId, msg.sender, end, siblings.targetCount, siblings.targetRoot, backing);
        _snapshotTarget(id, end.inboxCount);
    }

    /// @inheritdoc IAssertionChain
    function proposeRival(bytes32 expectedId, bytes32 parentId, BlockState calldata end, bytes32 traceRoot, bytes32 bondId)
        external
        payable
    {
        Assertion storage parent = _known(parentId);
        Children storage siblings = _children[parentId];
        if (siblings.firstChildId == 0) revert NoFirstChild(parentId);
        uint64 closesAt = siblings.firstChildAt + challengePeriod;
        if (block.timestamp >= closesAt) revert RivalWindowClosed(closesAt);
        bytes32 id = _identify(expectedId, parentId, siblings, end);
        if (_assertions[id].status != AssertionStatus.None) revert AssertionExists(id);
        if (traceRoot == 0) revert NoTraceRoot(id);

        if (siblings.firstRivalAt == 0) siblings.firstRivalAt = uint64(block.timestamp);
        bytes32 backing = _back(parentId, id, bondId);
        _create(id, parentId, end, backing, traceRoot);
        _line.cut(parent.depth, parentId);
        emit RivalProposed(id, parentId, msg.sender, end, traceRoot, backing);
        _snapshotTarget(id, end.inboxCount);
    }

    /// @inheritdoc IAssertionChain
    function confirm(bytes32 id, BlockState calldata end) external {
        Assertion storage pending = _assertions[id];
        if (pending.status != AssertionStatus.Pending) revert NotPending(id);
        if (guardianPause.paused()) revert Paused(guardianPause.pausedUntil());
        bytes32 parentId = pending.parentId;
        if (parentId != latestConfirmed) revert ParentNotConfirmed(parentId, latestConfirmed);
        if (_children[parentId].firstRivalAt != 0) revert HasRivals(parentId);
        uint64 from = pending.createdAt + challengePeriod;
        if (block.timestamp < from) revert NotOldEnough(from);
        _checkState(pending, end);

        pending.status = AssertionStatus.Confirmed;
        latestConfirmed = id;
        emit AssertionConfirmed(id, pending.outputRoot, end.withdrawalsRoot);
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
    function openOutput(bytes32 id, BlockState calldata state) external view returns (bool confirmed) {
        Assertion storage known = _known(id);
        _checkState(known, state);
        return known.status == AssertionStatus.Confirmed;
    }

    /// @inheritdoc IAssertionChain
    function assertionIdOf(bytes32 parentId, BlockState calldata end) external view returns (bytes32) {
        _known(parentId);
        Children memory below = _children[parentId];
        if (!below.targetFixed) (below.targetCount, below.targetRoot) = (inbox.count(), inbox.root());
        return _idOf(parentId, below, end);
    }

    /// @inheritdoc IAssertionChain
    function assertion(bytes32 id) external view returns (Assertion memory) {
        return _assertions[id];
    }

    /// @inheritdoc IAssertionChain
    function children(bytes32 id) external view returns (Children memory) {
        return _children[id];
    }

    /// @inheritdoc IAssertionChain
    function confirmableAt(bytes32 id) external view returns (uint64) {
        return _known(id).createdAt + challengePeriod;
    }

    /// @inheritdoc IAssertionChain
    function isListed(bytes32 id) external view returns (bool) {
        return id != 0 && _line.idAt(_assertions[id].depth) == id;
    }

    /// @inheritdoc IAssertionChain
    function lineLength() external view returns (uint256) {
        return _line.length;
    }

    /// @inheritdoc IAssertionChain
    function lineAt(uint256 depth) external view returns (bytes32) {
        return _line.idAt(depth);
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

    function _idOf(bytes32 parentId, Children memory siblings, BlockState calldata end) private view returns (bytes32) {
        return Assertions.assertionId(
            parentId, siblings.reopenEpoch, Assertions.stateHash(end), siblings.targetCount, siblings.targetRoot, configHash
        );
    }

    /// @dev Backs `id` with the stake sent, or with the caller's bond that backs its parent.
    function _back(bytes32 parentId, bytes32 id, bytes32 bondId) private returns (bytes32) {
        uint256 due = bondId == 0 ? stake : 0;
        if (msg.value != due) revert WrongStake(msg.value, due);
        if (bondId == 0) return bondVault.post{value: due}(msg.sender, id);
        bondVault.roll(bondId, msg.sender, parentId, id);
        return bondId;
    }

    function _create(bytes32 id, bytes32 parentId, BlockState calldata end, bytes32 bondId, bytes32 traceRoot) private {
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
            traceRoot: traceRoot,
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

    function _known(bytes32 id) private view returns (Assertion storage known) {
        known = _assertions[id];
        if (known.status == AssertionStatus.None) revert UnknownAssertion(id);
    }

    function _checkState(Assertion storage known, BlockState calldata state) private view {
        bytes32 given = Assertions.stateHash(state);
        if (given != known.stateHash) revert WrongState(given, known.stateHash);
    }
}
