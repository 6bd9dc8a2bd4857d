// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {MicroOp} from "./MicroOp.sol";
import {IdentityChunk} from "./osp-precompile/IdentityChunk.sol";
import {Precompile} from "./osp-precompile/Precompile.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Precompiles, run by L1's own
/// @notice The only part whose result depends on L1: it calls the precompiles of Osaka and takes their results for the rollup's, whose rules are
/// Osaka's too. On an L1 without them (before Osaka) it must not be deployed. Its address is an immutable of `StepVerifier`: rules or an L1 with
/// other precompiles need another version of this contract and with it another verifier. An L1 fork that changes a result or raises a price while a
/// dispute runs is the guardian's case (invalidate, refund); one that only lowers prices changes no result, for the price charged is computed here.
contract OspPrecompile is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external view returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op == MicroOp.PRECOMPILE) Precompile.precompile(m);
        else if (op == MicroOp.IDENTITY_CHUNK) IdentityChunk.identityChunk(m);
        else revert Interpret.NotOfThisPart(op);
        return MachineState.close(m);
    }
}
