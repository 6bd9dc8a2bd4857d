// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "./Machine.sol";
import {ByteSlice} from "./Sections.sol";
import {WordTree} from "./WordTree.sol";

/// @title Bytes under word trees
/// @notice Twin of shared/machine/src/state/bytes.ts.
library Bytes {
    /// @notice `size` bytes of the slice from `start` on, zeros beyond its end. Bytes inside it are on the tape with their proof.
    function readBytes(Machine memory m, ByteSlice memory slice, uint256 start, uint256 size) internal pure returns (bytes memory data) {
        uint256 given = start >= slice.length ? 0 : min(size, slice.length - start);
        if (given == 0) return new bytes(size);
        (uint256 words,) = takeBytes(m, slice.root, slice.offset + start, given);
        data = new bytes(size);
        uint256 from = words + ((slice.offset + start) & 31);
        assembly ("memory-safe") {
            mcopy(add(data, 0x20), from, given)
        }
    }

    /// @notice Takes the words that hold `size` > 0 bytes from `offset` on from the tape; they are at `words` in memory.
    function takeBytes(Machine memory m, bytes32 root, uint256 offset, uint256 size)
        internal
        pure
        returns (uint256 words, WordTree.Range memory range)
    {
        uint256 first = offset >> 5;
        uint256 last = (offset + size - 1) >> 5;
        return WordTree.takeRange(m.tape, root, first, last - first + 1, WordTree.DEPTH);
    }

    /// @notice The slice without its first `size` bytes; nothing, if it has no more.
    function skip(ByteSlice memory slice, uint256 size) internal pure returns (ByteSlice memory) {
        if (size >= slice.length) return none();
        return ByteSlice(slice.root, slice.offset + size, slice.length - size);
    }

    /// @notice The slice; nothing, if it is empty.
    function sliceOf(bytes32 root, uint256 offset, uint256 length) internal pure returns (ByteSlice memory) {
        return length == 0 ? none() : ByteSlice(root, offset, length);
    }

    function none() internal pure returns (ByteSlice memory) {
        return ByteSlice(0, 0, 0);
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
