// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {MicroOp} from "./MicroOp.sol";
import {Auth} from "./osp-tx/Auth.sol";
import {Bloom} from "./osp-tx/Bloom.sol";
import {Buy} from "./osp-tx/Buy.sol";
import {Deposit} from "./osp-tx/Deposit.sol";
import {Enter} from "./osp-tx/Enter.sol";
import {Fees} from "./osp-tx/Fees.sol";
import {Receipt} from "./osp-tx/Receipt.sol";
import {Warm} from "./osp-tx/Warm.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Transactions from their payment to their frame, and from there to their receipt
contract OspTx is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op <= MicroOp.TX_ENTER) _begin(m, op);
        else _end(m, op);
        return MachineState.close(m);
    }

    function _begin(Machine memory m, uint256 op) private pure {
        if (op == MicroOp.TX_BUY) Buy.txBuy(m);
        else if (op == MicroOp.TX_WARM) Warm.txWarm(m);
        else if (op == MicroOp.TX_AUTH) Auth.txAuth(m);
        else if (op == MicroOp.TX_ENTER) Enter.txEnter(m);
        else revert Dispatch.UnknownMicroOp(op);
    }

    function _end(Machine memory m, uint256 op) private pure {
        if (op == MicroOp.TX_REFUND) Fees.txRefund(m);
        else if (op == MicroOp.TX_TIP) Fees.txTip(m);
        else if (op == MicroOp.TX_BASE_FEE) Fees.txBaseFee(m);
        else if (op == MicroOp.TX_SELFDESTRUCT) Receipt.txSelfdestruct(m);
        else if (op == MicroOp.TX_BLOOM) Bloom.txBloom(m);
        else if (op == MicroOp.TX_RECEIPT) Receipt.txReceipt(m);
        else if (op == MicroOp.DEPOSIT_MINT) Deposit.depositMint(m);
        else revert Dispatch.UnknownMicroOp(op);
    }
}
