// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Slice} from "../../../src/step/mpt/Slice.sol";
import {KeyOrder, LeafPlace} from "../../../src/step/osp-seal/KeyOrder.sol";
import {OpenTrie, OpenTrieState} from "../../../src/step/osp-seal/OpenTrie.sol";
import {TransactionLeaf} from "../../../src/step/osp-seal/TransactionLeaf.sol";

/// @dev What reads calldata, from the outside.
contract SealHarness {
    /// @dev One leaf goes to the open trie on the tape.
    function addLeaf(bytes calldata tape, bytes32 hash, uint256 position, uint256 count, bytes calldata value)
        external
        pure
        returns (bool isWhole, bytes32 root, bytes memory next)
    {
        MptProof.Cursor memory cursor = MptProof.open(tape);
        OpenTrieState memory open = OpenTrie.take(cursor, hash);
        MptProof.close(cursor);
        LeafPlace memory place = KeyOrder.leafPlace(position, count);
        (bytes32 ref, bool isInlined) = OpenTrie.refOf(_leaf(place, value));
        (isWhole, root) = OpenTrie.addLeaf(open, place, ref, isInlined);
        if (isWhole) return (true, root, "");
        return (false, OpenTrie.hash(open), wordsOf(open));
    }

    function gasOfAddLeaf(bytes calldata tape, bytes32 hash, uint256 position, uint256 count, bytes calldata value) external view returns (uint256 used) {
        used = gasleft();
        LeafPlace memory place = KeyOrder.leafPlace(position, count);
        OpenTrieState memory open = OpenTrie.take(MptProof.open(tape), hash);
        (bytes32 ref, bool isInlined) = OpenTrie.refOf(_leaf(place, value));
        (bool isWhole,) = OpenTrie.addLeaf(open, place, ref, isInlined);
        if (!isWhole) OpenTrie.hash(open);
        used -= gasleft();
    }

    /// @dev A leaf's node, and the hash of its value.
    function leafNode(uint256 position, uint256 count, bytes calldata value) external pure returns (bytes memory node, bytes32 valueHash) {
        Slice slice;
        (slice, valueHash) = TransactionLeaf.leafNode(KeyOrder.leafPlace(position, count), _start(value), value.length);
        node = new bytes(slice.length());
        uint256 from = slice.start();
        assembly ("memory-safe") {
            mcopy(add(node, 0x20), from, mload(node))
        }
    }

    /// @dev The words that are hashed, written anew from the specification.
    function wordsOf(OpenTrieState memory open) public pure returns (bytes memory words) {
        words = abi.encode(open.count);
        for (uint256 i = 0; i < open.count; ++i) {
            uint256 present = open.branches[i].present;
            words = abi.encodePacked(words, uint256(open.branches[i].depth) | (present << 8) | (open.branches[i].inlined << 24));
            for (uint256 nibble = 0; nibble < 16; ++nibble) {
                if (present & (1 << nibble) != 0) words = abi.encodePacked(words, open.branches[i].children[nibble]);
            }
        }
    }

    function _leaf(LeafPlace memory place, bytes calldata value) private pure returns (Slice node) {
        (node,) = TransactionLeaf.leafNode(place, _start(value), value.length);
    }

    function _start(bytes calldata value) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }
}
