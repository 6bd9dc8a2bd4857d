// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../src/libraries/Tags.sol";

/// @dev Reference for every tree of the protocol: fills the whole used part level by level, from docs/protocol/hashing.md alone.
library NaiveTree {
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.NODE, left, right));
    }

    function zero(uint256 height) internal pure returns (bytes32 hash) {
        for (uint256 i = 0; i < height; ++i) hash = node(hash, hash);
    }

    function root(bytes32[] memory leaves, uint256 depth) internal pure returns (bytes32) {
        bytes32[] memory level = leaves;
        for (uint256 height = 0; height < depth; ++height) level = parents(level, height);
        return level.length == 0 ? zero(depth) : level[0];
    }

    function proof(bytes32[] memory leaves, uint256 index, uint256 depth) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](depth);
        bytes32[] memory level = leaves;
        for (uint256 height = 0; height < depth; ++height) {
            uint256 sibling = index % 2 == 0 ? index + 1 : index - 1;
            siblings[height] = sibling < level.length ? level[sibling] : zero(height);
            level = parents(level, height);
            index /= 2;
        }
    }

    function parents(bytes32[] memory level, uint256 height) internal pure returns (bytes32[] memory up) {
        up = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < up.length; ++i) {
            up[i] = node(level[2 * i], 2 * i + 1 < level.length ? level[2 * i + 1] : zero(height));
        }
    }
}
