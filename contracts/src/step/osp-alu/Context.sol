// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Predeploys} from "../../libraries/Predeploys.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {ByteSlice, OPEN_B, OPEN_T} from "../state/Sections.sol";
import {Stack} from "../state/Stack.sol";

/// @title Opcodes that tell of the call, the transaction and the block
/// @notice Twin of shared/machine/src/step/osp-alu/context.ts.
library AluContext {
    using Stack for Machine;

    function calldataLoad(Machine memory m) internal pure {
        uint256 offset = m.pop();
        if (offset >= m.f.inputLength) {
            m.push(0);
            return;
        }
        ByteSlice memory input = ByteSlice(m.f.inputRoot, m.f.inputOffset, m.f.inputLength);
        m.push(uint256(bytes32(Bytes.readBytes(m, input, offset, 32))));
    }

    /// @notice Of the frame.
    function pushOfFrame(Machine memory m, uint256 op) internal pure {
        if (op == 0x30) m.push(uint160(m.f.self));
        else if (op == 0x33) m.push(uint160(m.f.caller));
        else if (op == 0x34) m.push(m.f.value);
        else if (op == 0x36) m.push(m.f.inputLength);
        else if (op == 0x38) m.push(m.codeLength);
        else if (op == 0x3d) m.push(m.f.returnLength);
        else m.push(32 * m.f.memWords);
    }

    /// @notice ORIGIN and GASPRICE.
    function pushOfTransaction(Machine memory m, uint256 op) internal pure {
        MachineState.need(m, OPEN_T);
        m.push(op == 0x32 ? uint160(m.t.origin) : m.t.gasPrice);
    }

    /// @notice COINBASE and the blob base fee are constants of the L2.
    function pushOfBlock(Machine memory m, uint256 op) internal pure {
        MachineState.need(m, OPEN_B);
        if (op == 0x41) m.push(uint160(Predeploys.SEQUENCER_FEE_VAULT));
        else if (op == 0x42) m.push(m.b.timestamp);
        else if (op == 0x43) m.push(m.b.number);
        else if (op == 0x44) m.push(m.b.prevRandao);
        else if (op == 0x45) m.push(m.b.gasLimit);
        else if (op == 0x46) m.push(m.b.chainId);
        else if (op == 0x48) m.push(m.b.baseFee);
        else m.push(1);
    }

    /// @notice Always 0 on L2, which has no blob transactions.
    function blobHash(Machine memory m) internal pure {
        m.pop();
        m.push(0);
    }
}
