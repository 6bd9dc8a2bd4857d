// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {Scratch} from "../state/Scratch.sol";

/// @title Prices of accesses to accounts and slots (EIP-2929)
/// @notice Twin of shared/machine/src/step/osp-state/access.ts.
library Access {
    uint256 internal constant WARM = 100;
    uint256 internal constant COLD_ACCOUNT = 2_600;
    uint256 internal constant COLD_SLOT = 2_100;

    /// @notice Charges an access to an account and makes it warm; false when gas does not suffice.
    function accessAccount(Machine memory m, address who) internal pure returns (bool) {
        return Memory.charge(m, Scratch.warmAddress(m, who) ? COLD_ACCOUNT : WARM);
    }
}
