// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Predeploys} from "../../libraries/Predeploys.sol";
import {MicroOp} from "../MicroOp.sol";
import {Accounts} from "../state/Accounts.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";

/// @title Who is paid for the gas
/// @notice Twin of shared/machine/src/step/osp-tx/fees.ts.
library Fees {
    /// @notice Settles the gas (refund at most a fifth, EIP-3529; floor, EIP-7623) and pays back what is left. A failed deposit uses all.
    function txRefund(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        Tx memory t = m.t;
        uint256 spent = t.gasLimit - t.gasLeft;
        uint256 charged = spent - _min(t.refund, spent / 5);
        if (charged < t.floorGas) charged = t.floorGas;
        if (t.txType == 0x7e) {
            t.gasUsed = t.success == 1 ? _min(charged, t.gasLimit) : t.gasLimit;
            m.x.op = MicroOp.TX_SELFDESTRUCT;
            return;
        }
        t.gasUsed = charged;
        Accounts.credit(m, t.origin, (t.gasLimit - charged) * t.gasPrice);
        m.x.op = MicroOp.TX_TIP;
    }

    /// @notice What is paid above the base fee, to the coinbase.
    function txTip(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        Accounts.credit(m, Predeploys.SEQUENCER_FEE_VAULT, m.t.gasUsed * m.t.tip);
        m.x.op = MicroOp.TX_BASE_FEE;
    }

    /// @notice The base fee, to its vault.
    function txBaseFee(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B | OPEN_T | OPEN_X);
        Accounts.credit(m, Predeploys.BASE_FEE_VAULT, m.t.gasUsed * m.b.baseFee);
        m.x.op = MicroOp.TX_SELFDESTRUCT;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
