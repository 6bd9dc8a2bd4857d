// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind, MptNode, Node} from "./MptNode.sol";
import {MptBuild} from "./MptBuild.sol";
import {MptPath} from "./MptPath.sol";
import {MptProof} from "./MptProof.sol";
import {Slice, sliceOf} from "./Slice.sol";

/// @title The way from the root to a key, and back
/// @notice Reads and writes walk the same nodes, so a read's proof is the beginning of every write's. Twin of `walk` in shared/machine/src/trie/prove.ts.
library MptWalk {
    /// @notice keccak256(rlp("")).
    bytes32 internal constant EMPTY_ROOT = 0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421;
    /// @dev Every node but the last takes at least one of 64 nibbles.
    uint256 internal constant MAX_NODES = 65;
    /// @dev Nibbles of a hashed key.
    uint256 internal constant SECURE_LENGTH = 64;

    /// @notice Keys have 1 to 64 nibbles, zeros behind them.
    error BadKey(bytes32 key, uint256 length);
    /// @notice The key ends before a key of the trie, or goes on behind one: prefix-free tries hold no such keys.
    error KeyIsPrefix(uint256 nibblesLeft);
    /// @notice In a trie of 64-nibble keys, a leaf ends elsewhere or an extension reaches the end.
    error PathLength(uint256 pathLength, uint256 nibblesLeft);
    /// @notice The child of an extension is not a branch.
    error ExtensionChild();

    enum Stop {
        EmptyTrie,
        EmptySlot,
        LeafDiffers,
        ExtensionDiffers,
        Found
    }

    /// @param stop        Why the walk ended.
    /// @param count       Nodes visited.
    /// @param depth       Nibbles of the key above the last node; for a branch with an empty slot, the slot's included.
    /// @param path        Path of the last node, if it is a leaf or an extension.
    /// @param pathLength  Its nibbles.
    /// @param shared      How many of them the key shares.
    /// @param nodes       The nodes visited, from the root.
    struct Walk {
        Stop stop;
        uint256 count;
        uint256 depth;
        bytes32 path;
        uint256 pathLength;
        uint256 shared;
        Node[MAX_NODES] nodes;
    }

    /// @notice Walks towards `key`, of `length` nibbles, below `root`; takes the nodes from the proof.
    function walk(bytes32 root, bytes32 key, uint256 length, MptProof.Cursor memory cursor) internal pure returns (Walk memory way) {
        unchecked {
            if (length == 0 || length > 64 || MptPath.take(key, length) != key) revert BadKey(key, length);
            if (root == EMPTY_ROOT) return way;
            Slice current = MptProof.takeNode(cursor, root);
            bool isBelowExtension = false;
            while (true) {
                (Node node, bytes32 path, uint256 pathLength) = MptNode.decode(current, MptPath.nibbleAt(key, way.depth));
                way.nodes[way.count++] = node;
                if (node.kind() == Kind.Branch) {
                    if (way.depth == length) revert KeyIsPrefix(0);
                    ++way.depth;
                    isBelowExtension = false;
                    if (node.itemSize() == 1) {
                        way.stop = Stop.EmptySlot;
                        return way;
                    }
                } else {
                    if (isBelowExtension) revert ExtensionChild();
                    isBelowExtension = true;
                    (way.path, way.pathLength) = (path, pathLength);
                    if (_endsAt(way, key, length, node.kind() == Kind.Leaf)) return way;
                    way.depth += pathLength;
                }
                current = MptProof.resolve(cursor, sliceOf(node.item(), node.itemSize()));
            }
        }
    }

    /// @dev Compares the key with the last node's path; false when the walk goes on below an extension.
    function _endsAt(Walk memory way, bytes32 key, uint256 length, bool isLeaf) private pure returns (bool) {
        unchecked {
            uint256 left = length - way.depth;
            uint256 pathLength = way.pathLength;
            if (length == SECURE_LENGTH && (isLeaf ? pathLength != left : pathLength >= left)) revert PathLength(pathLength, left);
            uint256 shared = MptPath.commonPrefix(way.path, pathLength, MptPath.skip(key, way.depth), left);
            way.shared = shared;
            if (isLeaf) {
                if (pathLength != left && (shared == pathLength || shared == left)) revert KeyIsPrefix(left);
                way.stop = shared == left ? Stop.Found : Stop.LeafDiffers;
                return true;
            }
            if (shared == left) revert KeyIsPrefix(left);
            way.stop = Stop.ExtensionDiffers;
            return shared < pathLength;
        }
    }

    /// @notice Root after the child of the `count`-th node became `child`, up through all nodes above.
    function climb(Walk memory way, uint256 count, Slice child) internal pure returns (bytes32 root) {
        unchecked {
            while (count > 0) child = MptBuild.replaceItem(way.nodes[--count], MptBuild.refOf(child));
            return MptBuild.hash(child);
        }
    }
}
