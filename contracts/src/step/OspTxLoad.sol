// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {MicroOp} from "./MicroOp.sol";
import {Deposit} from "./osp-tx/Deposit.sol";
import {Load} from "./osp-tx/Load.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title The begin of transactions: entries decoded, deposits encoded
contract OspTxLoad is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op == MicroOp.TX_LOAD) Load.txLoad(m);
        else if (op == MicroOp.DEPOSIT_LOAD) Deposit.depositLoad(m);
        else revert Dispatch.UnknownMicroOp(op);
        return MachineState.close(m);
    }
}
