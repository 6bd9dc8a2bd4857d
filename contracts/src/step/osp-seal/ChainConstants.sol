// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What every block of a chain has in common.
/// @param chainId        L2 chain id.
/// @param portal         Source of deposits on L1.
/// @param blockGasLimit  Of every block.
/// @param elasticity     EIP-1559: a block's gas limit over its gas target.
/// @param denominator    EIP-1559: a base fee changes by at most one part in this many.
/// @param minBaseFee     Least base fee in wei.
/// @param maxGas         An assertion ends once its blocks used that much gas.
/// @param maxBlocks      An assertion ends after this many blocks.
struct ChainConstants {
    uint64 chainId;
    address portal;
    uint64 blockGasLimit;
    uint64 elasticity;
    uint64 denominator;
    uint256 minBaseFee;
    uint64 maxGas;
    uint64 maxBlocks;
}

/// @notice Those that a block begins with; see `ChainConstants`.
struct BlockConstants {
    uint256 chainId;
    address portal;
    uint256 gasLimit;
    uint256 elasticity;
    uint256 denominator;
    uint256 minBaseFee;
}
