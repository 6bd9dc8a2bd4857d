// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {Access} from "../osp-state/Access.sol";
import {Accounts} from "../state/Accounts.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice, MicroOpSection} from "../state/Sections.sol";
import {Stack} from "../state/Stack.sol";
import {Halt} from "./Halt.sol";

/// @title CALL, CALLCODE, DELEGATECALL, STATICCALL
/// @notice Gas, memory and warmth; the rest of a call is in X. Twin of shared/machine/src/step/osp-call/call.ts.
library Call {
    using Stack for Machine;

    uint256 private constant VALUE_GAS = 9_000;
    uint256 private constant NEW_ACCOUNT_GAS = 25_000;
    /// @dev More than there is anyway.
    uint256 private constant MAX_GAS = 2 ** 53 - 1;

    function call(Machine memory m) internal pure {
        uint256 gas = m.pop();
        address target = _popAddress(m);
        uint256 value = m.pop();
        if (m.f.isStatic != 0 && value != 0) return Halt.halt(m);
        if (!beginCall(m, gas, target, value)) return Halt.halt(m);
        if (value != 0) {
            (bool exists,) = Accounts.readAccount(m, target);
            if (!exists && !Memory.charge(m, NEW_ACCOUNT_GAS)) return Halt.halt(m);
        }
        MicroOpSection memory x = m.x;
        x.kind = Kind.CALL;
        x.target = target;
        x.caller = m.f.self;
        x.value = value;
        x.isStatic = m.f.isStatic;
    }

    function callcode(Machine memory m) internal pure {
        uint256 gas = m.pop();
        address target = _popAddress(m);
        uint256 value = m.pop();
        if (!beginCall(m, gas, target, value)) return Halt.halt(m);
        MicroOpSection memory x = m.x;
        x.kind = Kind.CALL_CODE;
        x.target = m.f.self;
        x.caller = m.f.self;
        x.value = value;
        x.isStatic = m.f.isStatic;
    }

    function delegatecall(Machine memory m) internal pure {
        uint256 gas = m.pop();
        if (!beginCall(m, gas, _popAddress(m), 0)) return Halt.halt(m);
        MicroOpSection memory x = m.x;
        x.kind = Kind.DELEGATE_CALL;
        x.target = m.f.self;
        x.caller = m.f.caller;
        x.value = m.f.value;
        x.isStatic = m.f.isStatic;
    }

    function staticcall(Machine memory m) internal pure {
        uint256 gas = m.pop();
        address target = _popAddress(m);
        if (!beginCall(m, gas, target, 0)) return Halt.halt(m);
        MicroOpSection memory x = m.x;
        x.kind = Kind.STATIC_CALL;
        x.target = target;
        x.caller = m.f.self;
        x.isStatic = 1;
    }

    /// @notice Windows, memory, access and value; false when gas does not suffice. The requested gas waits in X.
    function beginCall(Machine memory m, uint256 gas, address target, uint256 value) internal pure returns (bool) {
        uint256 inOff = m.pop();
        uint256 inLen = m.pop();
        uint256 retOff = m.pop();
        uint256 retLen = m.pop();
        if (!Memory.expand(m, inOff, inLen) || !Memory.expand(m, retOff, retLen)) return false;
        if (!Access.accessAccount(m, target)) return false;
        if (value != 0 && !Memory.charge(m, VALUE_GAS)) return false;
        ByteSlice memory source = Memory.memorySlice(m, inOff, inLen);
        MicroOpSection memory x = m.x;
        x.op = MicroOp.CALL_DELEGATION;
        x.gas = Bytes.min(gas, MAX_GAS);
        x.codeAddress = target;
        (x.sourceRoot, x.sourceOffset, x.sourceLength) = (source.root, source.offset, source.length);
        (x.retOff, x.retLen) = (retLen == 0 ? 0 : retOff, retLen);
        return true;
    }

    function _popAddress(Machine memory m) private pure returns (address) {
        return address(uint160(m.pop()));
    }
}
