// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "./MptRlp.sol";
import {Slice, sliceOf} from "./Slice.sol";

/// @title Proofs: the RLP of the needed nodes in the order they are visited, one after another
/// @notice RLP tells its own length, so there is no framing; a node inside its parent is not repeated. Proofs of several tries may follow each other
///         under one cursor.
library MptProof {
    /// @notice The proof ends before the node it must hold next.
    error ProofTooShort(uint256 offset, uint256 length);
    /// @notice The next item of the proof is not a list.
    error ProofNotNode(uint256 offset);
    /// @notice The next node of the proof is not the one the trie has here.
    error WrongNode(bytes32 expected, bytes32 actual);
    /// @notice A node below the root is shorter than its hash, so it had to stand in its parent.
    error NodeTooShort(uint256 length);
    /// @notice Bytes after the last node.
    error TrailingProof(uint256 bytesLeft);

    /// @param begin  Where the proof starts in calldata.
    /// @param next   The first byte not yet read.
    /// @param end    Behind the last byte.
    struct Cursor {
        uint256 begin;
        uint256 next;
        uint256 end;
    }

    function open(bytes calldata proof) internal pure returns (Cursor memory cursor) {
        assembly ("memory-safe") {
            mstore(cursor, proof.offset)
            mstore(add(cursor, 0x20), proof.offset)
            mstore(add(cursor, 0x40), add(proof.offset, proof.length))
        }
    }

    /// @notice Reverts unless the whole proof was used.
    function close(Cursor memory cursor) internal pure {
        if (cursor.next != cursor.end) revert TrailingProof(cursor.end - cursor.next);
    }

    /// @notice Copies the next node to memory; it must have this hash.
    function takeNode(Cursor memory cursor, bytes32 hash) internal pure returns (Slice node) {
        unchecked {
            uint256 from = cursor.next;
            bytes32 word;
            assembly ("memory-safe") {
                word := calldataload(from)
            }
            if (from >= cursor.end) revert ProofTooShort(from - cursor.begin, cursor.end - cursor.begin);
            (bool isList, uint256 headerLength, uint256 contentLength) = MptRlp.header(word);
            if (!isList) revert ProofNotNode(from - cursor.begin);
            uint256 size = headerLength + contentLength;
            if (size > cursor.end - from) revert ProofTooShort(from - cursor.begin, cursor.end - cursor.begin);
            // 32 bytes more, so that words may be read anywhere in the node.
            uint256 begin = MptRlp.allocate(size + 32);
            bytes32 actual;
            assembly ("memory-safe") {
                calldatacopy(begin, from, size)
                actual := keccak256(begin, size)
            }
            if (actual != hash) revert WrongNode(hash, actual);
            cursor.next = from + size;
            node = sliceOf(begin, size);
        }
    }

    /// @notice The node behind a child item: in its parent, or next in the proof. Twin of `resolve`.
    function resolve(Cursor memory cursor, Slice child) internal pure returns (Slice node) {
        if (child.length() != 33) return child;
        node = takeNode(cursor, MptRlp.load(child.start() + 1));
        if (node.length() < 32) revert NodeTooShort(node.length());
    }
}
