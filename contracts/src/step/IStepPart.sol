// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Context} from "./state/Machine.sol";

/// @title A part of the step verifier
/// @notice Executes the micro-ops and opcodes of its family. A pure function of `context` and `before`, and of the L1's precompiles: any proof gives the one
///         state after, or reverts.
interface IStepPart {
    /// @notice State after the one step that is due in `before`.
    function step(Context calldata context, bytes32 before, bytes calldata proof) external view returns (bytes32 stateAfter);
}
