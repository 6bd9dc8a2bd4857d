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

    /// @dev `agreedState` while it is the assertion's start. Not 0: filling the slot is dear, and the start of a duel has room for it.
    bytes32 internal constant ASSERTION_START = bytes32(uint256(1));

    uint256 internal constant START_GAS = 180_000;
    uint256 internal constant REVEAL_GAS = 90_000;
    uint256 internal constant CROSSING_GAS = 140_000;
    uint256 internal constant TIMEOUT_GAS = 120_000;
    /// @dev A prove transaction's base cost and what follows the measurement.
    uint256 internal constant PROVE_BASE_GAS = 45_000;
    uint256 internal constant PROVE_GAS_CAP = 12_000_000;
    /// @dev A whole duel at most: the dearest prove, and all moves of both sides (contracts/test/dispute/Gas.t.sol).
    uint256 internal constant DUEL_GAS = PROVE_GAS_CAP + 1_500_000;
    /// @dev Of a byte that is not 0 in a transaction that executes much.
    uint256 internal constant CALLDATA_BYTE_GAS = 16;
    /// @dev A transaction costs this and the next for each byte at least (EIP-7623).
    uint256 internal constant FLOOR_BASE_GAS = 21_000;
    uint256 internal constant FLOOR_BYTE_GAS = 40;
    /// @dev Calldata of a prove transaction without suffix, siblings and proof: the selector, 26 words and the last one's padding.
    uint256 internal constant PROVE_BYTES = 868;

    /// @dev The disputed step: what both sides say follows from the state before, and what does. `size`: bytes of calldata that it takes to say so.
    struct Step {
        uint256 size;
        bytes32 mine;
        bytes32 theirs;
        bytes32 stateBefore;
        bytes32 stateAfter;
    }

    /// @dev The packed part of a duel, read once and written once, and which duel it is.
    struct Board {
        uint256 clock0;
        uint256 clock1;
        uint256 last;
        uint256 pos;
        uint256 depth;
        uint256 turn;
        bytes32 duelId;
        bytes32 older;
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
        played.agreedState = ASSERTION_START;
        played.status = DuelStatus.Running;
        Board memory board = Board(_commitments[older].remaining, n.remaining, n.joinedAt, 0, 0, NEWER, duelId, older);
        _passTurn(board);
        _save(played, board);
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
        (Duel storage played, Board memory board) = _load(older, newer);
        if (board.depth == LAST) revert AtLeaf(LAST);
        _checkOpenings(leaf.length, _isLeaf(board.depth) || _isLeaf(board.depth + 4) ? 1 : 0);
        bytes32 child = _isLeaf(board.depth) ? _answer(played, board, leaf[0], mine[15]) : played.unopened;
        child = _descend(played, board, child, mine, theirsSuffix);
        if (_isLeaf(board.depth)) child = _enter(played, board, leaf[0], child, mine, grand[15]);
        _checkNode(DuelNodes.fold(grand), child);
        played.opened = child;
        _passTurn(board);
        _save(played, board);
        _revealed(played, board, grand, leaf.length == 0 ? REVEAL_GAS : CROSSING_GAS);
    }

    function _revealed(Duel storage played, Board memory board, bytes32[16] calldata grand, uint256 gasUsed) private {
        uint256 credit = _record(played, uint8(1 - board.turn), gasUsed);
        emit Revealed(board.duelId, uint64(board.pos), uint8(board.depth), uint8(board.turn), grand, msg.sender, credit);
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
        (Duel storage played, Board memory board) = _load(older, newer);
        if (board.depth != LAST) revert NotAtLeaf(uint8(board.depth), LAST);
        Step memory step;
        step.mine = _descend(played, board, played.unopened, mine, theirsSuffix);
        _passTurn(board);
        _save(played, board);
        step.theirs = theirsSuffix[0];
        step.size = PROVE_BYTES + 32 * (theirsSuffix.length + previous.siblings.length) + stepProof.length;
        step.stateBefore = _stateBefore(played, older, mine, theirsSuffix.length, previous);
        step.stateAfter = _execute(_commitments[older].assertionId, played.pos, step.stateBefore, stepProof);
        _judge(older, newer, step, gasBefore);
    }

    /// @inheritdoc IDisputeManager
    function timeout(bytes32 older, bytes32 newer) external {
        bytes32 duelId = Disputes.duelId(older, newer);
        Duel storage played = _duels[duelId];
        uint256 side = NEWER;
        uint256 used;
        uint256 clock;
        if (played.status == DuelStatus.None) {
            Commitment storage n = _pair(older, newer);
            used = block.timestamp - n.joinedAt;
            clock = n.remaining;
        } else {
            (, Board memory board) = _load(older, newer);
            side = board.turn;
            used = block.timestamp - board.last;
            clock = side == OLDER ? board.clock0 : board.clock1;
        }
        if (used < clock) revert ClockRunning(used, clock);
        played.status = DuelStatus.Over;
        _eliminate(side == OLDER ? older : newer, duelId, Reason.Timeout);
        uint256 credit = _record(played, side == OLDER ? NEWER : OLDER, TIMEOUT_GAS);
        emit TimedOut(duelId, older, newer, uint8(side), msg.sender, credit);
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
        uint256 credit = _record(played, side, _proveGas(step.size, gasBefore - gasleft()));
        emit StepProven(
            duelId, played.pos, step.stateBefore, step.stateAfter, olderRight, newerRight, side, msg.sender, credit
        );
    }

    /// @dev What a prove is credited. Calldata that nobody needs is not, or a cheap zero behind the arguments would earn what a dear byte costs.
    function _proveGas(uint256 size, uint256 measured) private pure returns (uint256 gasUsed) {
        gasUsed = measured + PROVE_BASE_GAS + size * CALLDATA_BYTE_GAS;
        uint256 floor = FLOOR_BASE_GAS + size * FLOOR_BYTE_GAS;
        if (gasUsed < floor) gasUsed = floor;
        if (gasUsed > PROVE_GAS_CAP) gasUsed = PROVE_GAS_CAP;
    }

    /// @dev The running duel of two commitments alive.
    function _load(bytes32 older, bytes32 newer) private view returns (Duel storage played, Board memory board) {
        bytes32 duelId = Disputes.duelId(older, newer);
        played = _duels[duelId];
        if (played.status != DuelStatus.Running) revert DuelNotRunning(duelId);
        board = Board(played.clock0, played.clock1, played.last, played.pos, played.depth, played.turn, duelId, older);
        _bothAlive(older, newer);
    }

    function _save(Duel storage played, Board memory board) private {
        (uint256 clock0, uint256 clock1, uint256 last) = (board.clock0, board.clock1, board.last);
        (uint256 pos, uint256 depth, uint256 turn) = (board.pos, board.depth, board.turn);
        played.clock0 = uint40(clock0);
        played.clock1 = uint40(clock1);
        played.last = uint40(last);
        played.pos = uint64(pos);
        played.depth = uint8(depth);
        played.turn = uint8(turn);
    }

    /// @dev Charges the side to move for its time and starts the other's clock.
    function _passTurn(Board memory board) private view {
        uint256 used = block.timestamp - board.last;
        uint256 clock = board.turn == OLDER ? board.clock0 : board.clock1;
        if (used >= clock) revert ClockExpired(used, clock);
        if (board.turn == OLDER) board.clock0 = clock - used;
        else board.clock1 = clock - used;
        board.last = block.timestamp;
        board.turn = 1 - board.turn;
    }

    /// @dev Opens the mover's node and finds the first difference. The other side's child there is next to be opened; returns the mover's.
    function _descend(
        Duel storage played,
        Board memory board,
        bytes32 unopened,
        bytes32[16] calldata mine,
        bytes32[] calldata theirsSuffix
    ) private returns (bytes32 child) {
        uint256 length = theirsSuffix.length;
        if (length == 0 || length > 16) revert WrongSuffixLength(length);
        _checkNode(DuelNodes.fold(mine), unopened);
        _checkNode(DuelNodes.foldMixed(mine, theirsSuffix), played.opened);
        uint256 index = 16 - length;
        child = mine[index];
        if (child == theirsSuffix[0]) revert NoDivergence(index, child);
        played.unopened = theirsSuffix[0];
        board.pos = board.pos << 4 | index;
        board.depth += 4;
    }

    /// @dev Opens the mover's own leaf after the other side entered its own; returns the root of the tree below it.
    function _answer(Duel storage played, Board memory board, LeafOpening calldata opening, bytes32 lastChild)
        private
        returns (bytes32 subRoot)
    {
        subRoot = LeafOpenings.open(opening, played.unopened, lastChild, board.depth == BLOCK_LEAF);
        LeafOpenings.noPrevious(opening, uint64(board.pos));
        if (board.turn == NEWER) played.levelRoot = subRoot;
    }

    /// @dev Enters the mover's disputed leaf: the tree below it, and the state before it if there is a leaf before.
    function _enter(
        Duel storage played,
        Board memory board,
        LeafOpening calldata opening,
        bytes32 leaf,
        bytes32[16] calldata mine,
        bytes32 lastChild
    ) private returns (bytes32 subRoot) {
        bool ofBlock = board.depth == BLOCK_LEAF;
        uint256 index = board.pos & 0xfff;
        subRoot = LeafOpenings.open(opening, leaf, lastChild, ofBlock);
        if (index == 0) {
            LeafOpenings.noPrevious(opening, uint64(board.pos));
        } else if (index & 0xf != 0) {
            played.agreedState = LeafOpenings.previousOf(opening, mine[(index & 0xf) - 1], ofBlock);
        } else {
            bytes32 root = ofBlock ? _commitments[board.older].traceRoot : played.levelRoot;
            played.agreedState = LeafOpenings.previousBelow(opening, root, index, ofBlock);
        }
        if (board.turn == NEWER) played.levelRoot = subRoot;
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
        return agreed != ASSERTION_START ? agreed : chain.terms(_commitments[older].assertionId).startHash;
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

    /// @dev Whether nodes at `depth` are leaves of the level above.
    function _isLeaf(uint256 depth) private pure returns (bool) {
        return depth == BLOCK_LEAF || depth == SEGMENT_LEAF;
    }

    function _checkOpenings(uint256 given, uint256 expected) private pure {
        if (given != expected) revert WrongLeafOpenings(given, expected);
    }

    function _checkNode(bytes32 node, bytes32 expected) private pure {
        if (node != expected) revert WrongOpening(node, expected);
    }
}
