// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertions} from "../libraries/Assertions.sol";
import {BlockState} from "../types/Assertion.sol";
import {Dispatch} from "./Dispatch.sol";
import {Interpret} from "./Interpret.sol";
import {IStepPart} from "./IStepPart.sol";
import {MicroOp} from "./MicroOp.sol";
import {MptProof} from "./mpt/MptProof.sol";
import {OspBegin} from "./OspBegin.sol";
import {ChainConstants} from "./osp-seal/ChainConstants.sol";
import {Seal} from "./osp-seal/Seal.sol";
import {BlockStates} from "./state/BlockStates.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Seal of a block, and what begins it
/// @notice Hands the begin on to a contract of its own, since both together are larger than a contract may be.
contract OspSeal is IStepPart {
    /// @notice Executes the micro-ops from blockBegin to sysL1Block.
    IStepPart public immutable BEGIN;
    uint64 public immutable MAX_GAS;
    uint64 public immutable MAX_BLOCKS;

    constructor(ChainConstants memory chain) {
        BEGIN = new OspBegin(chain);
        MAX_GAS = chain.maxGas;
        MAX_BLOCKS = chain.maxBlocks;
    }

    /// @inheritdoc IStepPart
    function step(Context calldata context, bytes32 before, bytes calldata proof) external view returns (bytes32) {
        if (BlockStates.isOpenedBy(proof)) return BEGIN.step(context, before, proof);
        Machine memory m = MachineState.open(before, proof);
        uint256 op = Dispatch.due(m);
        if (op < MicroOp.SEAL_BEGIN) return BEGIN.step(context, before, proof);
        if (op == MicroOp.SEAL_HEADER) return _end(m, context);
        _execute(m, op);
        return MachineState.close(m);
    }

    function _end(Machine memory m, Context calldata context) private view returns (bytes32) {
        BlockState memory state = Seal.sealHeader(m, context, MAX_GAS, MAX_BLOCKS);
        MptProof.close(m.tape);
        return Assertions.stateHash(state);
    }

    function _execute(Machine memory m, uint256 op) private pure {
        if (op == MicroOp.SEAL_BEGIN) Seal.sealBegin(m);
        else if (op == MicroOp.SEAL_TRANSACTION) Seal.sealTransaction(m);
        else if (op == MicroOp.SEAL_RECEIPT) Seal.sealReceipt(m);
        else if (op == MicroOp.SEAL_LOG) Seal.sealLog(m);
        else if (op == MicroOp.SEAL_LOG_DATA) Seal.sealLogData(m);
        else revert Interpret.NotOfThisPart(op);
    }
}
