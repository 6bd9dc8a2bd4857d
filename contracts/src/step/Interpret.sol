// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OpcodeTable} from "./OpcodeTable.sol";
import {Halt} from "./osp-call/Halt.sol";
import {Code} from "./state/Code.sol";
import {Machine} from "./state/Machine.sol";
import {MachineState} from "./state/MachineState.sol";
import {OPEN_X, STATUS_RUNNING} from "./state/Sections.sol";
import {Stack} from "./state/Stack.sol";

/// @title What all opcodes begin with
/// @notice Twin of `opcode` in shared/machine/src/step/interpret.ts.
library Interpret {
    /// @notice No opcode is due: another micro-op is, or no segment runs.
    error NoOpcodeDue(uint256 status, uint256 op);
    /// @notice The opcode or micro-op is executed by another contract.
    error NotOfThisPart(uint256 op);

    /// @notice The opcode that is due, its code opened.
    function fetch(Machine memory m) internal pure returns (uint256 op) {
        MachineState.need(m, OPEN_X);
        if (m.status != STATUS_RUNNING || m.x.op != 0) revert NoOpcodeDue(m.status, m.x.op);
        (uint256 start, uint256 size) = Code.codeOf(m, m.f.codeHash);
        (m.codeStart, m.codeLength) = (start, size);
        uint256 position = m.f.pc;
        if (position >= size) return 0;
        assembly ("memory-safe") {
            op := byte(0, calldataload(add(start, position)))
        }
    }

    /// @notice Base gas and stack bounds; then the words that the opcode takes are open and pc stands behind it. False when the frame halted instead.
    function begin(Machine memory m, uint256 op) internal pure returns (bool runs) {
        (uint256 baseGas, uint256 minStack, uint256 maxStack) = OpcodeTable.lookUp(op);
        if (m.f.sp < minStack || m.f.sp > maxStack || m.f.gas < baseGas) {
            Halt.halt(m);
            return false;
        }
        m.f.gas -= baseGas;
        m.f.pc += 1;
        Stack.openWords(m, minStack);
        return true;
    }
}
