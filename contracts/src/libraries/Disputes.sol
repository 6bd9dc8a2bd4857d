// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "./Tags.sol";

/// @title Hashes of disputes, commitments, duels and credits
/// @notice docs/protocol/disputes.md.
library Disputes {
    /// @notice Identity of the dispute about a parent's children of one epoch.
    function disputeId(bytes32 parentId, uint32 reopenEpoch) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.DISPUTE, parentId, reopenEpoch));
    }

    /// @notice Identity of a committed trace.
    function commitmentId(bytes32 assertionId, bytes32 traceRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.COMMITMENT, assertionId, traceRoot));
    }

    /// @notice Identity of the duel of two commitments, the one that joined first in front.
    function duelId(bytes32 older, bytes32 newer) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.DUEL, older, newer));
    }

    /// @notice A duel's ledger after another move.
    function ledger(bytes32 before, uint8 side, address mover, uint256 amount) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.CREDIT, before, side, mover, amount));
    }
}
