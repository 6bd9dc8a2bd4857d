// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Addresses of the L2 contracts that exist from genesis
/// @notice The OP Stack's addresses, so that its tools find them.
library Predeploys {
    address internal constant WETH9 = 0x4200000000000000000000000000000000000006;
    address internal constant GAS_PRICE_ORACLE = 0x420000000000000000000000000000000000000F;
    address internal constant SEQUENCER_FEE_VAULT = 0x4200000000000000000000000000000000000011;
    address internal constant L1_BLOCK = 0x4200000000000000000000000000000000000015;
    address internal constant L2_TO_L1_MESSAGE_PASSER = 0x4200000000000000000000000000000000000016;
    address internal constant BASE_FEE_VAULT = 0x4200000000000000000000000000000000000019;
}
