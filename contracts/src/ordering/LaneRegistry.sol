// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRegistry} from "../interfaces/ILaneRegistry.sol";

/// @title Registry of lanes
/// @notice See `ILaneRegistry`.
contract LaneRegistry is ILaneRegistry {
    /// @inheritdoc ILaneRegistry
    mapping(uint64 lane => address) public inboxOf;

    /// @inheritdoc ILaneRegistry
    function bind(uint64 lane) external {
        if (lane == 0 || lane > type(uint32).max) revert BadLane(lane);
        if (inboxOf[lane] != address(0)) revert LaneTaken(lane, inboxOf[lane]);
        inboxOf[lane] = msg.sender;
        emit LaneBound(lane, msg.sender);
    }
}
