// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {MicroOp} from "./MicroOp.sol";
import {Call} from "./osp-call/Call.sol";
import {Enter} from "./osp-call/Enter.sol";
import {Return} from "./osp-call/Return.sol";
import {Selfdestruct} from "./osp-call/Selfdestruct.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Calls, returns, SELFDESTRUCT
/// @notice From the opcode to the callee's frame, and back from a frame to its caller.
contract OspCall is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op == MicroOp.OPCODE) _opcode(m);
        else if (op == MicroOp.CALL_DELEGATION) Enter.callDelegation(m);
        else if (op == MicroOp.CALL_DEBIT) Enter.callDebit(m);
        else if (op == MicroOp.CALL_CREDIT) Enter.callCredit(m);
        else if (op == MicroOp.CALL_ENTER) Enter.callEnter(m);
        else if (op == MicroOp.SELFDESTRUCT_DEBIT) Selfdestruct.selfdestructDebit(m);
        else if (op == MicroOp.SELFDESTRUCT_CREDIT) Selfdestruct.selfdestructCredit(m);
        else revert Interpret.NotOfThisPart(op);
        return MachineState.close(m);
    }

    function _opcode(Machine memory m) private pure {
        uint256 op = Interpret.fetch(m);
        if (Dispatch.partOfOpcode(op) != Dispatch.Part.Call) revert Interpret.NotOfThisPart(op);
        if (!Interpret.begin(m, op)) return;
        if (op == 0x00) Return.stop(m);
        else if (op == 0xf1) Call.call(m);
        else if (op == 0xf2) Call.callcode(m);
        else if (op == 0xf3) Return.ret(m);
        else if (op == 0xf4) Call.delegatecall(m);
        else if (op == 0xfa) Call.staticcall(m);
        else if (op == 0xfd) Return.revertFrame(m);
        else Selfdestruct.selfDestruct(m);
    }
}
