// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertions} from "../../src/libraries/Assertions.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {Context} from "../../src/step/state/Machine.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {ToyMachine} from "../utils/ToyMachine.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";

/// @dev Whole traces of the toy machine, right or with one lie from which the machine goes on, built from docs/protocol/machine.md (Trace) with the naive tree.
library ToyTrace {
    /// @param lies   Whether the step (b, x, i) is replaced.
    /// @param heals  Whether the machine goes on from what is right, so that the end is; only for a step that is not a segment's last.
    struct Trace {
        Context context;
        bytes32 start;
        bool lies;
        bool heals;
        uint64 b;
        uint64 x;
        uint64 i;
        bytes32 salt;
    }

    /// @dev Leaves: `leaves`, then `tail` up to `cut`, there `special`, then `rest` to the end.
    struct Level {
        uint256 depth;
        bytes32[] leaves;
        bytes32 tail;
        uint256 cut;
        bytes32 special;
        bytes32 rest;
    }

    /// @dev Node `height` above the leaves at `index`.
    function node(Level memory level, uint256 height, uint256 index) internal pure returns (bytes32) {
        uint256 from = index << height;
        uint256 to = (index + 1) << height;
        if (from > level.cut) return TraceTree.repeat(level.rest, height);
        if (from >= level.leaves.length && to <= level.cut) return TraceTree.repeat(level.tail, height);
        if (height == 0) return from < level.leaves.length ? level.leaves[from] : level.special;
        return NaiveTree.node(node(level, height - 1, 2 * index), node(level, height - 1, 2 * index + 1));
    }

    function root(Level memory level) internal pure returns (bytes32) {
        return node(level, level.depth, 0);
    }

    /// @dev Siblings of leaf `index`, from the leaf up.
    function siblings(Level memory level, uint256 index) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](level.depth);
        for (uint256 height = 0; height < level.depth; ++height) list[height] = node(level, height, (index >> height) ^ 1);
    }

    /// @dev What the lie makes of the state before it.
    function wrong(Trace memory t, bytes32 before) internal pure returns (bytes32) {
        bytes32 state = keccak256(abi.encode("lie", t.salt, before));
        return ToyMachine.isEnd(t.context, t.b, t.x, t.i) ? Assertions.stateHash(ToyMachine.end(t.context, state)) : state;
    }

    /// @dev Steps of segment x of block b, begun in `before`, and the state after it.
    function steps(Trace memory t, uint64 b, uint64 x, bytes32 before) internal pure returns (Level memory level, bytes32 s) {
        uint64 n = b < ToyMachine.blocks(t.context) && x < ToyMachine.SEGMENTS ? ToyMachine.STEPS : 0;
        bool here = t.lies && t.b == b && t.x == x;
        level.depth = 24;
        level.cut = type(uint256).max;
        level.leaves = new bytes32[](n);
        s = before;
        for (uint64 i = 0; i < n; ++i) {
            bytes32 right = ToyMachine.step(t.context, s, b, x, i);
            level.leaves[i] = here && t.i == i ? wrong(t, s) : right;
            s = t.heals ? right : level.leaves[i];
        }
        level.tail = s;
        if (!here || t.i < n) return (level, s);
        s = wrong(t, s);
        (level.cut, level.special, level.rest) = (t.i, s, s);
    }

    function segmentLeaf(Trace memory t, uint64 b, uint64 x, bytes32 before) internal pure returns (bytes32 leaf, bytes32 s) {
        Level memory level;
        (level, s) = steps(t, b, x, before);
        leaf = TraceTree.segmentLeaf(s, root(level));
    }

    /// @dev Segments of block b, begun in `before`, and the state after it.
    function segments(Trace memory t, uint64 b, bytes32 before) internal pure returns (Level memory level, bytes32 s) {
        uint64 n = b < ToyMachine.blocks(t.context) ? ToyMachine.SEGMENTS : 0;
        level.depth = 12;
        level.cut = type(uint256).max;
        level.leaves = new bytes32[](n);
        s = before;
        for (uint64 x = 0; x < n; ++x) (level.leaves[x], s) = segmentLeaf(t, b, x, s);
        level.tail = paddingSegment(s);
        if (!t.lies || t.b != b || t.x < n) return (level, s);
        level.cut = t.x;
        (level.special, s) = segmentLeaf(t, b, t.x, s);
        level.rest = paddingSegment(s);
    }

    function blockLeaf(Trace memory t, uint64 b, bytes32 before) internal pure returns (bytes32 leaf, bytes32 s) {
        Level memory level;
        (level, s) = segments(t, b, before);
        leaf = TraceTree.blockLeaf(s, root(level));
    }

    /// @dev The assertion's blocks, and the state at its end.
    function blocks(Trace memory t) internal pure returns (Level memory level, bytes32 s) {
        uint64 n = ToyMachine.blocks(t.context);
        level.depth = 12;
        level.cut = type(uint256).max;
        level.leaves = new bytes32[](n);
        s = t.start;
        for (uint64 b = 0; b < n; ++b) (level.leaves[b], s) = blockLeaf(t, b, s);
        level.tail = paddingBlock(s);
        if (!t.lies || t.b < n) return (level, s);
        level.cut = t.b;
        (level.special, s) = blockLeaf(t, t.b, s);
        level.rest = paddingBlock(s);
    }

    function paddingSegment(bytes32 s) internal pure returns (bytes32) {
        return TraceTree.segmentLeaf(s, TraceTree.repeat(s, 24));
    }

    function paddingBlock(bytes32 s) internal pure returns (bytes32) {
        return TraceTree.blockLeaf(s, TraceTree.repeat(paddingSegment(s), 12));
    }

    /// @dev State before block b.
    function beforeBlock(Trace memory t, uint64 b) internal pure returns (bytes32 s) {
        uint64 n = ToyMachine.blocks(t.context);
        s = t.start;
        for (uint64 k = 0; k < n && k < b; ++k) s = _afterSegments(t, k, 4096, s);
        if (t.lies && t.b >= n && t.b < b) s = _afterSegments(t, t.b, 4096, s);
    }

    /// @dev State after the first `count` segments of block b, begun in `s`; no tree is hashed for it.
    function _afterSegments(Trace memory t, uint64 b, uint64 count, bytes32 s) private pure returns (bytes32) {
        uint64 n = b < ToyMachine.blocks(t.context) ? ToyMachine.SEGMENTS : 0;
        for (uint64 x = 0; x < n && x < count; ++x) (, s) = steps(t, b, x, s);
        if (t.lies && t.b == b && t.x >= n && t.x < count) (, s) = steps(t, b, t.x, s);
        return s;
    }

    /// @dev State before segment x of block b.
    function beforeSegment(Trace memory t, uint64 b, uint64 x) internal pure returns (bytes32) {
        return _afterSegments(t, b, x, beforeBlock(t, b));
    }

    /// @dev The end that the trace asserts: what the last step makes of the state before it, or the lie makes of the end.
    function end(Trace memory t) internal pure returns (BlockState memory) {
        if (t.heals) return end(Trace(t.context, t.start, false, false, 0, 0, 0, 0));
        uint64 last = ToyMachine.blocks(t.context) - 1;
        (Level memory level,) = steps(t, last, ToyMachine.SEGMENTS - 1, beforeSegment(t, last, ToyMachine.SEGMENTS - 1));
        bytes32 before = level.leaves[ToyMachine.STEPS - 2];
        if (!t.lies || !ToyMachine.isEnd(t.context, t.b, t.x, t.i)) return ToyMachine.end(t.context, before);
        // The lie replaces the last step, or stands behind it.
        bool atLast = t.b == last && t.x == ToyMachine.SEGMENTS - 1 && t.i == ToyMachine.STEPS - 1;
        bytes32 lied = atLast ? before : Assertions.stateHash(ToyMachine.end(t.context, before));
        return ToyMachine.end(t.context, keccak256(abi.encode("lie", t.salt, lied)));
    }
}
