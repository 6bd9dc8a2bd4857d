// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Bytes in memory: address of the first byte, and length in the upper half.
type Slice is uint256;

using {start, length} for Slice global;

function sliceOf(uint256 begin, uint256 size) pure returns (Slice) {
    return Slice.wrap((size << 128) | begin);
}

function start(Slice self) pure returns (uint256) {
    return uint128(Slice.unwrap(self));
}

function length(Slice self) pure returns (uint256) {
    return Slice.unwrap(self) >> 128;
}
