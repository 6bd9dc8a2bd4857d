// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "./MptProof.sol";
import {MptPut} from "./MptPut.sol";
import {MptRemove} from "./MptRemove.sol";
import {MptRlp} from "./MptRlp.sol";
import {MptWalk} from "./MptWalk.sol";
import {Node} from "./MptNode.sol";

/// @title Ethereum's Merkle-Patricia trie from proofs
/// @notice Pure functions of root and key: any proof gives the one right answer or reverts. Keys are prefix-free; an empty value means absent. Secure tries
///         are given the hash of their key. Twin of shared/machine/src/trie: `get`, `set`, and for the proofs `proveGet`, `proveSet`.
library Mpt {
    /// @notice Value at a 64-nibble key. The proof must hold nothing else.
    function get(bytes32 root, bytes32 key, bytes calldata proof) internal pure returns (bytes memory value) {
        MptProof.Cursor memory cursor = MptProof.open(proof);
        value = read(root, key, MptWalk.SECURE_LENGTH, cursor);
        MptProof.close(cursor);
    }

    /// @notice Root after `newValue` was written at a 64-nibble key; an empty one removes the key. The proof must hold nothing else.
    function set(bytes32 root, bytes32 key, bytes memory newValue, bytes calldata proof) internal pure returns (bytes32 newRoot) {
        MptProof.Cursor memory cursor = MptProof.open(proof);
        newRoot = write(root, key, MptWalk.SECURE_LENGTH, newValue, cursor);
        MptProof.close(cursor);
    }

    /// @notice Value at a key of `length` nibbles; leaves the cursor behind the proof.
    function read(bytes32 root, bytes32 key, uint256 length, MptProof.Cursor memory cursor) internal pure returns (bytes memory) {
        return valueAt(MptWalk.walk(root, key, length, cursor));
    }

    /// @notice Root after `newValue` was written at a key of `length` nibbles; leaves the cursor behind the proof.
    function write(bytes32 root, bytes32 key, uint256 length, bytes memory newValue, MptProof.Cursor memory cursor)
        internal
        pure
        returns (bytes32)
    {
        return writeAt(MptWalk.walk(root, key, length, cursor), root, key, length, newValue, cursor);
    }

    /// @notice Value that a walk ended at; empty if the key is absent.
    function valueAt(MptWalk.Walk memory way) internal pure returns (bytes memory) {
        if (way.stop != MptWalk.Stop.Found) return "";
        Node leaf = way.nodes[way.count - 1];
        return MptRlp.toBytes(MptRlp.content(leaf.item()));
    }

    /// @notice As `write`, after the walk to the key below `root`: the cursor gives no more than a sibling.
    function writeAt(
        MptWalk.Walk memory way,
        bytes32 root,
        bytes32 key,
        uint256 length,
        bytes memory newValue,
        MptProof.Cursor memory cursor
    ) internal pure returns (bytes32) {
        if (newValue.length > 0) return MptPut.put(way, key, length, newValue);
        return way.stop == MptWalk.Stop.Found ? MptRemove.remove(way, key, cursor) : root;
    }
}
