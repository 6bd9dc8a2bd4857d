// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {IGuardianPause} from "../interfaces/IGuardianPause.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {IVerifierSchedule} from "../interfaces/IVerifierSchedule.sol";
import {Assertions} from "../libraries/Assertions.sol";
import {BlockNumberGetter} from "../libraries/BlockNumberGetter.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {Assertion, AssertionStatus, BlockState, Children, STATUS_ASSERTION_END} from "../types/Assertion.sol";
import {AssertionConfig} from "../types/AssertionConfig.sol";
import {Dispute, LastLeafProof, Terms} from "../types/Dispute.sol";
import {AssertionLine} from "./AssertionLine.sol";

/// @title The rollup's asserted states
/// @notice Immutable: new rules are a new chain. Confirms an assertion that nobody rivalled within the challenge period, or the one that won its
///         parent's dispute. The step verifier alone comes from a schedule, and is pinned with the first child of a parent's epoch.
contract AssertionChain is IAssertionChain {
    using AssertionLine for AssertionLine.Line;

    /// @dev Depth of a trace's block level: an assertion has at most 2^12 blocks.
    uint64 internal constant MAX_BLOCKS_BOUND = 4096;
    /// @dev Longest challenge period; a longer one would lock stakes and withdrawals in effect for ever.
    uint64 internal constant MAX_CHALLENGE_PERIOD = 365 days;
    /// @dev Time to leave before another verifier judges, on top of the challenge period.
    uint64 internal constant EXIT_WINDOW = 7 days;
    /// @dev Longest grace period.
    uint64 internal constant MAX_GRACE_PERIOD = 30 days;

    /// @notice Ordered input.
    IInbox public immutable inbox;
    /// @notice Holds the stakes.
    IBondVault public immutable bondVault;
    /// @notice Stops confirmations while in force.
    IGuardianPause public immutable guardianPause;
    /// @notice Plays the disputes.
    IDisputeManager public immutable disputeManager;
    /// @notice Says which step verifier a new dispute pins.
    IVerifierSchedule public immutable verifierSchedule;
    /// @notice L2 chain id.
    uint64 public immutable lane;
    /// @notice Most blocks of an assertion.
    uint64 public immutable maxBlocks;
    /// @inheritdoc IAssertionChain
    bytes32 public immutable genesisId;
    /// @inheritdoc IAssertionChain
    uint64 public immutable challengePeriod;
    /// @inheritdoc IAssertionChain
    uint64 public immutable gracePeriod;
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
    /// @dev Epochs whose children the guardian invalidated.
    mapping(bytes32 parentId => mapping(uint32 reopenEpoch => bool)) private _invalidated;
    AssertionLine.Line private _line;

    /// @param config   Its schedule exists already.
    /// @param genesis  State before the first leaf: status ASSERTION_END, no leaves consumed. It is confirmed at once.
    constructor(AssertionConfig memory config, BlockState memory genesis) {
        if (config.maxBlocks == 0 || config.maxBlocks > MAX_BLOCKS_BOUND) revert BadMaxBlocks(config.maxBlocks);
        if (config.challengePeriod == 0 || config.challengePeriod > MAX_CHALLENGE_PERIOD) {
            revert BadChallengePeriod(config.challengePeriod, MAX_CHALLENGE_PERIOD);
        }
        if (config.gracePeriod > MAX_GRACE_PERIOD) revert BadGracePeriod(config.gracePeriod, MAX_GRACE_PERIOD);
        _checkSchedule(IVerifierSchedule(config.verifierSchedule), config.challengePeriod + EXIT_WINDOW);
        _checkPause(IGuardianPause(config.guardianPause), config.challengePeriod);
        if (config.stake == 0) revert ZeroStake();
        if (config.maxGas == 0) revert ZeroMaxGas();
        if (genesis.status != STATUS_ASSERTION_END) revert WrongEndStatus(genesis.status);
        if (genesis.inboxCount != 0) revert BeyondTarget(genesis.inboxCount, 0);
        inbox = IInbox(config.inbox);
        bondVault = IBondVault(config.bondVault);
        guardianPause = IGuardianPause(config.guardianPause);
        disputeManager = IDisputeManager(config.disputeManager);
        verifierSchedule = IVerifierSchedule(config.verifierSchedule);
        lane = config.lane;
        maxBlocks = config.maxBlocks;
        challengePeriod = config.challengePeriod;
        gracePeriod = config.gracePeriod;
        stake = config.stake;
        maxGas = config.maxGas;
        minAssertionPeriod = config.minAssertionPeriod;

        bytes32 rules = Assertions.configHash(block.chainid, config, address(0));
        bytes32 endHash = Assertions.stateHash(genesis);
        bytes32 id = Assertions.assertionId(0, 0, endHash, 0, Assertions.emptyRoot(), rules);
        genesisId = id;
        latestConfirmed = id;
        Assertion storage made = _assertions[id];
        made.stateHash = endHash;
        made.startHash = Assertions.startHash(genesis);
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
    function fixTarget(bytes32 parentId) public returns (uint64 targetCount, bytes32 inboxRoot) {
        Assertion storage parent = _known(parentId);
        Children storage below = _children[parentId];
        if (!below.targetFixed && !_snapshotTarget(parentId, parent.inboxCount)) {
            revert NothingToAssert(parentId, parent.inboxCount);
        }
        return (below.targetCount, below.targetRoot);
    }

    /// @inheritdoc IAssertionChain
    function fate(bytes32 id) public view returns (AssertionStatus) {
        Assertion storage known = _assertions[id];
        if (known.status != AssertionStatus.Pending) return known.status;
        bytes32 parentId = known.parentId;
        AssertionStatus above = _assertions[parentId].status;
        if (above == AssertionStatus.Lost || above == AssertionStatus.Refunded) return above;
        Children storage siblings = _children[parentId];
        if (known.reopenEpoch != siblings.reopenEpoch) {
            return _invalidated[parentId][known.reopenEpoch] ? AssertionStatus.Refunded : AssertionStatus.Lost;
        }
        return siblings.confirmedId == 0 ? AssertionStatus.Pending : AssertionStatus.Lost;
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

    /// @inheritdoc IAssertionChain
    function terms(bytes32 id) external view returns (Terms memory t) {
        Assertion storage known = _known(id);
        t.parentId = known.parentId;
        Assertion storage parent = _known(t.parentId);
        Children storage siblings = _children[t.parentId];
        t.reopenEpoch = known.reopenEpoch;
        t.currentEpoch = siblings.reopenEpoch;
        t.fate = fate(id);
        t.endHash = known.stateHash;
        t.startHash = parent.startHash;
        t.bondId = known.bondId;
        t.verifier = siblings.verifier;
        t.startInboxCount = parent.inboxCount;
        t.targetCount = siblings.targetCount;
        t.inboxRoot = siblings.targetRoot;
        if (siblings.firstRivalAt == 0) return t;
        t.clockFrom = siblings.firstChildId == id ? siblings.firstRivalAt : siblings.firstChildAt;
    }

    /// @inheritdoc IAssertionChain
    function configHash() external view returns (bytes32) {
        return _rules(verifierSchedule.current());
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
        if (below.firstChildId == 0) below.verifier = verifierSchedule.current();
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

    /// @dev Where somebody may name another verifier, it waits for `least` seconds.
    function _checkSchedule(IVerifierSchedule schedule, uint64 least) private view {
        uint64 delay = schedule.delay();
        if (schedule.owner() != address(0) && delay < least) revert VerifierDelayTooShort(delay, least);
    }

    /// @dev What the guardian invalidates at the end of a pause may go wrong again, under a verifier that is not replaced yet: before that is settled another pause must be possible.
    function _checkPause(IGuardianPause pause, uint64 period) private view {
        uint64 most = pause.maxPause() + period;
        if (pause.cooldown() > most) revert CooldownTooLong(pause.cooldown(), most);
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
            parentId, siblings.reopenEpoch, Assertions.stateHash(end), siblings.targetCount, siblings.targetRoot, _rules(siblings.verifier)
        );
    }

    /// @dev Hash of the rules with `verifier`.
    function _rules(address verifier) private view returns (bytes32) {
        AssertionConfig memory config = AssertionConfig({
            inbox: address(inbox),
            bondVault: address(bondVault),
            guardianPause: address(guardianPause),
            disputeManager: address(disputeManager),
            verifierSchedule: address(verifierSchedule),
            challengePeriod: challengePeriod,
            gracePeriod: gracePeriod,
            stake: stake,
            maxBlocks: maxBlocks,
            maxGas: maxGas,
            minAssertionPeriod: minAssertionPeriod,
            lane: lane
        });
        return Assertions.configHash(block.chainid, config, verifier);
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

    function _known(bytes32 id) private view returns (Assertion storage known) {
        known = _assertions[id];
        if (known.status == AssertionStatus.None) revert UnknownAssertion(id);
    }

    /// @dev A known assertion that nobody marked lost or refunded and whose parent's outcome does not drop it.
    function _living(bytes32 id) private view returns (Assertion storage known) {
        known = _known(id);
        AssertionStatus now_ = fate(id);
        if (now_ == AssertionStatus.Lost || now_ == AssertionStatus.Refunded) revert ParentDropped(id, now_);
    }

    function _checkState(Assertion storage known, BlockState calldata state) private view {
        bytes32 given = Assertions.stateHash(state);
        if (given != known.stateHash) revert WrongState(given, known.stateHash);
    }
}
