// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {MicroOp} from "./MicroOp.sol";
import {Copy} from "./osp-mem/Copy.sol";
import {CopyChunk} from "./osp-mem/CopyChunk.sol";
import {Keccak} from "./osp-mem/Keccak.sol";
import {Log} from "./osp-mem/Log.sol";
import {MemOps} from "./osp-mem/Memory.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Memory, copies, KECCAK256, logs
/// @notice EXTCODECOPY, which reads an account, begins in OspState and goes on here.
contract OspMem is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op == MicroOp.OPCODE) {
            uint256 opcode = Interpret.fetch(m);
            if (Interpret.begin(m, opcode)) _execute(m, opcode);
        } else {
            _continue(m, op);
        }
        return MachineState.close(m);
    }

    function _execute(Machine memory m, uint256 op) private pure {
        if (op == 0x20) Keccak.keccak(m);
        else if (op == 0x37) Copy.calldatacopy(m);
        else if (op == 0x39) Copy.codecopy(m);
        else if (op == 0x3e) Copy.returndatacopy(m);
        else if (op == 0x51) MemOps.mload(m);
        else if (op == 0x52) MemOps.mstore(m);
        else if (op == 0x53) MemOps.mstore8(m);
        else if (op == 0x5e) Copy.mcopy(m);
        else if (op >= 0xa0 && op <= 0xa4) Log.logN(m, op - 0xa0);
        else revert Interpret.NotOfThisPart(op);
    }

    function _continue(Machine memory m, uint256 op) private pure {
        if (op == MicroOp.COPY_CHUNK) CopyChunk.copyChunk(m);
        else if (op == MicroOp.KEC_ABSORB) Keccak.kecAbsorb(m);
        else if (op == MicroOp.KEC_END) Keccak.kecEnd(m);
        else if (op == MicroOp.LOG_CHUNK) Log.logChunk(m);
        else revert Interpret.NotOfThisPart(op);
    }
}
