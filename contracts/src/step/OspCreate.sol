// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "./Dispatch.sol";
import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {MicroOp} from "./MicroOp.sol";
import {CodeDeposit} from "./osp-create/CodeDeposit.sol";
import {Create} from "./osp-create/Create.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Creations of contracts
/// @notice From CREATE or CREATE2 to the init code's frame, and what it returns.
contract OspCreate is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op == MicroOp.OPCODE) _opcode(m);
        else if (op == MicroOp.CREATE_NONCE) Create.createNonce(m);
        else if (op == MicroOp.CREATE_COLLISION) Create.createCollision(m);
        else if (op == MicroOp.CREATE_DEBIT) Create.createDebit(m);
        else if (op == MicroOp.CREATE_ACCOUNT) Create.createAccount(m);
        else if (op == MicroOp.CREATE_ENTER) Create.createEnter(m);
        else if (op == MicroOp.CODE_DEPOSIT) CodeDeposit.codeDeposit(m);
        else revert Interpret.NotOfThisPart(op);
        return MachineState.close(m);
    }

    function _opcode(Machine memory m) private pure {
        uint256 op = Interpret.fetch(m);
        if (op != 0xf0 && op != 0xf5) revert Interpret.NotOfThisPart(op);
        if (!Interpret.begin(m, op)) return;
        if (op == 0xf0) Create.create(m);
        else Create.create2(m);
    }
}
