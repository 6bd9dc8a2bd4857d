// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "./MicroOp.sol";
import {Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";
import {Peek} from "./state/Peek.sol";
import {OPEN_B, OPEN_R, OPEN_X, STATUS_RUNNING, STATUS_SEGMENT_END} from "./state/Sections.sol";

/// @title Which micro-op is due, and which part executes it
/// @notice Computed from the state alone. Twin of shared/machine/src/step/dispatch.ts.
library Dispatch {
    /// @notice No machine has this status.
    error UnknownStatus(uint256 status);
    /// @notice No micro-op has this number.
    error UnknownMicroOp(uint256 op);

    enum Part {
        Alu,
        Mem,
        State,
        Call,
        Create,
        Precompile,
        TxLoad,
        Tx,
        Seal
    }

    /// @notice X.op of a running segment; the first micro-op of the next segment at a segment's end.
    function due(Machine memory m) internal pure returns (uint256 op) {
        if (m.status == STATUS_RUNNING) {
            MachineState.need(m, OPEN_X);
            return m.x.op;
        }
        if (m.status != STATUS_SEGMENT_END) revert UnknownStatus(m.status);
        MachineState.need(m, OPEN_R | OPEN_B);
        if (m.r.nextDeposit < m.b.depositEnd - m.b.depositStart) return MicroOp.DEPOSIT_LOAD;
        if (m.r.nextEntry < m.b.txCount) return MicroOp.TX_LOAD;
        return MicroOp.SEAL_BEGIN;
    }

    /// @notice Who executes the step that a proof opens, if it opens what it claims: the part finds out, and refuses a step that is not its own.
    function partFor(bytes calldata proof) internal pure returns (Part) {
        Peek.Layout memory places = Peek.layoutOf(proof);
        uint256 status = Peek.status(proof);
        if (status == STATUS_RUNNING) {
            uint256 op = Peek.op(proof, places);
            return op == MicroOp.OPCODE ? partOfOpcode(Peek.opcode(proof, places)) : partOf(op);
        }
        if (status != STATUS_SEGMENT_END) revert UnknownStatus(status);
        (bool deposits, bool entries) = Peek.left(proof, places);
        return deposits || entries ? Part.TxLoad : Part.Seal;
    }

    /// @notice Who executes a micro-op other than an opcode.
    function partOf(uint256 op) internal pure returns (Part) {
        if (op <= MicroOp.LOG_CHUNK) return Part.Mem;
        if (op <= MicroOp.SELFDESTRUCT_CREDIT) return Part.Call;
        if (op <= MicroOp.CODE_DEPOSIT) return Part.Create;
        if (op <= MicroOp.IDENTITY_CHUNK) return Part.Precompile;
        if (op == MicroOp.TX_LOAD || op == MicroOp.DEPOSIT_LOAD) return Part.TxLoad;
        if (op <= MicroOp.DEPOSIT_MINT) return Part.Tx;
        if (op <= MicroOp.SEAL_HEADER) return Part.Seal;
        revert UnknownMicroOp(op);
    }

    /// @notice Who executes an opcode; what is no instruction, OspAlu.
    function partOfOpcode(uint256 op) internal pure returns (Part) {
        if (op == 0x00 || op == 0xf1 || op == 0xf2 || op == 0xf3 || op == 0xf4 || op == 0xfa || op == 0xfd || op == 0xff) return Part.Call;
        if (op == 0xf0 || op == 0xf5) return Part.Create;
        if (op == 0x31 || op == 0x3b || op == 0x3c || op == 0x3f || op == 0x40 || op == 0x47) return Part.State;
        if (op == 0x54 || op == 0x55 || op == 0x5c || op == 0x5d) return Part.State;
        if (op == 0x20 || op == 0x37 || op == 0x39 || op == 0x3e) return Part.Mem;
        if ((op >= 0x51 && op <= 0x53) || op == 0x5e || (op >= 0xa0 && op <= 0xa4)) return Part.Mem;
        return Part.Alu;
    }
}
