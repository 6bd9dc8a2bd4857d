// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What every block of a chain has in common.
/// @param chainId        L2 chain id.
/// @param portal         Source of deposits on L1.
/// @param blockGasLimit  Of every block.
/// @param elasticity     EIP-1559: a block's gas limit over its gas target.
/// @param denominator    EIP-1559: a base fee changes by at most one part in this many.
/// @param minBaseFee     Least base fee in wei.
struct ChainConstants {
    uint64 chainId;
    address portal;
    uint64 blockGasLimit;
    uint64 elasticity;
    uint64 denominator;
    uint256 minBaseFee;
}

/// @notice Where an assertion ends, besides at its target.
/// @param maxGas     Once its blocks used that much gas.
/// @param maxBlocks  After this many blocks.
struct AssertionLimits {
    uint64 maxGas;
    uint64 maxBlocks;
}
