// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {Scratch} from "../state/Scratch.sol";
import {Stack} from "../state/Stack.sol";

/// @title TLOAD and TSTORE (EIP-1153)
/// @notice Twin of shared/machine/src/step/osp-state/transient.ts.
library Transient {
    using Stack for Machine;

    function tload(Machine memory m) internal pure {
        m.push(Scratch.readTransient(m, m.f.self, m.pop()));
    }

    function tstore(Machine memory m) internal pure {
        if (m.f.isStatic != 0) return Halt.halt(m);
        uint256 slot = m.pop();
        Scratch.writeTransient(m, m.f.self, slot, m.pop());
    }
}
