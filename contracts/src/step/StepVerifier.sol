// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepVerifier} from "../interfaces/IStepVerifier.sol";
import {BlockState, STATUS_BLOCK_END} from "../types/Assertion.sol";
import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {MptProof} from "./mpt/MptProof.sol";
import {BlockStates} from "./state/BlockStates.sol";
import {Context} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";
import {Peek} from "./state/Peek.sol";
import {STATUS_SEGMENT_END} from "./state/Sections.sol";

/// @title Executes any one step of the rollup
/// @notice A pure function of all but the proof: the one right state after, or a revert, for any proof. Which part executes a step follows from the state and is
///         never chosen by the prover. Immutable: another part makes another verifier, and so another configuration of assertions. An L1 fork that changes a
///         precompile during a dispute is the guardian's case. Specification: docs/protocol/machine.md.
contract StepVerifier is IStepVerifier {
    /// @notice Rules that this verifier does not know.
    error UnknownFork(uint64 forkId);

    /// @notice The parts, in the order of `Dispatch.Part`.
    struct Parts {
        IStepPart alu;
        IStepPart mem;
        IStepPart state;
        IStepPart call;
        IStepPart create;
        IStepPart precompile;
        IStepPart txLoad;
        IStepPart tx;
        IStepPart seal;
    }

    IStepPart public immutable ALU;
    IStepPart public immutable MEM;
    IStepPart public immutable STATE;
    IStepPart public immutable CALL;
    IStepPart public immutable CREATE;
    IStepPart public immutable PRECOMPILE;
    IStepPart public immutable TX_LOAD;
    IStepPart public immutable TX;
    IStepPart public immutable SEAL;

    constructor(Parts memory parts) {
        ALU = parts.alu;
        MEM = parts.mem;
        STATE = parts.state;
        CALL = parts.call;
        CREATE = parts.create;
        PRECOMPILE = parts.precompile;
        TX_LOAD = parts.txLoad;
        TX = parts.tx;
        SEAL = parts.seal;
    }

    /// @notice State after step `i` of segment `x` of an assertion's block, begun in `before`; `before` itself where nothing is left to do there.
    /// @param context  The assertion's frame.
    /// @param before   Hash of a BlockState or of the machine.
    /// @param x        Segment within the block.
    /// @param i        Step within the segment.
    /// @param proof    What opens `before`, and what the step reads.
    function verify(Context calldata context, bytes32 before, uint64, uint64 x, uint64 i, bytes calldata proof)
        external
        view
        returns (bytes32 stateAfter)
    {
        if (context.forkId != 0) revert UnknownFork(context.forkId);
        if (BlockStates.isOpenedBy(proof)) {
            (BlockState memory state, MptProof.Cursor memory tape) = BlockStates.open(before, proof);
            if (state.status == STATUS_BLOCK_END && x == 0 && i == 0) return SEAL.step(context, before, proof);
            MptProof.close(tape);
            return before;
        }
        // The status lies where the part will open it, whatever else the proof holds.
        if (Peek.status(proof) == STATUS_SEGMENT_END && i != 0) {
            MptProof.close(MachineState.open(before, proof).tape);
            return before;
        }
        return _contractOf(Dispatch.partFor(proof)).step(context, before, proof);
    }

    function _contractOf(Dispatch.Part part) private view returns (IStepPart) {
        if (part == Dispatch.Part.Alu) return ALU;
        if (part == Dispatch.Part.Mem) return MEM;
        if (part == Dispatch.Part.State) return STATE;
        if (part == Dispatch.Part.Call) return CALL;
        if (part == Dispatch.Part.Create) return CREATE;
        if (part == Dispatch.Part.Precompile) return PRECOMPILE;
        if (part == Dispatch.Part.TxLoad) return TX_LOAD;
        if (part == Dispatch.Part.Tx) return TX;
        return SEAL;
    }
}
