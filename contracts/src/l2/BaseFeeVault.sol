// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {FeeVault} from "./FeeVault.sol";

/// @title Base fees of the L2
/// @notice Predeploy 0x42…19; gets what L1 would burn.
contract BaseFeeVault is FeeVault {}
