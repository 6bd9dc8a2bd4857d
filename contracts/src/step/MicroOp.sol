// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Values of X.op
/// @notice Each names the function that executes it. Twin of shared/machine/src/step/micro-op.ts.
library MicroOp {
    uint256 internal constant OPCODE = 0;
    uint256 internal constant COPY_CHUNK = 1;
    uint256 internal constant KEC_ABSORB = 2;
    uint256 internal constant KEC_END = 3;
    uint256 internal constant LOG_CHUNK = 4;
    uint256 internal constant CALL_DELEGATION = 5;
    uint256 internal constant CALL_DEBIT = 6;
    uint256 internal constant CALL_CREDIT = 7;
    uint256 internal constant CALL_ENTER = 8;
    uint256 internal constant SELFDESTRUCT_DEBIT = 9;
    uint256 internal constant SELFDESTRUCT_CREDIT = 10;
    uint256 internal constant CREATE_NONCE = 11;
    uint256 internal constant CREATE_COLLISION = 12;
    uint256 internal constant CREATE_DEBIT = 13;
    uint256 internal constant CREATE_ACCOUNT = 14;
    uint256 internal constant CREATE_ENTER = 15;
    uint256 internal constant CODE_DEPOSIT = 16;
    uint256 internal constant PRECOMPILE = 17;
    uint256 internal constant IDENTITY_CHUNK = 18;
    uint256 internal constant TX_LOAD = 19;
    uint256 internal constant TX_BUY = 20;
    uint256 internal constant TX_WARM = 21;
    uint256 internal constant TX_AUTH = 22;
    uint256 internal constant TX_ENTER = 23;
    uint256 internal constant TX_REFUND = 24;
    uint256 internal constant TX_TIP = 25;
    uint256 internal constant TX_BASE_FEE = 26;
    uint256 internal constant TX_SELFDESTRUCT = 27;
    uint256 internal constant TX_BLOOM = 28;
    uint256 internal constant TX_RECEIPT = 29;
    uint256 internal constant DEPOSIT_LOAD = 30;
    uint256 internal constant DEPOSIT_MINT = 31;
    uint256 internal constant BLOCK_BEGIN = 32;
    uint256 internal constant SYS_BEACON_TIMESTAMP = 33;
    uint256 internal constant SYS_BEACON_ROOT = 34;
    uint256 internal constant SYS_HISTORY = 35;
    uint256 internal constant SYS_L1_BLOCK = 36;
    uint256 internal constant SEAL_BEGIN = 37;
    uint256 internal constant SEAL_TRANSACTION = 38;
    uint256 internal constant SEAL_RECEIPT = 39;
    uint256 internal constant SEAL_LOG = 40;
    uint256 internal constant SEAL_LOG_DATA = 41;
    uint256 internal constant SEAL_HEADER = 42;
}
