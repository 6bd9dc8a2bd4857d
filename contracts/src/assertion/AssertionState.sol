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
import {Assertion, AssertionStatus, BlockState, Children, STATUS_ASSERTION_END} from "../types/Assertion.sol";
import {AssertionConfig} from "../types/AssertionConfig.sol";
import {AssertionLine} from "./AssertionLine.sol";

/// @title What the chain of assertions stores, and the rules that it was deployed with
/// @notice docs/protocol/disputes.md.
abstract contract AssertionState is IAssertionChain {
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

    mapping(bytes32 id => Assertion) internal _assertions;
    mapping(bytes32 id => Children) internal _children;
    /// @dev Epochs whose children the guardian invalidated.
    mapping(bytes32 parentId => mapping(uint32 reopenEpoch => bool)) internal _invalidated;
    AssertionLine.Line internal _line;

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

    /// @dev Hash of the rules with `verifier`.
    function _rules(address verifier) internal view returns (bytes32) {
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

    function _known(bytes32 id) internal view returns (Assertion storage known) {
        known = _assertions[id];
        if (known.status == AssertionStatus.None) revert UnknownAssertion(id);
    }

    /// @dev A known assertion that nobody marked lost or refunded and whose parent's outcome does not drop it.
    function _living(bytes32 id) internal view returns (Assertion storage known) {
        known = _known(id);
        AssertionStatus now_ = fate(id);
        if (now_ == AssertionStatus.Lost || now_ == AssertionStatus.Refunded) revert ParentDropped(id, now_);
    }

    function _checkState(Assertion storage known, BlockState calldata state) internal view {
        bytes32 given = Assertions.stateHash(state);
        if (given != known.stateHash) revert WrongState(given, known.stateHash);
    }

    function _idOf(bytes32 parentId, Children memory siblings, BlockState calldata end) internal view returns (bytes32) {
        return Assertions.assertionId(
            parentId, siblings.reopenEpoch, Assertions.stateHash(end), siblings.targetCount, siblings.targetRoot, _rules(siblings.verifier)
        );
    }
}
