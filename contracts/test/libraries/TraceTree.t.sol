// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {VectorFile} from "../utils/VectorFile.sol";

/// @dev The trace tree against shared/machine/vectors/trace.json, which TypeScript's own tests read too, and against whole trees.
contract TraceTreeTest is VectorFile {
    function verifyLeaf(bytes32 root, bytes32 leaf, uint256 index, bytes32[] calldata siblings, uint256 depth)
        external
        pure
    {
        TraceTree.verifyLeaf(root, leaf, index, siblings, depth);
    }

    function verifyLastLeaf(bytes32 root, bytes32 leaf, bytes32[] calldata siblings, uint256 depth) external pure {
        TraceTree.verifyLastLeaf(root, leaf, siblings, depth);
    }

    function setUp() public {
        json = vm.readFile("shared/machine/vectors/trace.json");
    }

    function test_leaves_vectors_works() public view {
        bytes32[] memory states = words(".leaf.state");
        bytes32[] memory roots = words(".leaf.subRoot");
        bytes32[] memory segments = words(".leaf.segmentLeaf");
        bytes32[] memory blocks = words(".leaf.blockLeaf");
        assertEq(states.length, uintAt(".leaf.count"));
        for (uint256 i = 0; i < states.length; ++i) {
            assertEq(TraceTree.segmentLeaf(states[i], roots[i]), segments[i]);
            assertEq(TraceTree.blockLeaf(states[i], roots[i]), blocks[i]);
        }
    }

    function test_repeat_vectors_works() public view {
        bytes32 leaf = word(".repeat.leaf");
        bytes32[] memory roots = words(".repeat.root");
        assertEq(roots.length, TraceTree.STEP_DEPTH + 1);
        for (uint256 depth = 0; depth < roots.length; ++depth) {
            assertEq(TraceTree.repeat(leaf, depth), roots[depth]);
        }
    }

    /// @dev Every reveal, opening and leaf on the way to some steps of a whole trace.
    function test_walk_vectors_works() public view {
        uint256 count = uintAt(".walk.count");
        assertTrue(count > 5, "walks");
        for (uint256 i = 0; i < count; ++i) {
            walk(i);
        }
    }

    function walk(uint256 w) private view {
        string memory base = string.concat(".walk.w", vm.toString(w));
        bytes32 node = word(".trace.root");
        uint256[] memory place = uints(string.concat(base, ".place"));
        node = reveals(base, ".blocks", node, place[0], TraceTree.BLOCK_DEPTH);
        (bytes32 state, bytes32 segmentsRoot) = opening(base, ".block", node, true);
        if (place[0] > 0) {
            bytes32 leaf = TraceTree.blockLeaf(
                word(string.concat(base, ".block.previousState")), word(string.concat(base, ".block.previousRoot"))
            );
            this.verifyLeaf(
                word(".trace.root"),
                leaf,
                place[0] - 1,
                words(string.concat(base, ".block.previousSiblings")),
                TraceTree.BLOCK_DEPTH
            );
        }
        node = reveals(base, ".segments", segmentsRoot, place[1], TraceTree.SEGMENT_DEPTH);
        bytes32 stepsRoot;
        (state, stepsRoot) = opening(base, ".segment", node, false);
        if (place[1] > 0) {
            bytes32 leaf = TraceTree.segmentLeaf(
                word(string.concat(base, ".segment.previousState")), word(string.concat(base, ".segment.previousRoot"))
            );
            this.verifyLeaf(
                segmentsRoot,
                leaf,
                place[1] - 1,
                words(string.concat(base, ".segment.previousSiblings")),
                TraceTree.SEGMENT_DEPTH
            );
        }
        node = reveals(base, ".steps", stepsRoot, place[2], TraceTree.STEP_DEPTH);
        assertEq(node, word(string.concat(base, ".state")), "state");
        this.verifyLeaf(stepsRoot, node, place[2], words(string.concat(base, ".siblings")), TraceTree.STEP_DEPTH);
    }

    /// @dev Goes down `depth` levels from `node` to leaf `index`, 16 nodes at a time.
    function reveals(string memory base, string memory level, bytes32 node, uint256 index, uint256 depth)
        private
        view
        returns (bytes32)
    {
        bytes32[] memory revealed = words(string.concat(base, level));
        assertEq(revealed.length, 4 * depth);
        for (uint256 i = 0; i < depth / 4; ++i) {
            bytes32[16] memory nodes;
            for (uint256 j = 0; j < 16; ++j) {
                nodes[j] = revealed[16 * i + j];
            }
            assertEq(TraceTree.fold(nodes), node, "fold");
            node = nodes[(index >> (depth - 4 * i - 4)) & 15];
        }
        return node;
    }

    /// @dev Opens the leaf of a block or segment.
    function opening(string memory base, string memory level, bytes32 leaf, bool isBlock)
        private
        view
        returns (bytes32 stateAfter, bytes32 subRoot)
    {
        string memory key = string.concat(base, level);
        stateAfter = word(string.concat(key, ".stateAfter"));
        subRoot = word(string.concat(key, ".subRoot"));
        assertEq(
            isBlock ? TraceTree.blockLeaf(stateAfter, subRoot) : TraceTree.segmentLeaf(stateAfter, subRoot),
            leaf,
            "opening"
        );
        bytes32 lastLeaf =
            isBlock ? TraceTree.segmentLeaf(stateAfter, word(string.concat(key, ".lastRoot"))) : stateAfter;
        this.verifyLastLeaf(
            subRoot,
            lastLeaf,
            words(string.concat(key, ".lastSiblings")),
            isBlock ? TraceTree.SEGMENT_DEPTH : TraceTree.STEP_DEPTH
        );
    }

    function test_lastBlock_vectors_works() public view {
        bytes32 leaf = TraceTree.blockLeaf(word(".trace.endState"), word(".trace.lastRoot"));
        this.verifyLastLeaf(word(".trace.root"), leaf, words(".trace.lastSiblings"), TraceTree.BLOCK_DEPTH);
    }

    /// @dev Gas of what a duel asks for, without calldata; that of verifyLeaf with an external call.
    function test_gas_snapshot() public {
        bytes32[16] memory nodes;
        for (uint256 i = 0; i < 16; ++i) {
            nodes[i] = bytes32(i);
        }
        uint256 before = gasleft();
        bytes32 node = TraceTree.fold(nodes);
        vm.snapshotValue("TraceTree", "fold", before - gasleft());
        assertEq(node, NaiveTree.root(listOf(nodes), 4));
        string memory base = ".walk.w1";
        bytes32[] memory siblings = words(string.concat(base, ".siblings"));
        bytes32 root = word(string.concat(base, ".segment.subRoot"));
        bytes32 leaf = word(string.concat(base, ".state"));
        uint256 index = uints(string.concat(base, ".place"))[2];
        before = gasleft();
        this.verifyLeaf(root, leaf, index, siblings, TraceTree.STEP_DEPTH);
        vm.snapshotValue("TraceTree", "verifyLeaf, 24 levels", before - gasleft());
        before = gasleft();
        TraceTree.repeat(leaf, TraceTree.STEP_DEPTH);
        vm.snapshotValue("TraceTree", "repeat, 24 levels", before - gasleft());
    }

    function listOf(bytes32[16] memory nodes) private pure returns (bytes32[] memory copy) {
        copy = new bytes32[](16);
        for (uint256 i = 0; i < 16; ++i) {
            copy[i] = nodes[i];
        }
    }

    function testFuzz_fold_sixteenNodes_works(bytes32[16] calldata nodes) public pure {
        assertEq(TraceTree.fold(nodes), NaiveTree.root(listOf(nodes), 4));
    }

    function testFuzz_repeat_wholeTree_works(bytes32 leaf, uint256 depth) public pure {
        depth = bound(depth, 0, 7);
        bytes32[] memory list = new bytes32[](1 << depth);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = leaf;
        }
        assertEq(TraceTree.repeat(leaf, depth), NaiveTree.root(list, depth));
    }

    function testFuzz_verifyLeaf_anyLeaf_works(bytes32[32] calldata leaves, uint256 index) public view {
        index = bound(index, 0, 31);
        (bytes32 root, bytes32[] memory siblings) = tree(leaves, index);
        this.verifyLeaf(root, leaves[index], index, siblings, 5);
        if (index == 31) this.verifyLastLeaf(root, leaves[index], siblings, 5);
    }

    function testFuzz_verifyLeaf_oneBitFlipped_reverts(
        bytes32[32] calldata leaves,
        uint256 index,
        uint256 what,
        uint256 bit
    ) public {
        index = bound(index, 0, 31);
        what = bound(what, 0, 5);
        bytes32 flip = bytes32(uint256(1) << bound(bit, 0, 255));
        (bytes32 root, bytes32[] memory siblings) = tree(leaves, index);
        bytes32 leaf = leaves[index];
        if (what == 5) leaf ^= flip;
        else siblings[what] ^= flip;
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        this.verifyLeaf(root, leaf, index, siblings, 5);
    }

    function testFuzz_verifyLeaf_otherIndex_reverts(bytes32[32] calldata leaves, uint256 index, uint256 other) public {
        index = bound(index, 0, 31);
        other = bound(other, 0, 31);
        vm.assume(other != index);
        (bytes32 root, bytes32[] memory siblings) = tree(leaves, index);
        vm.assume(!sameWay(siblings, leaves[index], index, other));
        vm.expectPartialRevert(TraceTree.WrongLeaf.selector);
        this.verifyLeaf(root, leaves[index], other, siblings, 5);
    }

    function testFuzz_verifyLeaf_indexOutside_reverts(bytes32[32] calldata leaves, uint256 index) public {
        index = bound(index, 32, type(uint256).max);
        (bytes32 root, bytes32[] memory siblings) = tree(leaves, index % 32);
        vm.expectRevert(abi.encodeWithSelector(TraceTree.BadLeafIndex.selector, index, 5));
        this.verifyLeaf(root, leaves[index % 32], index, siblings, 5);
    }

    function testFuzz_verifyLeaf_otherLength_reverts(bytes32 root, bytes32[] calldata siblings, uint256 depth) public {
        depth = bound(depth, 0, 48);
        vm.assume(depth != siblings.length);
        vm.expectRevert(abi.encodeWithSelector(TraceTree.ProofLength.selector, depth, siblings.length));
        this.verifyLeaf(root, root, 0, siblings, depth);
    }

    function tree(bytes32[32] calldata leaves, uint256 index)
        private
        pure
        returns (bytes32 root, bytes32[] memory siblings)
    {
        bytes32[] memory list = new bytes32[](32);
        for (uint256 i = 0; i < 32; ++i) {
            list[i] = leaves[i];
        }
        return (NaiveTree.root(list, 5), NaiveTree.proof(list, index, 5));
    }

    /// @dev Whether both indexes lead to one root: where they differ, both children are equal.
    function sameWay(bytes32[] memory siblings, bytes32 leaf, uint256 index, uint256 other)
        private
        pure
        returns (bool)
    {
        bytes32 current = leaf;
        for (uint256 height = 0; height < siblings.length; ++height) {
            bool isRight = (index >> height) & 1 == 1;
            if (isRight != ((other >> height) & 1 == 1) && siblings[height] != current) return false;
            current = isRight ? NaiveTree.node(siblings[height], current) : NaiveTree.node(current, siblings[height]);
        }
        return true;
    }
}
