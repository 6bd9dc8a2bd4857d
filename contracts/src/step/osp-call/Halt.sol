// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_T, OPEN_X} from "../state/Sections.sol";
import {Snapshot} from "../state/Snapshot.sol";
import {Leave} from "./Leave.sol";

/// @title Exceptional end of the running frame
/// @notice Twin of shared/machine/src/step/osp-call/halt.ts.
library Halt {
    /// @notice The frame's gas is gone, its changes are undone, nothing is returned. All causes (gas, stack, jump, static call, invalid opcode) lead
    ///         to the same state.
    function halt(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        Snapshot.restoreSnapshot(m);
        Leave.leave(m, false, 0, Bytes.none());
    }
}
