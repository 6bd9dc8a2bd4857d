// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Access} from "../osp-state/Access.sol";
import {Accounts} from "../state/Accounts.sol";
import {Bytes} from "../state/Bytes.sol";
import {CallStack} from "../state/CallStack.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {ByteSlice, Frame, MicroOpSection, OPEN_T, OPEN_X} from "../state/Sections.sol";
import {Scratch} from "../state/Scratch.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Snapshot} from "../state/Snapshot.sol";
import {Stack} from "../state/Stack.sol";
import {Halt} from "./Halt.sol";
import {Leave} from "./Leave.sol";

/// @title From a call to its frame
/// @notice Twin of shared/machine/src/step/osp-call/enter.ts.
library Enter {
    /// @notice Depth of the deepest frame, a transaction's own being 1.
    uint256 internal constant MAX_DEPTH = 1025;
    uint256 private constant STIPEND = 2_300;

    /// @notice Follows an EIP-7702 delegation, whose access is charged, then sets the gas of the call aside (EIP-150).
    function callDelegation(Machine memory m) internal pure {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.x.codeAddress);
        (bool delegates, address target) = Code.delegationTarget(m, account);
        if (delegates) {
            if (!Access.accessAccount(m, target)) return Halt.halt(m);
            m.x.codeAddress = target;
            m.x.delegated = 1;
        }
        uint256 gas = Bytes.min(m.x.gas, m.f.gas - m.f.gas / 64);
        m.f.gas -= gas;
        m.x.gas = gas + (_movesValue(m.x.kind) && m.x.value != 0 ? STIPEND : 0);
        m.x.op = MicroOp.CALL_DEBIT;
    }

    /// @notice Checks depth and balance, which fail softly, and takes the value from the caller.
    function callDebit(Machine memory m) internal pure {
        MicroOpSection memory x = m.x;
        x.before = m.stateRoot;
        x.op = MicroOp.CALL_ENTER;
        if (m.f.depth >= MAX_DEPTH) return failSoftly(m);
        if (x.value == 0 || !_movesValue(x.kind)) return;
        (, MptAccount.Account memory account) = Accounts.readAccount(m, x.caller);
        if (account.balance < x.value) return failSoftly(m);
        // CALLCODE pays itself.
        if (x.kind == Kind.CALL_CODE) return;
        Accounts.debit(m, x.caller, x.value);
        x.op = MicroOp.CALL_CREDIT;
    }

    /// @notice Gives the value to the callee.
    function callCredit(Machine memory m) internal pure {
        Accounts.credit(m, m.x.target, m.x.value);
        m.x.op = MicroOp.CALL_ENTER;
    }

    /// @notice A new frame, or the precompile. A delegation to a precompile runs no code (EIP-7702).
    function callEnter(Machine memory m) internal pure {
        MicroOpSection memory x = m.x;
        if (x.delegated == 0 && Scratch.isPrecompileAddress(x.codeAddress)) {
            x.op = MicroOp.PRECOMPILE;
            return;
        }
        (, MptAccount.Account memory account) = Accounts.readAccount(m, x.codeAddress);
        enterFrame(m, account.codeHash, ByteSlice(x.sourceRoot, x.sourceOffset, x.sourceLength));
    }

    /// @notice Suspends the running frame and starts the one that X describes. The snapshot is of the state before value moved. X is idle then.
    function enterFrame(Machine memory m, bytes32 codeHash, ByteSlice memory input) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        CallStack.suspend(m);
        Frame memory f = m.f;
        MicroOpSection memory x = m.x;
        f.gas = x.gas;
        f.kind = x.kind;
        f.isStatic = x.isStatic;
        f.self = x.target;
        f.caller = x.caller;
        f.value = x.value;
        f.codeHash = codeHash;
        (f.inputRoot, f.inputOffset, f.inputLength) = (input.root, input.offset, input.length);
        (f.retOff, f.retLen) = (x.retOff, x.retLen);
        Snapshot.takeSnapshot(m, x.before);
        SectionWords.clearX(m);
    }

    /// @notice The call or creation does not happen: its gas comes back, 0 is pushed, nothing is returned.
    function failSoftly(Machine memory m) internal pure {
        m.f.gas += m.x.gas;
        Leave.setReturnData(m, Bytes.none());
        Stack.push(m, 0);
        SectionWords.clearX(m);
    }

    function _movesValue(uint256 kind) private pure returns (bool) {
        return kind == Kind.CALL || kind == Kind.CALL_CODE;
    }
}
