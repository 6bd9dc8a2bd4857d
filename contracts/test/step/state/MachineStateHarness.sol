// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "../../../src/step/state/Machine.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {Stack} from "../../../src/step/state/Stack.sol";

/// @dev What every part does with the machine, behind calls.
contract MachineStateHarness {
    /// @dev Opened, and closed as it is.
    function reopen(bytes32 before, bytes calldata proof) external pure returns (bytes32, uint256 open) {
        Machine memory m = MachineState.open(before, proof);
        open = m.open;
        return (MachineState.close(m), open);
    }

    function need(bytes32 before, bytes calldata proof, uint256 mask) external pure {
        MachineState.need(MachineState.open(before, proof), mask);
    }

    function endSegment(bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        MachineState.endSegment(m);
        return MachineState.close(m);
    }

    /// @dev What the machine reads as: packed, and a word of each section.
    function peekSections(bytes32 before, bytes calldata proof) external pure returns (uint256 packed, uint256[5] memory last) {
        Machine memory m = MachineState.open(before, proof);
        packed = MachineState.pack(m);
        last = [
            uint256(m.r.receiptsRoot), uint256(uint160(m.b.portal)), m.t.bloom7, uint256(m.f.snapLogsRoot), m.x.a3
        ];
    }

    /// @dev Opens `count` words, then for each of `actions`: pushes it if it is above 15, else pops (0 to 4), pushes what is `action - 5` below the top (5 to 9),
    ///      or replaces what is `action - 10` below it.
    function stack(bytes32 before, bytes calldata proof, uint256 count, uint256[] calldata actions) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        Stack.openWords(m, count);
        for (uint256 i = 0; i < actions.length; ++i) {
            uint256 action = actions[i];
            if (action > 15) Stack.push(m, action);
            else if (action < 5) Stack.pop(m);
            else if (action < 10) Stack.push(m, Stack.peek(m, action - 5));
            else Stack.poke(m, action - 10, action);
        }
        return MachineState.close(m);
    }
}
