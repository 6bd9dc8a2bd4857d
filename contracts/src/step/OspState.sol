// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "./IStepPart.sol";
import {Interpret} from "./Interpret.sol";
import {Copy} from "./osp-mem/Copy.sol";
import {Balance} from "./osp-state/Balance.sol";
import {Blockhash} from "./osp-state/Blockhash.sol";
import {Extcode} from "./osp-state/Extcode.sol";
import {Sload} from "./osp-state/Sload.sol";
import {Sstore} from "./osp-state/Sstore.sol";
import {Transient} from "./osp-state/Transient.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Storage, accounts and hashes of blocks
contract OspState is IStepPart {
    /// @inheritdoc IStepPart
    function step(Context calldata, bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Interpret.fetch(m);
        if (Interpret.begin(m, op)) _execute(m, op);
        return MachineState.close(m);
    }

    function _execute(Machine memory m, uint256 op) private pure {
        if (op == 0x54) Sload.sload(m);
        else if (op == 0x55) Sstore.sstore(m);
        else if (op == 0x5c) Transient.tload(m);
        else if (op == 0x5d) Transient.tstore(m);
        else if (op == 0x31) Balance.balance(m);
        else if (op == 0x47) Balance.selfbalance(m);
        else if (op == 0x3b) Extcode.extcodesize(m);
        else if (op == 0x3c) Copy.extcodecopy(m);
        else if (op == 0x3f) Extcode.extcodehash(m);
        else if (op == 0x40) Blockhash.blockhash_(m);
        else revert Interpret.NotOfThisPart(op);
    }
}
