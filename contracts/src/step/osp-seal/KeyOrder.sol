// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptPath} from "../mpt/MptPath.sol";

/// @notice A leaf of an index trie, found from its position in key order and the number of leaves alone.
/// @param key        Nibbles of rlp(index), zeros behind.
/// @param keyLength  Their number.
/// @param next       Nibbles that the key shares with the next one; -1 for the last leaf.
/// @param depth      Nibbles of the key above the leaf.
struct LeafPlace {
    bytes32 key;
    uint256 keyLength;
    int256 next;
    uint256 depth;
}

/// @title Leaves of the transactions' and receipts' tries in the order of their keys
/// @notice Twin of shared/machine/src/step/osp-seal/key-order.ts.
library KeyOrder {
    /// @notice A trie of `count` leaves has none at this position.
    error NoSuchLeaf(uint256 position, uint256 count);

    /// @dev Keys of one byte, rlp(1) to rlp(127), stand before rlp(0) = 0x80.
    uint256 private constant SINGLE_BYTES = 127;

    /// @notice Index of the leaf at `position` in key order, of `count` leaves: 1 ... 127, 0, 128 ....
    function indexAt(uint256 position, uint256 count) internal pure returns (uint256) {
        if (position >= count) revert NoSuchLeaf(position, count);
        unchecked {
            uint256 zero = count <= SINGLE_BYTES ? count - 1 : SINGLE_BYTES;
            if (position == zero) return 0;
            return position < zero ? position + 1 : position;
        }
    }

    /// @notice Where the leaf at `position` in key order stands among `count` leaves: one nibble below the longer of the prefixes shared with its neighbours.
    function leafPlace(uint256 position, uint256 count) internal pure returns (LeafPlace memory place) {
        (place.key, place.keyLength) = indexPath(indexAt(position, count));
        unchecked {
            int256 before = position == 0 ? -1 : _shared(place, indexAt(position - 1, count));
            place.next = position == count - 1 ? -1 : _shared(place, indexAt(position + 1, count));
            place.depth = uint256((before > place.next ? before : place.next) + 1);
        }
    }

    /// @notice The nibbles of rlp(index), for an index below 65,536. Twin of `indexPath` in shared/machine/src/trie/index-trie.ts.
    function indexPath(uint256 index) internal pure returns (bytes32 key, uint256 length) {
        unchecked {
            if (index == 0) return (bytes32(uint256(0x80) << 248), 2);
            if (index < 0x80) return (bytes32(index << 248), 2);
            if (index < 0x100) return (bytes32((0x8100 | index) << 240), 4);
            return (bytes32((0x820000 | index) << 232), 6);
        }
    }

    function _shared(LeafPlace memory place, uint256 neighbour) private pure returns (int256) {
        (bytes32 key, uint256 length) = indexPath(neighbour);
        return int256(MptPath.commonPrefix(place.key, place.keyLength, key, length));
    }
}
