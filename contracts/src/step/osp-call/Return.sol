// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice, OPEN_T} from "../state/Sections.sol";
import {Snapshot} from "../state/Snapshot.sol";
import {Stack} from "../state/Stack.sol";
import {Halt} from "./Halt.sol";
import {Leave} from "./Leave.sol";

/// @title STOP, RETURN, REVERT
/// @notice What is returned stays under the root of the frame's memory. Twin of shared/machine/src/step/osp-call/return.ts.
library Return {
    using Stack for Machine;

    /// @notice STOP and the end of the code. A creation that stops here has empty code.
    function stop(Machine memory m) internal pure {
        Leave.leave(m, true, m.f.gas, Bytes.none());
    }

    /// @notice RETURN. What a creation returns is its code: see `codeDeposit`.
    function ret(Machine memory m) internal pure {
        (bool fits, ByteSlice memory output) = _popOutput(m);
        if (!fits) return Halt.halt(m);
        if (m.f.kind < Kind.CREATE) return Leave.leave(m, true, m.f.gas, output);
        m.x.op = MicroOp.CODE_DEPOSIT;
        (m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength) = (output.root, output.offset, output.length);
    }

    /// @notice REVERT: changes are undone, gas and data are kept (EIP-140).
    function revertFrame(Machine memory m) internal pure {
        (bool fits, ByteSlice memory output) = _popOutput(m);
        if (!fits) return Halt.halt(m);
        MachineState.need(m, OPEN_T);
        Snapshot.restoreSnapshot(m);
        Leave.leave(m, false, m.f.gas, output);
    }

    function _popOutput(Machine memory m) private pure returns (bool fits, ByteSlice memory output) {
        uint256 offset = m.pop();
        uint256 length = m.pop();
        fits = Memory.expand(m, offset, length);
        output = Memory.memorySlice(m, offset, length);
    }
}
