// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputeManager} from "../interfaces/IDisputeManager.sol";
import {IStepVerifier} from "../interfaces/IStepVerifier.sol";
import {Disputes} from "../libraries/Disputes.sol";
import {TraceTree} from "../libraries/TraceTree.sol";
import {Context} from "../step/state/Machine.sol";
import {Commitment, Duel, DuelStatus, LeafOpening, NEWER, OLDER, PreviousStep, Reason, Terms} from "../types/Dispute.sol";
import {DisputeState} from "./DisputeState.sol";
import {DuelNodes} from "./DuelNodes.sol";
import {LeafOpenings} from "./LeafOpenings.sol";

/// @title Moves
/// @notice docs/protocol/disputes.md, Duels.
abstract contract Duels is DisputeState {
    /// @dev Depth of a block leaf, and of what is below it.
    uint8 internal constant BLOCK_LEAF = 12;
    /// @dev Depth of a segment leaf, and of what is below it.
    uint8 internal constant SEGMENT_LEAF = 24;
    /// @dev Depth of the node whose 16 children are steps.
    uint8 internal constant LAST = 44;

    uint256 internal constant START_GAS = 180_000;
    uint256 internal constant REVEAL_GAS = 90_000;
    uint256 internal constant CROSSING_GAS = 140_000;
    uint256 internal constant TIMEOUT_GAS = 120_000;
    /// @dev A prove transaction's base cost and what follows the measurement.
    uint256 internal constant PROVE_BASE_GAS = 45_000;
    uint256 internal constant PROVE_GAS_CAP = 12_000_000;
    uint256 internal constant CALLDATA_BYTE_GAS = 16;

    /// @dev The disputed step: what both sides say follows from the state before, and what does.
    struct Step {
        bytes32 mine;
        bytes32 theirs;
        bytes32 stateBefore;
        bytes32 stateAfter;
    }

    /// @inheritdoc IDisputeManager
    function startDuel(bytes32 older, bytes32 newer, bytes32[16] calldata rootChildren) external {
        Commitment storage n = _pair(older, newer);
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _duels[duelId];
        if (played.status != DuelStatus.None) revert DuelExists(duelId);
        _checkNode(DuelNodes.fold(rootChildren), n.traceRoot);
        played.opened = n.traceRoot;
        played.unopened = _commitments[older].traceRoot;
        played.levelRoot = played.unopened;
        played.clock0 = _commitments[older].remaining;
        played.clock1 = n.remaining;
        played.last = n.joinedAt;
        played.turn = NEWER;
        played.status = DuelStatus.Running;
        _passTurn(played, NEWER);
        uint256 credit = _record(played, NEWER, START_GAS);
        emit DuelStarted(duelId, older, newer, rootChildren, msg.sender, credit);
    }

    /// @inheritdoc IDisputeManager
    function reveal(
        bytes32 older,
        bytes32 newer,
        bytes32[16] calldata mine,
        bytes32[] calldata theirsSuffix,
        bytes32[16] calldata grand,
        LeafOpening[] calldata leaf
    ) external {
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _running(duelId, older, newer);
        uint8 side = played.turn;
        uint8 depth = played.depth;
        if (depth == LAST) revert AtLeaf(depth);
        _passTurn(played, side);
        bool answers = depth == BLOCK_LEAF || depth == SEGMENT_LEAF;
        bool enters = depth + 4 == BLOCK_LEAF || depth + 4 == SEGMENT_LEAF;
        _checkOpenings(leaf.length, answers || enters ? 1 : 0);
        if (answers) _answer(played, side, leaf[0]);
        bytes32 child = _descend(played, mine, theirsSuffix);
        if (enters) child = _enter(played, side, leaf[0], child);
        _checkNode(DuelNodes.fold(grand), child);
        played.opened = child;
        uint256 credit = _record(played, side, leaf.length == 0 ? REVEAL_GAS : CROSSING_GAS);
        emit Revealed(duelId, played.pos, depth + 4, played.turn, grand, msg.sender, credit);
    }

    /// @inheritdoc IDisputeManager
    function prove(
        bytes32 older,
        bytes32 newer,
        bytes32[16] calldata mine,
        bytes32[] calldata theirsSuffix,
        PreviousStep calldata previous,
        bytes calldata stepProof
    ) external {
        uint256 gasBefore = gasleft();
        Duel storage played = _running(Disputes.duelId(older, newer), older, newer);
        if (played.depth != LAST) revert NotAtLeaf(played.depth, LAST);
        _passTurn(played, played.turn);
        Step memory step;
        step.mine = _descend(played, mine, theirsSuffix);
        step.theirs = theirsSuffix[0];
        step.stateBefore = _stateBefore(played, older, mine, theirsSuffix.length, previous);
        step.stateAfter = _execute(_commitments[older].assertionId, played.pos, step.stateBefore, stepProof);
        _judge(older, newer, step, gasBefore);
    }

    /// @inheritdoc IDisputeManager
    function timeout(bytes32 older, bytes32 newer) external {
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _duels[duelId];
        uint8 side = NEWER;
        uint256 used;
        uint256 clock;
        if (played.status == DuelStatus.None) {
            Commitment storage n = _pair(older, newer);
            used = block.timestamp - n.joinedAt;
            clock = n.remaining;
        } else {
            _running(duelId, older, newer);
            side = played.turn;
            used = block.timestamp - played.last;
            clock = side == OLDER ? played.clock0 : played.clock1;
        }
        if (used < clock) revert ClockRunning(used, clock);
        played.status = DuelStatus.Over;
        _eliminate(side == OLDER ? older : newer, duelId, Reason.Timeout);
        uint256 credit = _record(played, side == OLDER ? NEWER : OLDER, TIMEOUT_GAS);
        emit TimedOut(duelId, older, newer, side, msg.sender, credit);
    }

    /// @dev Ends a duel whose step was executed: eliminates every side that is wrong.
    function _judge(bytes32 older, bytes32 newer, Step memory step, uint256 gasBefore) private {
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _duels[duelId];
        played.status = DuelStatus.Over;
        uint8 side = 1 - played.turn;
        bool olderRight = (side == OLDER ? step.mine : step.theirs) == step.stateAfter;
        bool newerRight = (side == NEWER ? step.mine : step.theirs) == step.stateAfter;
        if (!olderRight) _eliminate(older, duelId, Reason.Prove);
        if (!newerRight) _eliminate(newer, duelId, Reason.Prove);
        uint256 gasUsed = gasBefore - gasleft() + PROVE_BASE_GAS + msg.data.length * CALLDATA_BYTE_GAS;
        uint256 credit = _record(played, side, gasUsed < PROVE_GAS_CAP ? gasUsed : PROVE_GAS_CAP);
        emit StepProven(
            duelId, played.pos, step.stateBefore, step.stateAfter, olderRight, newerRight, side, msg.sender, credit
        );
    }

    /// @dev The running duel of two commitments alive.
    function _running(bytes32 duelId, bytes32 older, bytes32 newer) private view returns (Duel storage played) {
        played = _duels[duelId];
        if (played.status != DuelStatus.Running) revert DuelNotRunning(duelId);
        _bothAlive(older, newer);
    }

    /// @dev Charges the side to move for its time and starts the other's clock.
    function _passTurn(Duel storage played, uint8 side) private {
        uint40 used = uint40(block.timestamp) - played.last;
        uint40 clock = side == OLDER ? played.clock0 : played.clock1;
        if (used >= clock) revert ClockExpired(used, clock);
        if (side == OLDER) played.clock0 = clock - used;
        else played.clock1 = clock - used;
        played.last = uint40(block.timestamp);
        played.turn = 1 - side;
    }

    /// @dev Opens the mover's unopened node and finds the first difference. The other side's child there is next to be opened; returns the mover's.
    function _descend(Duel storage played, bytes32[16] calldata mine, bytes32[] calldata theirsSuffix)
        private
        returns (bytes32 child)
    {
        uint256 length = theirsSuffix.length;
        if (length == 0 || length > 16) revert WrongSuffixLength(length);
        _checkNode(DuelNodes.fold(mine), played.unopened);
        _checkNode(DuelNodes.foldMixed(mine, theirsSuffix), played.opened);
        uint256 index = 16 - length;
        child = mine[index];
        if (child == theirsSuffix[0]) revert NoDivergence(index, child);
        played.unopened = theirsSuffix[0];
        played.pos = played.pos << 4 | uint64(index);
        played.depth += 4;
    }

    /// @dev Opens the mover's own leaf after the other side entered its own.
    function _answer(Duel storage played, uint8 side, LeafOpening calldata opening) private {
        bytes32 subRoot = LeafOpenings.open(opening, played.unopened, played.depth == BLOCK_LEAF);
        LeafOpenings.noPrevious(opening, played.pos);
        played.unopened = subRoot;
        if (side == NEWER) played.levelRoot = subRoot;
    }

    /// @dev Enters the mover's disputed leaf: the tree below it, and the state before it if there is a leaf before.
    function _enter(Duel storage played, uint8 side, LeafOpening calldata opening, bytes32 leaf)
        private
        returns (bytes32 subRoot)
    {
        bool ofBlock = played.depth == BLOCK_LEAF;
        uint64 pos = played.pos;
        uint256 index = pos & 0xfff;
        subRoot = LeafOpenings.open(opening, leaf, ofBlock);
        if (index == 0) LeafOpenings.noPrevious(opening, pos);
        else played.agreedState = LeafOpenings.previous(opening, played.levelRoot, index, ofBlock);
        if (side == NEWER) played.levelRoot = subRoot;
    }

    /// @dev State that the disputed step begins with.
    function _stateBefore(
        Duel storage played,
        bytes32 older,
        bytes32[16] calldata mine,
        uint256 suffixLength,
        PreviousStep calldata previous
    ) private view returns (bytes32) {
        uint64 pos = played.pos;
        uint256 step = pos & 0xffffff;
        if (step != 0 && suffixLength == 16) {
            TraceTree.verifyLeaf(played.levelRoot, previous.state, step - 1, previous.siblings, TraceTree.STEP_DEPTH);
            return previous.state;
        }
        if (previous.state != 0 || previous.siblings.length != 0) revert UnneededPrevious(pos);
        if (step != 0) return mine[15 - suffixLength];
        bytes32 agreed = played.agreedState;
        return agreed != 0 ? agreed : chain.terms(_commitments[older].assertionId).startHash;
    }

    /// @dev What L1 makes of the disputed step.
    function _execute(bytes32 assertionId, uint64 pos, bytes32 stateBefore, bytes calldata stepProof) private view returns (bytes32) {
        Terms memory terms = chain.terms(assertionId);
        if (terms.reopenEpoch != terms.currentEpoch) revert StaleEpoch(terms.reopenEpoch, terms.currentEpoch);
        Context memory context = Context({
            startInboxCount: terms.startInboxCount,
            targetCount: terms.targetCount,
            inboxRoot: terms.inboxRoot,
            forkId: 0
        });
        return IStepVerifier(terms.verifier).verify(
            context, stateBefore, pos >> 36, pos >> 24 & 0xfff, pos & 0xffffff, stepProof
        );
    }

    function _checkOpenings(uint256 given, uint256 expected) private pure {
        if (given != expected) revert WrongLeafOpenings(given, expected);
    }

    function _checkNode(bytes32 node, bytes32 expected) private pure {
        if (node != expected) revert WrongOpening(node, expected);
    }
}
