// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {CopyChunk} from "../osp-mem/CopyChunk.sol";
import {Bytes} from "../state/Bytes.sol";
import {CallStack} from "../state/CallStack.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {ByteSlice, OPEN_T, OPEN_X} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Stack} from "../state/Stack.sol";

/// @title The way back from a frame
/// @notice Twin of shared/machine/src/step/osp-call/leave.ts.
library Leave {
    /// @notice Goes back from the running frame to its caller, or to the end of the transaction. `output` is what it returned or reverted with.
    function leave(Machine memory m, bool success, uint256 gasLeft, ByteSlice memory output) internal pure {
        MachineState.need(m, OPEN_X);
        SectionWords.clearX(m);
        if (m.f.depth == 1) {
            leaveTransaction(m, success, gasLeft);
            return;
        }
        uint256 kind = m.f.kind;
        address self = m.f.self;
        (uint256 retOff, uint256 retLen) = (m.f.retOff, m.f.retLen);
        CallStack.resume(m);
        m.f.gas += gasLeft;
        if (kind >= Kind.CREATE) _finishCreate(m, self, success, output);
        else finishCall(m, success, output, retOff, retLen);
    }

    /// @notice The end of the frame that a transaction runs in.
    function leaveTransaction(Machine memory m, bool success, uint256 gasLeft) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        CallStack.clear(m);
        SectionWords.clearX(m);
        m.t.success = success ? 1 : 0;
        m.t.gasLeft = gasLeft;
        m.x.op = MicroOp.TX_REFUND;
    }

    /// @notice Gives a call's result to its caller, which runs again; what fits the window is copied by further micro-ops. X is idle otherwise.
    function finishCall(Machine memory m, bool success, ByteSlice memory output, uint256 retOff, uint256 retLen) internal pure {
        setReturnData(m, output);
        Stack.push(m, success ? 1 : 0);
        uint256 length = Bytes.min(retLen, output.length);
        if (length > 0) CopyChunk.startCopy(m, CopyChunk.SLICE, output, length, retOff);
    }

    /// @notice What RETURNDATACOPY will see.
    function setReturnData(Machine memory m, ByteSlice memory output) internal pure {
        m.f.returnRoot = output.root;
        m.f.returnOffset = output.offset;
        m.f.returnLength = output.length;
    }

    /// @dev Gives a creation's result to its caller; only a revert leaves data (EIP-211).
    function _finishCreate(Machine memory m, address created, bool success, ByteSlice memory output) private pure {
        setReturnData(m, success ? Bytes.none() : output);
        Stack.push(m, success ? uint256(uint160(created)) : 0);
    }
}
