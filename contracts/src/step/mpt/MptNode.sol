// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptPath} from "./MptPath.sol";
import {MptRlp} from "./MptRlp.sol";
import {Slice, sliceOf} from "./Slice.sol";

enum Kind {
    Branch,
    Extension,
    Leaf
}

/// @dev A checked node in memory: address (32 bits), length (32), address of its item (32), length of its item (32), kind (8), children (8). The item is a leaf's
///      value, an extension's child, or a branch's child at the nibble asked for, each with its RLP header.
type Node is uint256;

using {begin, size, item, itemSize, kind, children} for Node global;

function begin(Node self) pure returns (uint256) {
    return uint32(Node.unwrap(self));
}

function size(Node self) pure returns (uint256) {
    return uint32(Node.unwrap(self) >> 32);
}

function item(Node self) pure returns (uint256) {
    return uint32(Node.unwrap(self) >> 64);
}

function itemSize(Node self) pure returns (uint256) {
    return uint32(Node.unwrap(self) >> 96);
}

function kind(Node self) pure returns (Kind) {
    return Kind(uint8(Node.unwrap(self) >> 128));
}

/// @dev Of a branch; 0 for others.
function children(Node self) pure returns (uint256) {
    return uint8(Node.unwrap(self) >> 136);
}

/// @title Nodes of the Merkle-Patricia trie (yellow paper, appendix D)
/// @notice Refuses everything but canonical nodes. Twin of shared/machine/src/trie/decode-node.ts.
library MptNode {
    /// @notice An item reaches beyond its list, or the list ends before 17 items.
    error ItemOutOfBounds(uint256 end, uint256 limit);
    /// @notice A leaf's value is empty or a list.
    error BadLeafValue();
    /// @notice A child is no hash, no node shorter than one, and not absent; or an extension's child is absent.
    error BadChild(uint256 prefix);
    /// @notice An extension without nibbles.
    error EmptyExtension();
    /// @notice A branch carries a value, or more than 17 items.
    error BranchValue();
    /// @notice A branch with fewer than two children.
    error BranchChildren(uint256 count);

    /// @notice Checks the node, which is a list of exactly its length, and finds its item; `nibble` chooses it in a branch. `path` and `pathLength` are 0 for a branch.
    function decode(Slice node, uint256 nibble) internal pure returns (Node, bytes32 path, uint256 pathLength) {
        unchecked {
            uint256 first = MptRlp.listContent(node.start());
            uint256 end = node.start() + node.length();
            uint256 prefix = uint256(MptRlp.load(first)) >> 248;
            // A path is neither empty nor a list, and a child is no string but of 32 bytes or none: only these first items may be either.
            if (prefix != 0x80 && prefix < 0xc0) {
                uint256 second = first + (prefix < 0x80 ? 1 : prefix - 0x7f);
                if (_end(second, end) == end) return _decodeShort(node, first, second, end);
            }
            return (_decodeBranch(node, first, end, nibble), 0, 0);
        }
    }

    /// @notice The only child of a branch of two beside the one at `nibble`, and its nibble.
    function otherChild(Node branch, uint256 nibble) internal pure returns (Slice child, uint256 other) {
        unchecked {
            uint256 next = MptRlp.listContent(branch.begin());
            for (other = 0; other < 16; ++other) {
                uint256 length = _childLength(next);
                if (length != 1 && other != nibble) return (sliceOf(next, length), other);
                next += length;
            }
            revert BranchChildren(1);
        }
    }

    function _decodeShort(Slice node, uint256 first, uint256 second, uint256 end) private pure returns (Node, bytes32 path, uint256 pathLength) {
        unchecked {
            bool isLeaf;
            (isLeaf, path, pathLength) = MptPath.readHexPrefix(first, second);
            if (isLeaf) {
                uint256 prefix = uint256(MptRlp.load(second)) >> 248;
                if (prefix == 0x80 || prefix >= 0xc0) revert BadLeafValue();
            } else {
                if (pathLength == 0) revert EmptyExtension();
                if (_childLength(second) == 1) revert BadChild(0x80);
            }
            return (_pack(node, sliceOf(second, end - second), isLeaf ? Kind.Leaf : Kind.Extension, 0), path, pathLength);
        }
    }

    function _decodeBranch(Slice node, uint256 first, uint256 end, uint256 nibble) private pure returns (Node) {
        unchecked {
            (uint256 chosen, uint256 before) = _skipChildren(first, end, nibble);
            uint256 chosenLength = _childLength(chosen);
            (uint256 next, uint256 count) = _skipChildren(chosen + chosenLength, end, 15 - nibble);
            if (next + 1 != end || uint256(MptRlp.load(next)) >> 248 != 0x80) revert BranchValue();
            count += before + (chosenLength == 1 ? 0 : 1);
            if (count < 2) revert BranchChildren(count);
            return _pack(node, sliceOf(chosen, chosenLength), Kind.Branch, count);
        }
    }

    /// @dev Where the item after `amount` children starts, which is before `end`, and how many of them are present.
    function _skipChildren(uint256 child, uint256 end, uint256 amount) private pure returns (uint256 next, uint256 count) {
        uint256 bad = 0;
        next = child;
        assembly ("memory-safe") {
            for {} amount { amount := sub(amount, 1) } {
                let prefix := byte(0, mload(next))
                switch prefix
                case 0x80 { next := add(next, 1) }
                default {
                    count := add(count, 1)
                    switch prefix
                    case 0xa0 { next := add(next, 33) }
                    default {
                        // 0xc1 to 0xde: a node of 2 to 31 bytes.
                        if gt(sub(prefix, 0xc1), 0x1d) {
                            bad := add(prefix, 1)
                            break
                        }
                        next := add(next, sub(prefix, 0xbf))
                    }
                }
            }
        }
        // What is behind the node is no item of it.
        if (next >= end) revert ItemOutOfBounds(next, end);
        if (bad != 0) revert BadChild(bad - 1);
    }

    /// @dev Bytes of a child with its header: 1 when absent, 33 for a hash, 2 to 31 for a node inside its parent.
    function _childLength(uint256 child) private pure returns (uint256) {
        unchecked {
            uint256 prefix = uint256(MptRlp.load(child)) >> 248;
            if (prefix == 0xa0) return 33;
            if (prefix == 0x80) return 1;
            if (prefix <= 0xc0 || prefix > 0xde) revert BadChild(prefix);
            return prefix - 0xbf;
        }
    }

    function _end(uint256 start, uint256 limit) private pure returns (uint256 end) {
        unchecked {
            if (start >= limit) revert ItemOutOfBounds(start, limit);
            (, uint256 headerLength, uint256 contentLength) = MptRlp.header(MptRlp.load(start));
            end = start + headerLength + contentLength;
            if (end > limit) revert ItemOutOfBounds(end, limit);
        }
    }

    function _pack(Slice node, Slice part, Kind which, uint256 count) private pure returns (Node) {
        unchecked {
            return Node.wrap(
                node.start() | (node.length() << 32) | (part.start() << 64) | (part.length() << 96) | (uint256(which) << 128) | (count << 136)
            );
        }
    }
}
