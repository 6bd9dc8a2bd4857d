// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeeVault} from "./FeeVault.sol";

/// @title Priority fees of the L2
/// @notice Predeploy 0x42…11, the beneficiary of every block.
contract SequencerFeeVault is FeeVault {
    /// @notice The recipient under the OP Stack's oldest name.
    function l1FeeWallet() external view returns (address) {
        return recipient;
    }
}
