// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptBuild} from "../mpt/MptBuild.sol";
import {MptPath} from "../mpt/MptPath.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {MptRlp} from "../mpt/MptRlp.sol";
import {Slice, sliceOf} from "../mpt/Slice.sol";
import {Tape} from "../state/Tape.sol";
import {LeafPlace} from "./KeyOrder.sol";

/// @notice A branch that later leaves may still reach.
/// @param depth     Nibbles of the key above it.
/// @param present   One bit for each child that is there.
/// @param inlined   One bit for each child that stands in the branch, being shorter than 32 bytes.
/// @param children  Each its hash, or its bytes with zeros behind.
struct OpenBranch {
    int256 depth;
    uint256 present;
    uint256 inlined;
    bytes32[16] children;
}

/// @notice The branches on the way from the root to the last leaf that are not complete, the root's first; `count` of them are in use.
struct OpenTrieState {
    uint256 count;
    OpenBranch[6] branches;
}

/// @title Tries that are built leaf by leaf in key order
/// @notice docs/protocol/machine.md, Seal. Twin of shared/machine/src/step/osp-seal/open-trie.ts.
library OpenTrie {
    /// @notice More branches than keys of six nibbles can open, or at another depth.
    error NotAnOpenTrie(uint256 branches);

    /// @dev Branches at depths 0 to 5.
    uint256 private constant MAX_BRANCHES = 6;
    /// @dev Bytes of the largest open trie's words, tag included.
    uint256 private constant MAX_SIZE = 32 * (2 + 17 * MAX_BRANCHES);

    /// @notice Takes the open trie with this hash from the tape.
    function take(MptProof.Cursor memory tape, bytes32 expected) internal pure returns (OpenTrieState memory open) {
        unchecked {
            uint256 count = Tape.takeWord(tape);
            if (count > MAX_BRANCHES) revert NotAnOpenTrie(count);
            open.count = count;
            for (uint256 i = 0; i < count; ++i) {
                OpenBranch memory branch = open.branches[i];
                uint256 head = Tape.takeWord(tape);
                branch.depth = int256(head & 0xff);
                branch.present = (head >> 8) & 0xffff;
                branch.inlined = head >> 24;
                for (uint256 nibble = 0; nibble < 16; ++nibble) {
                    if ((branch.present >> nibble) & 1 == 1) branch.children[nibble] = bytes32(Tape.takeWord(tape));
                }
            }
            Tape.check(expected, hash(open));
        }
    }

    /// @notice `H(openTrie, words)`
    function hash(OpenTrieState memory open) internal pure returns (bytes32 result) {
        unchecked {
            uint256 begin = MptRlp.allocate(MAX_SIZE);
            MptRlp.store(begin, Tags.OPEN_TRIE);
            MptRlp.store(begin + 32, bytes32(open.count));
            uint256 next = begin + 64;
            for (uint256 i = 0; i < open.count; ++i) {
                OpenBranch memory branch = open.branches[i];
                MptRlp.store(next, bytes32(uint256(branch.depth) | (branch.present << 8) | (branch.inlined << 24)));
                next += 32;
                for (uint256 nibble = 0; nibble < 16; ++nibble) {
                    if ((branch.present >> nibble) & 1 == 0) continue;
                    MptRlp.store(next, branch.children[nibble]);
                    next += 32;
                }
            }
            return MptBuild.hash(sliceOf(begin, next - begin));
        }
    }

    /// @notice Hash of the trie before the first leaf.
    function emptyHash() internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.OPEN_TRIE, uint256(0)));
    }

    /// @notice Adds the next leaf in key order. Branches that the next key does not reach are complete: each becomes a child of the one above, which is
    ///         opened if the next key parts there, with an extension between if they are more than a nibble apart.
    /// @param ref        The leaf's hash, or its bytes with zeros behind if it is shorter than 32.
    /// @param isInlined  Whether it is.
    /// @return isWhole   Whether it was the last leaf; `open` is then of no use any more.
    /// @return root      The trie's root in this case.
    function addLeaf(OpenTrieState memory open, LeafPlace memory place, bytes32 ref, bool isInlined)
        internal
        pure
        returns (bool isWhole, bytes32 root)
    {
        unchecked {
            while (true) {
                int256 depth = _larger(_topDepth(open), place.next);
                if (depth < 0) return (true, isInlined ? _hashInlined(ref) : ref);
                if (depth > _topDepth(open)) open.branches[open.count++].depth = depth;
                OpenBranch memory branch = open.branches[open.count - 1];
                _setChild(branch, MptPath.nibbleAt(place.key, uint256(depth)), ref, isInlined);
                if (depth <= place.next) return (false, 0);
                --open.count;
                uint256 above = uint256(_larger(_topDepth(open), place.next) + 1);
                ref = _closeBranch(branch, MptPath.take(MptPath.skip(place.key, above), uint256(depth) - above), uint256(depth) - above);
                isInlined = false;
            }
        }
    }

    /// @notice How a parent refers to a node in memory.
    function refOf(Slice node) internal pure returns (bytes32 ref, bool isInlined) {
        if (node.length() >= 32) return (MptBuild.hash(node), false);
        return (MptPath.take(MptRlp.load(node.start()), 2 * node.length()), true);
    }

    /// @dev Depth of the deepest branch; -1 without any.
    function _topDepth(OpenTrieState memory open) private pure returns (int256) {
        unchecked {
            return open.count == 0 ? -1 : open.branches[open.count - 1].depth;
        }
    }

    function _setChild(OpenBranch memory branch, uint256 nibble, bytes32 ref, bool isInlined) private pure {
        branch.present |= 1 << nibble;
        if (isInlined) branch.inlined |= 1 << nibble;
        branch.children[nibble] = ref;
    }

    /// @dev Hash of the branch, or of the extension above it; both are longer than 31 bytes. Leaves the branch as new.
    function _closeBranch(OpenBranch memory branch, bytes32 path, uint256 pathLength) private pure returns (bytes32) {
        unchecked {
            // 16 children of up to 33 bytes, the value, and the header.
            uint256 content = MptRlp.allocate(16 * 33 + 64);
            uint256 next = content;
            for (uint256 nibble = 0; nibble < 16; ++nibble) next = _writeChild(next, branch, nibble);
            MptRlp.storeByte(next++, 0x80);
            uint256 size = next - content;
            uint256 begin = MptRlp.allocate(size + 37);
            uint256 end = MptRlp.writeHeader(begin, 0xc0, size);
            assembly ("memory-safe") {
                mcopy(end, content, size)
            }
            bytes32 ref = MptBuild.hash(sliceOf(begin, end + size - begin));
            (branch.present, branch.inlined) = (0, 0);
            if (pathLength == 0) return ref;
            uint256 child = MptRlp.allocate(64);
            MptRlp.storeByte(child, 0xa0);
            MptRlp.store(child + 1, ref);
            return MptBuild.hash(MptBuild.shortNode(false, path, pathLength, sliceOf(child, 33)));
        }
    }

    function _writeChild(uint256 to, OpenBranch memory branch, uint256 nibble) private pure returns (uint256) {
        unchecked {
            if ((branch.present >> nibble) & 1 == 0) {
                MptRlp.storeByte(to, 0x80);
                return to + 1;
            }
            bytes32 child = branch.children[nibble];
            if ((branch.inlined >> nibble) & 1 == 0) {
                MptRlp.storeByte(to, 0xa0);
                MptRlp.store(to + 1, child);
                return to + 33;
            }
            MptRlp.store(to, child);
            return to + _inlinedSize(child);
        }
    }

    /// @dev Bytes of a node that stands in a word: a list of less than 31 bytes, with its header.
    function _inlinedSize(bytes32 node) private pure returns (uint256) {
        unchecked {
            return (uint256(node) >> 248) - 0xbf;
        }
    }

    function _hashInlined(bytes32 node) private pure returns (bytes32 result) {
        uint256 size = _inlinedSize(node);
        assembly ("memory-safe") {
            mstore(0, node)
            result := keccak256(0, size)
        }
    }

    function _larger(int256 left, int256 right) private pure returns (int256) {
        return left > right ? left : right;
    }
}
