// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockState, STATUS_BLOCK_END} from "../types/Assertion.sol";
import {AssertionConfig} from "../types/AssertionConfig.sol";
import {AppendOnlyTree} from "./AppendOnlyTree.sol";
import {Tags} from "./Tags.sol";

/// @title Hashes of states, outputs, assertions and bonds
/// @notice docs/protocol/hashing.md; twins in shared/protocol.
library Assertions {
    /// @notice Identity of a state between blocks.
    function stateHash(BlockState memory state) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.BLOCK_STATE, state));
    }

    /// @notice The OP Stack's version-0 output root of a state.
    function outputRoot(BlockState memory state) internal pure returns (bytes32) {
        return keccak256(abi.encode(bytes32(0), state.stateRoot, state.withdrawalsRoot, state.blockHash));
    }

    /// @notice Identity of an assertion: what it claims, on what, under which input and rules.
    function assertionId(
        bytes32 parentId,
        uint32 reopenEpoch,
        bytes32 endHash,
        uint64 targetCount,
        bytes32 inboxRoot,
        bytes32 rules
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.ASSERTION, parentId, reopenEpoch, endHash, targetCount, inboxRoot, rules));
    }

    /// @notice Hash of the state that a child's trace begins with: its parent's end, with status BLOCK_END and no gas.
    function startHash(BlockState memory parentEnd) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                Tags.BLOCK_STATE,
                parentEnd.number,
                parentEnd.blockHash,
                parentEnd.stateRoot,
                parentEnd.withdrawalsRoot,
                parentEnd.inboxCount,
                uint64(0),
                STATUS_BLOCK_END
            )
        );
    }

    /// @notice Identity of the bond that `owner` posts for an assertion or a commitment.
    function bondId(address owner, bytes32 key) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.BOND, owner, key));
    }

    /// @notice Identity of the rules, on L1 chain `chainId` with a step verifier.
    function configHash(uint256 chainId, AssertionConfig memory config, address verifier) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                Tags.CONFIG,
                chainId,
                config.inbox,
                config.lane,
                config.disputeManager,
                verifier,
                config.challengePeriod,
                config.gracePeriod,
                config.stake,
                config.maxBlocks,
                config.maxGas,
                config.minAssertionPeriod
            )
        );
    }

    /// @notice Root of the empty append-only tree, z[32].
    function emptyRoot() internal pure returns (bytes32 zero) {
        for (uint256 height = 0; height < AppendOnlyTree.DEPTH; ++height) {
            zero = AppendOnlyTree.node(zero, zero);
        }
    }
}
