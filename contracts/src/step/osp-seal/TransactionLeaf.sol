// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptPath} from "../mpt/MptPath.sol";
import {MptRlp} from "../mpt/MptRlp.sol";
import {Slice, sliceOf} from "../mpt/Slice.sol";
import {LeafPlace} from "./KeyOrder.sol";

/// @title Leaves of the transactions' trie
/// @notice Twin of `leafRef` in shared/machine/src/step/osp-seal/open-trie.ts.
library TransactionLeaf {
    /// @notice The leaf's node at `place` with the `size` bytes of calldata at `from` as its value, which is copied once, and keccak256 of the value.
    function leafNode(LeafPlace memory place, uint256 from, uint256 size) internal pure returns (Slice node, bytes32 valueHash) {
        unchecked {
            // Behind the longest header of the list there is the path, the value's header and the value.
            uint256 begin = MptRlp.allocate(size + 128);
            uint256 first = begin + 5;
            uint256 next = first;
            uint256 length = place.keyLength - place.depth;
            if (length > 1) MptRlp.storeByte(next++, 0x81 + (length >> 1));
            next = MptPath.writeHexPrefix(next, true, MptPath.skip(place.key, place.depth), length);
            bool isOwnItem = size == 1 && _byteAt(from) < 0x80;
            if (!isOwnItem) next = MptRlp.writeHeader(next, 0x80, size);
            assembly ("memory-safe") {
                calldatacopy(next, from, size)
                valueHash := keccak256(next, size)
            }
            uint256 content = next + size - first;
            uint256 headerLength = content <= 55 ? 1 : content < 0x100 ? 2 : content < 0x10000 ? 3 : 4;
            // A header is written up to a word long: keep what it overwrites.
            bytes32 kept = MptRlp.load(first);
            MptRlp.writeHeader(first - headerLength, 0xc0, content);
            MptRlp.store(first, kept);
            return (sliceOf(first - headerLength, headerLength + content), valueHash);
        }
    }

    function _byteAt(uint256 from) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := byte(0, calldataload(from))
        }
    }
}
