// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Context} from "../step/state/Machine.sol";

/// @title Executes one step of the rollup
/// @notice A pure function of all but the proof: the one right state after, or a revert. Specification: docs/protocol/machine.md.
interface IStepVerifier {
    /// @notice State after step `i` of segment `x` of block `b`, begun in `before`; `before` itself where nothing is left to do there.
    /// @param context  The assertion's frame.
    /// @param before   Hash of the state before.
    /// @param b        Block within the assertion.
    /// @param x        Segment within the block.
    /// @param i        Step within the segment.
    /// @param proof    What opens `before`, and what the step reads.
    function verify(Context calldata context, bytes32 before, uint64 b, uint64 x, uint64 i, bytes calldata proof)
        external
        view
        returns (bytes32 stateAfter);
}
