// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockState} from "../types/Assertion.sol";
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

    /// @notice Identity of the bond that `owner` posts for an assertion.
    function bondId(address owner, bytes32 id) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.BOND, owner, id));
    }

    /// @notice Identity of the rules, on L1 chain `chainId`.
    function configHash(uint256 chainId, AssertionConfig memory config) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                Tags.CONFIG,
                chainId,
                config.inbox,
                config.lane,
                config.challengePeriod,
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
