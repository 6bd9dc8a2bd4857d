// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CallStack} from "../../../src/step/state/CallStack.sol";
import {Machine} from "../../../src/step/state/Machine.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";

/// @dev The library behind calls, between opening and closing the machine.
contract CallStackHarness {
    function suspend(bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        CallStack.suspend(m);
        return MachineState.close(m);
    }

    function resume(bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        CallStack.resume(m);
        return MachineState.close(m);
    }

    function clear(bytes32 before, bytes calldata proof) external pure returns (bytes32) {
        Machine memory m = MachineState.open(before, proof);
        CallStack.clear(m);
        return MachineState.close(m);
    }
}
