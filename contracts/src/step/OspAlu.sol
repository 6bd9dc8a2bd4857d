// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {Arithmetic} from "./osp-alu/Arithmetic.sol";
import {Bitwise} from "./osp-alu/Bitwise.sol";
import {AluContext} from "./osp-alu/Context.sol";
import {Flow} from "./osp-alu/Flow.sol";
import {Halt} from "./osp-call/Halt.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";
import {Stack} from "./state/Stack.sol";

/// @title Arithmetic, bits, context, flow of control, and whatever is no instruction
/// @notice Opcodes that need neither memory nor state, calldata apart.
contract OspAlu is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Interpret.fetch(m);
        if (Dispatch.partOfOpcode(op) != Dispatch.Part.Alu) revert Interpret.NotOfThisPart(op);
        if (Interpret.begin(m, op)) _execute(m, op);
        return MachineState.close(m);
    }

    function _execute(Machine memory m, uint256 op) private pure {
        if (op >= 0x5f && op <= 0x7f) Flow.pushN(m, op - 0x5f);
        else if (op >= 0x80 && op <= 0x8f) Flow.dupN(m, op - 0x7f);
        else if (op >= 0x90 && op <= 0x9f) Flow.swapN(m, op - 0x8f);
        else if (op >= 0x01 && op <= 0x0b) _arithmetic(m, op);
        else if (op >= 0x10 && op <= 0x1e) _bitwise(m, op);
        else if (op >= 0x30 && op <= 0x5b) _contextOrFlow(m, op);
        else Halt.halt(m);
    }

    function _arithmetic(Machine memory m, uint256 op) private pure {
        if (op == 0x01) Arithmetic.add(m);
        else if (op == 0x02) Arithmetic.mul(m);
        else if (op == 0x03) Arithmetic.sub(m);
        else if (op == 0x04) Arithmetic.div(m);
        else if (op == 0x05) Arithmetic.sdiv(m);
        else if (op == 0x06) Arithmetic.mod(m);
        else if (op == 0x07) Arithmetic.smod(m);
        else if (op == 0x08) Arithmetic.addMod(m);
        else if (op == 0x09) Arithmetic.mulMod(m);
        else if (op == 0x0a) Arithmetic.exp(m);
        else Arithmetic.signExtend(m);
    }

    function _bitwise(Machine memory m, uint256 op) private pure {
        if (op == 0x10) Bitwise.lt(m);
        else if (op == 0x11) Bitwise.gt(m);
        else if (op == 0x12) Bitwise.slt(m);
        else if (op == 0x13) Bitwise.sgt(m);
        else if (op == 0x14) Bitwise.eq(m);
        else if (op == 0x15) Bitwise.isZero(m);
        else if (op == 0x16) Bitwise.and(m);
        else if (op == 0x17) Bitwise.or(m);
        else if (op == 0x18) Bitwise.xor(m);
        else if (op == 0x19) Bitwise.not(m);
        else if (op == 0x1a) Bitwise.byteAt(m);
        else if (op == 0x1b) Bitwise.shl(m);
        else if (op == 0x1c) Bitwise.shr(m);
        else if (op == 0x1d) Bitwise.sar(m);
        else Bitwise.clz(m);
    }

    function _contextOrFlow(Machine memory m, uint256 op) private pure {
        if (op == 0x35) AluContext.calldataLoad(m);
        else if (op == 0x32 || op == 0x3a) AluContext.pushOfTransaction(m, op);
        else if (op <= 0x3d || op == 0x59) AluContext.pushOfFrame(m, op);
        else if (op == 0x49) AluContext.blobHash(m);
        else if (op <= 0x4a) AluContext.pushOfBlock(m, op);
        else if (op == 0x50) Stack.pop(m);
        else if (op == 0x56) Flow.jump(m);
        else if (op == 0x57) Flow.jumpi(m);
        else if (op == 0x58) Flow.pc(m);
        else if (op == 0x5a) Flow.gas(m);
        // What is left is JUMPDEST.
        else if (op != 0x5b) Halt.halt(m);
    }
}
