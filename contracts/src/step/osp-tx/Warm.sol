// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Scratch} from "../state/Scratch.sol";
import {OPEN_T, OPEN_X} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {WarmChain} from "./WarmChain.sol";

/// @title What is warm from the start (EIP-2929, 2930, 3651)
/// @notice Twin of shared/machine/src/step/osp-tx/warm.ts.
library Warm {
    /// @notice Warms the next of sender, target, coinbase and access list. The tape holds the item's words, the rest last.
    function txWarm(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        (uint256 isSlot, uint256 account) = (Tape.takeWord(m.tape), Tape.takeWord(m.tape));
        (uint256 slot, bytes32 rest) = (Tape.takeWord(m.tape), bytes32(Tape.takeWord(m.tape)));
        Tape.check(m.t.warmChain, WarmChain.link(isSlot, account, slot, rest));
        if (isSlot == 0) Scratch.warmAddress(m, address(uint160(account)));
        else Scratch.warmSlot(m, address(uint160(account)), slot);
        m.t.warmChain = rest;
        if (rest == 0) m.x.op = m.t.authChain == 0 ? MicroOp.TX_ENTER : MicroOp.TX_AUTH;
    }
}
