// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockState, STATUS_BLOCK_END} from "../types/Assertion.sol";
import {Dispatch} from "./Dispatch.sol";
import {Interpret} from "./Interpret.sol";
import {IStepPart} from "./IStepPart.sol";
import {MicroOp} from "./MicroOp.sol";
import {MptProof} from "./mpt/MptProof.sol";
import {Begin} from "./osp-seal/Begin.sol";
import {BlockConstants, ChainConstants} from "./osp-seal/ChainConstants.sol";
import {BlockStates} from "./state/BlockStates.sol";
import {Context, Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";

/// @title Begin of a block
/// @notice The one part that knows the chain's constants; all others read section B.
contract OspBegin is IStepPart {
    /// @notice An assertion's last state begins no block.
    error AssertionEnded(uint64 number);

    uint64 public immutable CHAIN_ID;
    address public immutable PORTAL;
    uint64 public immutable BLOCK_GAS_LIMIT;
    uint64 public immutable ELASTICITY;
    uint64 public immutable DENOMINATOR;
    uint256 public immutable MIN_BASE_FEE;

    constructor(ChainConstants memory chain) {
        CHAIN_ID = chain.chainId;
        PORTAL = chain.portal;
        BLOCK_GAS_LIMIT = chain.blockGasLimit;
        ELASTICITY = chain.elasticity;
        DENOMINATOR = chain.denominator;
        MIN_BASE_FEE = chain.minBaseFee;
    }

    /// @inheritdoc IStepPart
    function step(Context calldata context, bytes32 before, bytes calldata proof) external view returns (bytes32) {
        if (BlockStates.isOpenedBy(proof)) return _begin(context, before, proof);
        Machine memory m = MachineState.open(before, proof);
        _execute(m, Dispatch.due(m));
        return MachineState.close(m);
    }

    function _begin(Context calldata context, bytes32 before, bytes calldata proof) private view returns (bytes32) {
        (BlockState memory state, MptProof.Cursor memory tape) = BlockStates.open(before, proof);
        if (state.status != STATUS_BLOCK_END) revert AssertionEnded(state.number);
        BlockConstants memory chain = BlockConstants(CHAIN_ID, PORTAL, BLOCK_GAS_LIMIT, ELASTICITY, DENOMINATOR, MIN_BASE_FEE);
        return MachineState.close(Begin.blockBegin(context, state, tape, chain));
    }

    function _execute(Machine memory m, uint256 op) private pure {
        if (op == MicroOp.SYS_BEACON_TIMESTAMP) Begin.sysBeaconTimestamp(m);
        else if (op == MicroOp.SYS_BEACON_ROOT) Begin.sysBeaconRoot(m);
        else if (op == MicroOp.SYS_HISTORY) Begin.sysHistory(m);
        else if (op == MicroOp.SYS_L1_BLOCK) Begin.sysL1Block(m);
        else revert Interpret.NotOfThisPart(op);
    }
}
