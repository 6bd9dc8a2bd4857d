// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "./AppendOnlyTree.sol";
import {Tags} from "./Tags.sol";
import {SequencerHeader} from "../types/Ordering.sol";

/// @title Headers of the sequencer's chain
/// @notice Twin of shared/protocol's functions of the same names; docs/protocol/hashing.md.
library SequencerHeaders {
    /// @dev The only format of version 1 of the protocol.
    uint64 internal constant VERSION = 1;

    /// @notice `H(sequencerHeader, fields in order)`.
    function headerHash(SequencerHeader calldata header) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.SEQUENCER_HEADER, header));
    }

    /// @notice Leaf `height - 1` of the history: `H(historyLeaf, height, hash)`.
    function historyLeaf(uint64 height, bytes32 hash) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.HISTORY_LEAF, height, hash));
    }

    /// @notice Whether the header `hash` of `height` stands under `historyRoot`; false for a proof of the wrong length.
    function inHistory(uint64 height, bytes32 hash, bytes32[] calldata siblings, bytes32 historyRoot) internal pure returns (bool) {
        if (height == 0 || height > type(uint32).max || siblings.length != AppendOnlyTree.DEPTH) return false;
        return AppendOnlyTree.rootOf(historyLeaf(height, hash), height - 1, siblings) == historyRoot;
    }
}
