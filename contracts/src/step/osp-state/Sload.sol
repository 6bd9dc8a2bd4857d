// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {Scratch} from "../state/Scratch.sol";
import {Stack} from "../state/Stack.sol";
import {Storage} from "../state/Storage.sol";
import {Access} from "./Access.sol";

/// @title SLOAD
/// @notice Twin of shared/machine/src/step/osp-state/sload.ts.
library Sload {
    using Stack for Machine;

    /// @notice 100 gas for a warm slot, 2,100 for a cold one (EIP-2929).
    function sload(Machine memory m) internal pure {
        uint256 slot = m.pop();
        bool isCold = Scratch.warmSlot(m, m.f.self, slot);
        if (!Memory.charge(m, isCold ? Access.COLD_SLOT : Access.WARM)) Halt.halt(m);
        else m.push(Storage.readStorage(m, m.f.self, slot));
    }
}
