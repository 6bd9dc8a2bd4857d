// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Memory} from "../state/Memory.sol";
import {Scratch} from "../state/Scratch.sol";
import {OPEN_T} from "../state/Sections.sol";
import {Stack} from "../state/Stack.sol";
import {Storage} from "../state/Storage.sol";
import {Access} from "./Access.sol";

/// @title SSTORE
/// @notice EIP-2200 with the prices of EIP-2929 and the refunds of EIP-3529. Twin of shared/machine/src/step/osp-state/sstore.ts.
library Sstore {
    using Stack for Machine;

    uint256 private constant STIPEND = 2_300;
    uint256 private constant SET = 20_000;
    uint256 private constant RESET = 2_900;
    uint256 private constant CLEAR_REFUND = 4_800;

    function sstore(Machine memory m) internal pure {
        if (m.f.isStatic != 0 || m.f.gas <= STIPEND) return Halt.halt(m);
        MachineState.need(m, OPEN_T);
        uint256 slot = m.pop();
        uint256 value = m.pop();
        address self = m.f.self;
        uint256 current = Storage.readStorage(m, self, slot);
        uint256 original = current == value ? current : Storage.readOriginalStorage(m, self, slot);
        uint256 access = Scratch.warmSlot(m, self, slot) ? Access.COLD_SLOT : 0;
        if (!Memory.charge(m, access + _writePrice(original, current, value))) return Halt.halt(m);
        if (value == current) return;
        m.t.refund = uint256(int256(m.t.refund) + _refund(original, current, value));
        Storage.writeStorage(m, self, slot, value);
    }

    /// @dev Without the cold access.
    function _writePrice(uint256 original, uint256 current, uint256 value) private pure returns (uint256) {
        if (value == current || original != current) return Access.WARM;
        return original == 0 ? SET : RESET;
    }

    /// @dev What the refund counter changes by when `current` becomes another `value`.
    function _refund(uint256 original, uint256 current, uint256 value) private pure returns (int256 change) {
        if (original == current) return original != 0 && value == 0 ? int256(CLEAR_REFUND) : int256(0);
        if (original != 0) {
            if (current == 0) change -= int256(CLEAR_REFUND);
            else if (value == 0) change += int256(CLEAR_REFUND);
        }
        if (original == value) change += int256((original == 0 ? SET : RESET) - Access.WARM);
    }
}
