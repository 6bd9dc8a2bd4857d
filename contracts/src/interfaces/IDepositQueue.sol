// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Deposits as the Inbox reads them
interface IDepositQueue {
    /// @notice Largest `end >= start` such that deposits [start, end) were made in L1 blocks <= `maxBlock` at times <= `maxTimestamp`,
    ///         are at most `maxCount`, and have gas limits that add up to at most `maxGas`.
    function depositEnd(uint64 start, uint64 maxBlock, uint64 maxTimestamp, uint64 maxCount, uint128 maxGas)
        external
        view
        returns (uint64 end);

    /// @notice Number of deposits so far.
    function depositCount() external view returns (uint64);

    /// @notice Root of the deposit tree so far.
    function depositRoot() external view returns (bytes32);
}
