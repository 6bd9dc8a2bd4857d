// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "./AppendOnlyTree.sol";
import {Tags} from "./Tags.sol";

/// @title Payload of a lane block
/// @notice Entries `uint32 big-endian length ‖ raw`. A length of zero or beyond the remaining bytes ends the list, as do fewer than four
///         remaining bytes; entries past the cap are ignored. No bytes are malformed. Twin of shared/protocol's `payloadEntries`, `entryLeaf` and `txRoot`.
library Payload {
    /// @dev Largest payload in bytes; a longer one is appended as an empty one.
    uint256 internal constant MAX_BYTES = 114_688;
    /// @dev Most entries of a payload.
    uint256 internal constant MAX_ENTRIES = 4_094;
    /// @dev Levels of the entry tree.
    uint256 internal constant TREE_DEPTH = 12;
    /// @dev keccak256 of the empty payload.
    bytes32 internal constant EMPTY_HASH = keccak256("");

    /// @notice Number of entries and the root over `H(txEntry, i, length, keccak256(raw))`, padded with empty leaves.
    function txRoot(bytes calldata payload) internal pure returns (uint64 txCount, bytes32 root) {
        bytes32[TREE_DEPTH] memory frontier;
        uint256 count = 0;
        uint256 offset = 0;
        unchecked {
            while (count < MAX_ENTRIES && payload.length - offset >= 4) {
                uint256 length = _readLength(payload, offset);
                offset += 4;
                if (length == 0 || length > payload.length - offset) break;
                _push(frontier, count, entryLeaf(count, payload, offset, length));
                offset += length;
                ++count;
            }
            txCount = uint64(count);
        }
        root = _root(frontier, count);
    }

    /// @notice Root of a payload without entries.
    function emptyTxRoot() internal pure returns (bytes32 root) {
        for (uint256 height = 0; height < TREE_DEPTH; ++height) root = AppendOnlyTree.node(root, root);
    }

    /// @dev `H(txEntry, index, length, keccak256(payload[offset : offset + length]))`, without allocating memory.
    function entryLeaf(uint256 index, bytes calldata payload, uint256 offset, uint256 length) private pure returns (bytes32 leaf) {
        bytes32 tag = Tags.TX_ENTRY;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, add(payload.offset, offset), length)
            let rawHash := keccak256(free, length)
            mstore(free, tag)
            mstore(add(free, 0x20), index)
            mstore(add(free, 0x40), length)
            mstore(add(free, 0x60), rawHash)
            leaf := keccak256(free, 0x80)
        }
    }

    function _readLength(bytes calldata payload, uint256 offset) private pure returns (uint256 length) {
        assembly ("memory-safe") {
            length := shr(224, calldataload(add(payload.offset, offset)))
        }
    }

    /// @dev Same frontier as `AppendOnlyTree.append`, in memory.
    function _push(bytes32[TREE_DEPTH] memory frontier, uint256 index, bytes32 leaf) private pure {
        uint256 height = 0;
        while (index & 1 == 1) {
            leaf = AppendOnlyTree.node(frontier[height], leaf);
            index >>= 1;
            ++height;
        }
        frontier[height] = leaf;
    }

    function _root(bytes32[TREE_DEPTH] memory frontier, uint256 count) private pure returns (bytes32 root) {
        bytes32 zero = 0;
        for (uint256 height = 0; height < TREE_DEPTH; ++height) {
            root = count & 1 == 1 ? AppendOnlyTree.node(frontier[height], root) : AppendOnlyTree.node(root, zero);
            zero = AppendOnlyTree.node(zero, zero);
            count >>= 1;
        }
    }
}
