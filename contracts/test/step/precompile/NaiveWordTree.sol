// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";

/// @dev Word trees and range proofs as docs/protocol/machine.md defines them, level by level.
library NaiveWordTree {
    uint256 internal constant DEPTH = 17;

    function wordsOf(bytes memory data) internal pure returns (bytes32[] memory words) {
        words = new bytes32[]((data.length + 31) / 32);
        assembly ("memory-safe") {
            mcopy(add(words, 0x20), add(data, 0x20), mload(data))
        }
    }

    function root(bytes memory data) internal pure returns (bytes32) {
        bytes32[] memory level = wordsOf(data);
        bytes32 zero = 0;
        for (uint256 i = 0; i < DEPTH; ++i) (level, zero) = _up(level, zero);
        return level.length == 0 ? zero : level[0];
    }

    /// @dev The words that hold `size` bytes from `offset` on, and their range proof.
    function tape(bytes memory data, uint256 offset, uint256 size) internal pure returns (bytes memory) {
        if (size == 0) return "";
        bytes32[] memory level = wordsOf(data);
        (uint256 first, uint256 last) = (offset / 32, (offset + size - 1) / 32);
        bytes32[] memory touched = new bytes32[](last - first + 1);
        for (uint256 i = 0; i < touched.length; ++i) touched[i] = first + i < level.length ? level[first + i] : bytes32(0);
        bytes memory siblings;
        uint64 mask = 0;
        bytes32 zero = 0;
        for (uint256 height = 0; height < DEPTH; ++height) {
            if (first % 2 == 1) siblings = bytes.concat(siblings, level[first - 1]);
            if (last % 2 == 0 && last + 1 < level.length) siblings = bytes.concat(siblings, level[last + 1]);
            else if (last % 2 == 0) mask |= uint64(2 << (2 * height));
            (level, zero) = _up(level, zero);
            (first, last) = (first / 2, last / 2);
        }
        return bytes.concat(abi.encodePacked(touched), abi.encodePacked(mask), siblings);
    }

    function _up(bytes32[] memory level, bytes32 zero) private pure returns (bytes32[] memory next, bytes32 nextZero) {
        next = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < next.length; ++i) {
            bytes32 right = 2 * i + 1 < level.length ? level[2 * i + 1] : zero;
            next[i] = keccak256(abi.encode(Tags.NODE, level[2 * i], right));
        }
        nextZero = keccak256(abi.encode(Tags.NODE, zero, zero));
    }
}
