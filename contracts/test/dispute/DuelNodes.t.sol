// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DuelNodes} from "../../src/dispute/DuelNodes.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Test} from "../utils/Test.sol";

/// @dev Against the naive tree and `TraceTree.fold`.
contract DuelNodesTest is Test {
    function fold(bytes32[16] calldata children) external pure returns (bytes32) {
        return DuelNodes.fold(children);
    }

    function foldMixed(bytes32[16] calldata prefix, bytes32[] calldata suffix) external pure returns (bytes32) {
        return DuelNodes.foldMixed(prefix, suffix);
    }

    function testFuzz_fold_matchesTheTree_works(bytes32[16] memory children) public view {
        bytes32[] memory leaves = new bytes32[](16);
        for (uint256 k = 0; k < 16; ++k) leaves[k] = children[k];
        bytes32 expected = NaiveTree.root(leaves, 4);
        assertEq(this.fold(children), expected);
        assertEq(TraceTree.fold(children), expected);
    }

    function testFuzz_foldMixed_takesTheSuffix_works(bytes32[16] memory mine, bytes32[16] memory theirs, uint8 index) public view {
        uint256 j = index % 16;
        bytes32[] memory suffix = new bytes32[](16 - j);
        bytes32[16] memory mixed;
        for (uint256 k = 0; k < 16; ++k) {
            mixed[k] = k < j ? mine[k] : theirs[k];
            if (k >= j) suffix[k - j] = theirs[k];
        }
        assertEq(this.foldMixed(mine, suffix), this.fold(mixed));
    }
}
