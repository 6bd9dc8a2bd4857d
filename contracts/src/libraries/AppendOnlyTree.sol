// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "./Tags.sol";

/// @title Append-only Merkle tree of depth 32
/// @notice Keeps only the left siblings of the next leaf (the frontier), as the Beacon chain's deposit contract does: an append writes
///         one slot, a root costs 32 hashes. Twin of shared/protocol/src/append-only-tree.ts.
library AppendOnlyTree {
    uint256 internal constant DEPTH = 32;

    error TreeFull();

    /// @param frontier  frontier[h] is the left sibling at height h when bit h of `count` is set; stale otherwise.
    /// @param count     Leaves so far.
    struct Tree {
        bytes32[32] frontier;
        uint64 count;
    }

    /// @notice Appends a leaf (already tagged) and returns its position.
    function append(Tree storage self, bytes32 leaf) internal returns (uint64 index) {
        index = self.count;
        if (index >= type(uint32).max) revert TreeFull();
        uint256 size = index;
        bytes32 current = leaf;
        uint256 height = 0;
        while (size & 1 == 1) {
            current = node(self.frontier[height], current);
            size >>= 1;
            ++height;
        }
        self.frontier[height] = current;
        self.count = index + 1;
    }

    /// @notice Root over all leaves so far; `z[32]` when empty.
    function root(Tree storage self) internal view returns (bytes32 current) {
        uint256 size = self.count;
        bytes32 zero = 0;
        for (uint256 height = 0; height < DEPTH; ++height) {
            current = size & 1 == 1 ? node(self.frontier[height], current) : node(current, zero);
            zero = node(zero, zero);
            size >>= 1;
        }
    }

    /// @notice Root that `leaf` at `index` and its siblings (from the leaf up) lead to, for a tree of `siblings.length` levels.
    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata siblings) internal pure returns (bytes32 current) {
        current = leaf;
        for (uint256 height = 0; height < siblings.length; ++height) {
            current = index & 1 == 1 ? node(siblings[height], current) : node(current, siblings[height]);
            index >>= 1;
        }
    }

    /// @notice Inner node of every tree of the protocol: `H(node, left, right)`.
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32 result) {
        bytes32 tag = Tags.NODE;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mstore(add(free, 0x20), left)
            mstore(add(free, 0x40), right)
            result := keccak256(free, 0x60)
        }
    }
}
