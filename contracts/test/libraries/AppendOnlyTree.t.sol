// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Test} from "../utils/Test.sol";

contract AppendOnlyTreeTest is Test {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    AppendOnlyTree.Tree private tree;

    function append(bytes32 leaf) external returns (uint64) {
        return tree.append(leaf);
    }

    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata siblings) external pure returns (bytes32) {
        return AppendOnlyTree.rootOf(leaf, index, siblings);
    }

    function _leaves(uint256 count, uint256 seed) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) leaves[i] = keccak256(abi.encode(seed, i));
    }

    function test_root_empty_works() public view {
        assertEq(tree.root(), NaiveTree.zero(32));
    }

    function test_append_everyCountTo130_works() public {
        for (uint256 count = 1; count <= 130; ++count) {
            bytes32[] memory leaves = _leaves(count, 1);
            assertEq(tree.append(leaves[count - 1]), count - 1);
            assertEq(tree.root(), NaiveTree.root(leaves, 32));
        }
    }

    function testFuzz_rootOf_everyLeaf_works(uint256 count, uint256 index, uint256 seed) public {
        bytes32[] memory leaves = _leaves(bound(count, 1, 70), seed);
        for (uint256 i = 0; i < leaves.length; ++i) tree.append(leaves[i]);
        index = bound(index, 0, leaves.length - 1);
        bytes32[] memory siblings = NaiveTree.proof(leaves, index, 32);
        assertEq(this.rootOf(leaves[index], index, siblings), tree.root());
        assertTrue(this.rootOf(leaves[index], index ^ (1 << (seed % 32)), siblings) != tree.root(), "other index");
        siblings[seed % 32] = ~siblings[seed % 32];
        assertTrue(this.rootOf(leaves[index], index, siblings) != tree.root(), "other sibling");
    }

    function testFuzz_append_atAnyCount_works(uint32 count) public {
        // The frontier of a tree of `count` equal subtrees: all leaves zero, so that its root is known.
        count = uint32(bound(count, 0, type(uint32).max - 1));
        for (uint256 height = 0; height < 32; ++height) tree.frontier[height] = NaiveTree.zero(height);
        tree.count = count;
        assertEq(tree.root(), NaiveTree.zero(32));
        assertEq(tree.append(0), count);
        assertEq(tree.root(), NaiveTree.zero(32));
        bytes32[] memory path = new bytes32[](32);
        for (uint256 height = 0; height < 32; ++height) path[height] = NaiveTree.zero(height);
        if (count == type(uint32).max - 1) return;
        tree.append("leaf");
        assertEq(tree.root(), this.rootOf("leaf", uint256(count) + 1, path));
    }

    function test_append_full_reverts() public {
        tree.count = type(uint32).max;
        vm.expectRevert(AppendOnlyTree.TreeFull.selector);
        this.append("leaf");
    }
}
