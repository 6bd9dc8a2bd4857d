// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {Stack} from "../state/Stack.sol";

/// @title MLOAD, MSTORE, MSTORE8
/// @notice Twin of shared/machine/src/step/osp-mem/memory.ts.
library MemOps {
    using Stack for Machine;

    function mload(Machine memory m) internal pure {
        uint256 offset = m.pop();
        if (!Memory.expand(m, offset, 32)) Halt.halt(m);
        else m.push(Memory.loadWord(m, offset));
    }

    function mstore(Machine memory m) internal pure {
        uint256 offset = m.pop();
        uint256 word = m.pop();
        if (!Memory.expand(m, offset, 32)) Halt.halt(m);
        else Memory.storeWord(m, offset, word);
    }

    function mstore8(Machine memory m) internal pure {
        uint256 offset = m.pop();
        uint256 word = m.pop();
        if (!Memory.expand(m, offset, 1)) Halt.halt(m);
        else Memory.storeByte(m, offset, word);
    }
}
