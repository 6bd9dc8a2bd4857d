// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B} from "../state/Sections.sol";
import {Stack} from "../state/Stack.sol";
import {Storage} from "../state/Storage.sol";

/// @title BLOCKHASH
/// @notice Twin of shared/machine/src/step/osp-state/blockhash.ts.
library Blockhash {
    using Stack for Machine;

    /// @dev The contract of EIP-2935, and how many hashes it keeps.
    address internal constant HISTORY_STORAGE = 0x0000F90827F1C53a10cb7A02335B175320002935;
    uint256 internal constant HISTORY_LENGTH = 8_191;

    /// @notice Hash of one of the last 256 blocks as the state holds it; 0 for any other.
    function blockhash_(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B);
        uint256 number = m.pop();
        uint256 current = m.b.number;
        bool isKept = number < current && current - number <= 256;
        m.push(isKept ? Storage.readStorage(m, HISTORY_STORAGE, number % HISTORY_LENGTH) : 0);
    }
}
