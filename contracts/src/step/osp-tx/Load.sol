// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Payload} from "../../libraries/Payload.sol";
import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_F, OPEN_R, OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {AuthChain} from "./AuthChain.sol";
import {ClassifyEntry} from "./ClassifyEntry.sol";
import {DecodeTransaction} from "./DecodeTransaction.sol";
import {NewTransaction} from "./NewTransaction.sol";
import {Siblings} from "./Siblings.sol";
import {WarmChain} from "./WarmChain.sol";

/// @title Entries of the payload
/// @notice Twin of shared/machine/src/step/osp-tx/load.ts.
library Load {
    /// @notice Decodes the next entry and recovers its sender; skips it for the stateless reasons. The tape holds its length, its bytes (of an entry that is too
    ///         large their keccak256), and twelve siblings under B.txRoot.
    function txLoad(Machine memory m) internal pure {
        MachineState.need(m, OPEN_R | OPEN_B | OPEN_T | OPEN_F | OPEN_X);
        uint256 size = Tape.takeInteger(m.tape, 4);
        bool isTooLarge = size > ClassifyEntry.MAX_SIZE;
        bytes memory raw = isTooLarge ? bytes("") : Tape.copy(Tape.skip(m.tape, size), size);
        bytes32 rawHash = isTooLarge ? bytes32(Tape.takeWord(m.tape)) : keccak256(raw);
        uint256 index = m.r.nextEntry++;
        bytes32 leaf = keccak256(abi.encode(Tags.TX_ENTRY, index, size, rawHash));
        Siblings.check(m.tape, m.b.txRoot, leaf, index, Payload.TREE_DEPTH);
        if (isTooLarge) return;
        (bool isSkipped, ClassifyEntry.Loaded memory loaded) = ClassifyEntry.classifyEntry(raw, m.b.chainId);
        if (isSkipped) return;
        _fill(m.t, loaded, m.b.baseFee);
        NewTransaction.newTransaction(m, raw, rawHash);
        m.x.op = MicroOp.TX_BUY;
    }

    /// @notice Ends the segment without a receipt or a change of state.
    function skip(Machine memory m) internal pure {
        MachineState.endSegment(m);
    }

    function _fill(Tx memory t, ClassifyEntry.Loaded memory loaded, uint256 baseFee) private pure {
        DecodeTransaction.Transaction memory decoded = loaded.transaction;
        t.txType = decoded.txType;
        t.origin = loaded.sender;
        t.nonce = decoded.nonce;
        t.gasLimit = decoded.gasLimit;
        t.gasPrice = _effectiveGasPrice(decoded, baseFee);
        t.feeCap = decoded.feeCap;
        unchecked {
            // Wraps where the fee cap is below the base fee, for which txBuy skips.
            t.tip = t.gasPrice - baseFee;
        }
        t.value = decoded.value;
        t.isCreation = decoded.isCreation ? 1 : 0;
        t.to = address(uint160(decoded.to));
        t.dataOffset = decoded.dataOffset;
        t.dataLength = decoded.dataLength;
        t.intrinsicGas = loaded.intrinsicGas;
        t.floorGas = loaded.floorGas;
        t.warmChain = WarmChain.build(decoded, uint160(loaded.sender));
        t.authChain = AuthChain.build(decoded);
    }

    /// @dev What a transaction pays per gas, base fee included (EIP-1559): the least of the fee cap and base fee + tip cap, whose sum may not fit a word.
    function _effectiveGasPrice(DecodeTransaction.Transaction memory decoded, uint256 baseFee) private pure returns (uint256) {
        unchecked {
            if (decoded.feeCap <= baseFee || decoded.feeCap - baseFee <= decoded.tipCap) return decoded.feeCap;
            return baseFee + decoded.tipCap;
        }
    }
}
