// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Accounts} from "../state/Accounts.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_R, OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";
import {Load} from "./Load.sol";

/// @title Whether block and state allow a transaction, and its payment
/// @notice Twin of shared/machine/src/step/osp-tx/buy.ts.
library Buy {
    /// @notice The checks on block and state; then gas is paid for and the nonce raised.
    function txBuy(Machine memory m) internal pure {
        MachineState.need(m, OPEN_R | OPEN_B | OPEN_T | OPEN_X);
        Tx memory t = m.t;
        if (m.r.cumulativeGas + t.gasLimit > m.b.gasLimit || t.feeCap < m.b.baseFee) {
            Load.skip(m);
            return;
        }
        (, MptAccount.Account memory account) = Accounts.readAccount(m, t.origin);
        if (!_mayOriginate(m, account) || t.nonce != account.nonce || t.nonce == type(uint64).max || !_canPay(t, account.balance)) {
            Load.skip(m);
            return;
        }
        account.balance -= t.gasLimit * t.gasPrice;
        ++account.nonce;
        Accounts.writeAccount(m, t.origin, account);
        t.startState = m.stateRoot;
        m.x.op = MicroOp.TX_WARM;
    }

    /// @dev Accounts without code, and those that only delegate (EIP-3607, EIP-7702).
    function _mayOriginate(Machine memory m, MptAccount.Account memory account) private pure returns (bool) {
        if (!Accounts.hasCode(account)) return true;
        (bool delegates,) = Code.delegationTarget(m, account);
        return delegates;
    }

    /// @dev Whether the balance is at least gas limit · fee cap + value, which may not fit a word. The gas limit is not 0.
    function _canPay(Tx memory t, uint256 balance) private pure returns (bool) {
        unchecked {
            return balance >= t.value && (balance - t.value) / t.gasLimit >= t.feeCap;
        }
    }
}
