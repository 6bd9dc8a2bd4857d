// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Disputes} from "../../src/libraries/Disputes.sol";
import {Context} from "../../src/step/state/Machine.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {
    CommitmentStatus,
    Credit,
    Duel,
    DuelStatus,
    LastLeafProof,
    LeafOpening,
    NEWER,
    PreviousStep
} from "../../src/types/Dispute.sol";
import {RollupTest} from "../utils/RollupTest.sol";
import {Vm} from "../utils/Test.sol";
import {ToyTrace} from "./ToyTrace.sol";

/// @dev Disputes over traces of the toy machine: two blocks on genesis, asserted rightly and wrongly, and played move by move.
abstract contract DisputeTest is RollupTest {
    using ToyTrace for ToyTrace.Trace;
    using ToyTrace for ToyTrace.Level;

    address internal constant MOVER0 = address(0x3000);
    address internal constant MOVER1 = address(0x3001);

    /// @dev One side of a dispute as its agent knows it.
    struct Side {
        ToyTrace.Trace trace;
        bytes32 assertionId;
        bytes32 commitmentId;
    }

    /// @dev A prepared `reveal` or `prove`.
    struct Move {
        bytes32[16] mine;
        bytes32[] suffix;
        bytes32[16] grand;
        LeafOpening[] leaf;
        PreviousStep previous;
    }

    /// @dev Ledgers as agents collect them from events.
    mapping(bytes32 duelId => Credit[]) internal ledgers;

    function setUp() public virtual override {
        super.setUp();
        inbox.append(2);
        chain.fixTarget(genesisId);
        vm.warp(block.timestamp + PERIOD);
        vm.fee(5 gwei);
    }

    function _honest() internal view returns (ToyTrace.Trace memory t) {
        return _traceOn(genesisId);
    }

    function _traceOn(bytes32 parentId) internal view returns (ToyTrace.Trace memory t) {
        t.start = chain.assertion(parentId).startHash;
        t.context = Context(
            chain.assertion(parentId).inboxCount, chain.children(parentId).targetCount, chain.children(parentId).targetRoot, 0
        );
    }

    function _lie(uint64 b, uint64 x, uint64 i, bytes32 salt) internal view returns (ToyTrace.Trace memory t) {
        t = _honest();
        (t.lies, t.b, t.x, t.i, t.salt) = (true, b, x, i, salt);
    }

    function _lastLeaf(ToyTrace.Trace memory t) internal returns (bytes32 root, LastLeafProof memory proof) {
        ToyTrace.Level memory level = _level(t, 0, 0);
        root = level.root();
        proof.siblings = level.siblings(4095);
        proof.segmentsRoot = _level(t, 12, 4095).root();
    }

    /// @dev First child, without a commitment.
    function _first(address who, ToyTrace.Trace memory t) internal returns (Side memory side) {
        side.trace = t;
        side.assertionId = _propose(who, genesisId, t.end(), 0);
    }

    function _rivalOf(address who, ToyTrace.Trace memory t) internal returns (Side memory side) {
        return _rivalOn(genesisId, who, t, 0);
    }

    function _rivalOn(bytes32 parentId, address who, ToyTrace.Trace memory t, bytes32 bondId) internal returns (Side memory side) {
        side.trace = t;
        BlockState memory end = t.end();
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(t);
        side.assertionId = chain.assertionIdOf(parentId, end);
        vm.prank(who);
        chain.proposeRival{value: bondId == 0 ? STAKE : 0}(side.assertionId, parentId, end, root, proof, bondId);
        states[side.assertionId] = end;
        side.commitmentId = Disputes.commitmentId(side.assertionId, root);
    }

    /// @dev Commits `side`'s trace to its assertion.
    function _commit(address who, Side memory side, bytes32 bondId) internal returns (Side memory) {
        (bytes32 root, LastLeafProof memory proof) = _lastLeaf(side.trace);
        vm.prank(who);
        side.commitmentId =
            disputes.commit{value: bondId == 0 ? STAKE : 0}(side.assertionId, root, proof, bondId);
        return side;
    }

    /// @dev The 16 nodes below the node at `depth` and `pos`.
    function _children(ToyTrace.Trace memory t, uint256 depth, uint64 pos) internal returns (bytes32[16] memory list) {
        (ToyTrace.Level memory level, uint256 above) = _levelOf(t, depth, pos);
        uint256 local = pos & ((1 << (depth - above)) - 1);
        for (uint256 k = 0; k < 16; ++k) list[k] = level.node(level.depth - (depth - above) - 4, 16 * local + k);
    }

    /// @dev The tree that a node is in, and the depth of its root.
    function _levelOf(ToyTrace.Trace memory t, uint256 depth, uint64 pos)
        internal
        returns (ToyTrace.Level memory level, uint256 above)
    {
        above = depth < 12 ? 0 : depth < 24 ? 12 : 24;
        level = _level(t, above, pos >> (depth - above));
    }

    /// @dev The tree of blocks (0), of block `place`'s segments (12) or of the steps in segment `place` (24).
    function _level(ToyTrace.Trace memory t, uint256 above, uint64 place) internal virtual returns (ToyTrace.Level memory level) {
        if (above == 0) (level,) = t.blocks();
        else if (above == 12) (level,) = t.segments(place, t.beforeBlock(place));
        else (level,) = t.steps(place >> 12, place & 0xfff, t.beforeSegment(place >> 12, place & 0xfff));
    }

    /// @dev Opening of the block leaf (depth 12) or segment leaf (depth 24) at `pos`; with the leaf before it for who enters.
    function _opening(ToyTrace.Trace memory t, uint256 depth, uint64 pos, bool enters)
        internal
        returns (LeafOpening memory opening)
    {
        bool ofBlock = depth == 12;
        (ToyTrace.Level memory below,) = _levelOf(t, depth, pos);
        uint64 b = ofBlock ? pos : pos >> 12;
        uint64 x = pos & 0xfff;
        opening.subRoot = below.root();
        opening.lastSiblings = _firstOf(below.siblings(ofBlock ? 4095 : 0xffffff), below.depth - 4);
        if (ofBlock) {
            opening.stateAfter = t.beforeBlock(b + 1);
            (ToyTrace.Level memory last,) = t.steps(b, 4095, t.beforeSegment(b, 4095));
            opening.lastStepsRoot = last.root();
        } else {
            opening.stateAfter = t.beforeSegment(b, x + 1);
        }
        if (!enters || (ofBlock ? b : x) == 0) return opening;
        (ToyTrace.Level memory level,) = _levelOf(t, depth - 4, pos >> 4);
        (ToyTrace.Level memory before,) = _levelOf(t, depth, pos - 1);
        opening.prevState = ofBlock ? t.beforeBlock(b) : t.beforeSegment(b, x);
        opening.prevSubRoot = before.root();
        if ((ofBlock ? b : x) % 16 == 0) opening.prevSiblings = level.siblings((ofBlock ? b : x) - 1);
    }

    function _firstOf(bytes32[] memory list, uint256 count) private pure returns (bytes32[] memory first) {
        first = new bytes32[](count);
        for (uint256 k = 0; k < count; ++k) first[k] = list[k];
    }

    /// @dev What the side to move of a running duel has to say.
    function _prepare(Duel memory played, Side memory mover, Side memory other) internal returns (Move memory m) {
        uint256 depth = played.depth;
        m.mine = _children(mover.trace, depth, played.pos);
        bytes32[16] memory theirs = _children(other.trace, depth, played.pos);
        uint256 j = 0;
        while (m.mine[j] == theirs[j]) ++j;
        m.suffix = new bytes32[](16 - j);
        for (uint256 k = j; k < 16; ++k) m.suffix[k - j] = theirs[k];
        uint64 pos = played.pos * 16 + uint64(j);
        if (depth == 44) {
            if (j != 0 || pos & 0xffffff == 0) return m;
            (ToyTrace.Level memory level,) = _levelOf(mover.trace, 44, played.pos);
            m.previous.state = level.node(0, (pos & 0xffffff) - 1);
            m.previous.siblings = level.siblings((pos & 0xffffff) - 1);
            return m;
        }
        m.grand = _children(mover.trace, depth + 4, pos);
        if (depth == 12 || depth == 24) m.leaf = _one(_opening(mover.trace, depth, played.pos, false));
        if (depth == 8 || depth == 20) m.leaf = _one(_opening(mover.trace, depth + 4, pos, true));
    }

    function _one(LeafOpening memory opening) private pure returns (LeafOpening[] memory list) {
        list = new LeafOpening[](1);
        list[0] = opening;
    }

    function _moverOf(uint8 side) internal pure returns (address) {
        return side == NEWER ? MOVER1 : MOVER0;
    }

    function _price(uint256 gasUsed) internal view returns (uint256) {
        uint256 price = block.basefee + 2 gwei;
        return gasUsed * (price < MAX_GAS_PRICE ? price : MAX_GAS_PRICE);
    }

    function _start(Side memory older, Side memory newer) internal returns (bytes32 duelId) {
        bytes32[16] memory rootChildren = _children(newer.trace, 0, 0);
        duelId = Disputes.duelId(older.commitmentId, newer.commitmentId);
        vm.recordLogs();
        vm.prank(_moverOf(NEWER));
        disputes.startDuel(older.commitmentId, newer.commitmentId, rootChildren);
        ledgers[duelId].push(Credit(NEWER, _moverOf(NEWER), _lastCredit()));
    }

    /// @dev The next `reveal`.
    function _reveal(Side memory older, Side memory newer) internal {
        bytes32 duelId = Disputes.duelId(older.commitmentId, newer.commitmentId);
        Duel memory played = disputes.duel(duelId);
        Move memory m = played.turn == NEWER ? _prepare(played, newer, older) : _prepare(played, older, newer);
        vm.recordLogs();
        vm.prank(_moverOf(played.turn));
        disputes.reveal(older.commitmentId, newer.commitmentId, m.mine, m.suffix, m.grand, m.leaf);
        ledgers[duelId].push(Credit(played.turn, _moverOf(played.turn), _lastCredit()));
    }

    /// @dev The last move.
    function _prove(Side memory older, Side memory newer) internal {
        bytes32 duelId = Disputes.duelId(older.commitmentId, newer.commitmentId);
        Duel memory played = disputes.duel(duelId);
        Move memory m = played.turn == NEWER ? _prepare(played, newer, older) : _prepare(played, older, newer);
        vm.recordLogs();
        vm.prank(_moverOf(played.turn));
        disputes.prove(older.commitmentId, newer.commitmentId, m.mine, m.suffix, m.previous, "proof");
        ledgers[duelId].push(Credit(played.turn, _moverOf(played.turn), _lastCredit()));
    }

    function _timeout(Side memory older, Side memory newer) internal {
        bytes32 duelId = Disputes.duelId(older.commitmentId, newer.commitmentId);
        Duel memory played = disputes.duel(duelId);
        uint8 survivor = played.status == DuelStatus.None ? 0 : 1 - played.turn;
        vm.recordLogs();
        vm.prank(_moverOf(survivor));
        disputes.timeout(older.commitmentId, newer.commitmentId);
        ledgers[duelId].push(Credit(survivor, _moverOf(survivor), _lastCredit()));
    }

    /// @dev Plays a duel from its start to the step.
    function _play(Side memory older, Side memory newer) internal returns (bytes32 duelId) {
        duelId = _start(older, newer);
        for (uint256 k = 0; k < 11; ++k) _reveal(older, newer);
        _prove(older, newer);
    }

    function _statusOf(Side memory side) internal view returns (CommitmentStatus) {
        return disputes.commitment(side.commitmentId).status;
    }

    function _assertStatus(Side memory side, CommitmentStatus expected, string memory what) internal view {
        assertEq(uint256(_statusOf(side)), uint256(expected), what);
    }

    /// @dev What the dispute manager's last event says a move is worth: its last word.
    function _lastCredit() internal returns (uint256 credit) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 k = logs.length; k > 0; --k) {
            if (logs[k - 1].emitter != address(disputes)) continue;
            bytes memory data = logs[k - 1].data;
            assembly ("memory-safe") {
                credit := mload(add(data, mload(data)))
            }
            return credit;
        }
        revert("no move");
    }
}
