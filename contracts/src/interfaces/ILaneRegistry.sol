// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Lanes of the shared sequencer
/// @notice Binds a lane (an L2 chain id that fits 32 bits) to the one Inbox that consumes it, for ever.
interface ILaneRegistry {
    event LaneBound(uint64 indexed lane, address indexed inbox);

    error BadLane(uint64 lane);
    error LaneTaken(uint64 lane, address inbox);

    /// @notice Binds `lane` to the caller: an Inbox binds its own under construction. Anyone may take a free lane for nothing, so a binding
    ///         proves nothing about the Inbox; a deployment whose lane is taken uses a registry or a lane of its own.
    function bind(uint64 lane) external;

    /// @notice Inbox of a lane, or zero.
    function inboxOf(uint64 lane) external view returns (address);
}
