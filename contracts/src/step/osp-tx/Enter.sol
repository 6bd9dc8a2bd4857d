// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Leave} from "../osp-call/Leave.sol";
import {Address} from "../osp-create/Address.sol";
import {Accounts} from "../state/Accounts.sol";
import {Bytes} from "../state/Bytes.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Scratch} from "../state/Scratch.sol";
import {ByteSlice, MicroOpSection, OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";

/// @title The call or creation that a transaction is
/// @notice Twin of shared/machine/src/step/osp-tx/enter.ts.
library Enter {
    /// @dev Where initcode comes from: under its hash.
    uint256 private constant SOURCE_CODE = 1;

    /// @notice Makes X the call or creation that the transaction is. A deposit without the value or the gas fails here.
    function txEnter(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        Tx memory t = m.t;
        if (t.txType == 0x7e && !_canRun(m)) {
            Leave.leaveTransaction(m, false, 0);
            return;
        }
        MicroOpSection memory x = m.x;
        x.gas = t.gasLimit - t.intrinsicGas;
        x.caller = t.origin;
        x.value = t.value;
        ByteSlice memory data = Bytes.sliceOf(t.rawRoot, t.dataOffset, t.dataLength);
        if (t.isCreation == 1) _create(m, data);
        else _call(m, data);
    }

    function _create(Machine memory m, ByteSlice memory initcode) private pure {
        MicroOpSection memory x = m.x;
        x.op = MicroOp.CREATE_COLLISION;
        x.kind = Kind.CREATE;
        x.sourceKind = SOURCE_CODE;
        x.sourceRoot = keccak256(Bytes.readBytes(m, initcode, 0, initcode.length));
        x.sourceLength = initcode.length;
        x.target = Address.createAddress(m.t.origin, uint64(m.t.nonce));
    }

    function _call(Machine memory m, ByteSlice memory data) private pure {
        MicroOpSection memory x = m.x;
        address to = m.t.to;
        x.op = MicroOp.CALL_DEBIT;
        x.kind = Kind.CALL;
        (x.sourceRoot, x.sourceOffset, x.sourceLength) = (data.root, data.offset, data.length);
        x.target = to;
        (, MptAccount.Account memory account) = Accounts.readAccount(m, to);
        (bool delegates, address target) = Code.delegationTarget(m, account);
        if (delegates) Scratch.warmAddress(m, target);
        x.codeAddress = delegates ? target : to;
        x.delegated = delegates ? 1 : 0;
    }

    function _canRun(Machine memory m) private pure returns (bool) {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.t.origin);
        return account.balance >= m.t.value && m.t.gasLimit >= m.t.intrinsicGas;
    }
}
