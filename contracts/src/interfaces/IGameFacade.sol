// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Assertions as the OP Stack's dispute games: views only
/// @notice Lists the line of assertions from genesis to the latest without a rival, newest first.
interface IGameFacade {
    /// @param index      uint256 of the assertion's id.
    /// @param metadata   Low 20 bytes: the contract whose `l2SequenceNumber()` answers the assertion's L2 block.
    /// @param timestamp  Seconds when the assertion was made.
    /// @param rootClaim  Its output root.
    /// @param extraData  abi.encode(uint256 L2 block number).
    struct GameSearchResult {
        uint256 index;
        bytes32 metadata;
        uint64 timestamp;
        bytes32 rootClaim;
        bytes extraData;
    }

    /// @notice Assertions on the line, genesis left out.
    function gameCount() external view returns (uint256);

    /// @notice Up to `n` assertions downwards from position `start` (0-based on the line without genesis), newest first.
    function findLatestGames(uint32 gameType, uint256 start, uint256 n) external view returns (GameSearchResult[] memory games);
}
