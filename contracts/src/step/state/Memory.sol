// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Bytes} from "./Bytes.sol";
import {Machine} from "./Machine.sol";
import {ByteSlice} from "./Sections.sol";
import {WordTree} from "./WordTree.sol";

/// @title Gas and memory of the running frame
/// @notice Twin of shared/machine/src/state/memory.ts.
library Memory {
    /// @dev No gas limit pays for memory up to here.
    uint256 private constant LIMIT = 2 ** 32;

    /// @notice Charges `gas`; false when there is not enough: the frame then halts, and what is left of its gas does not matter.
    function charge(Machine memory m, uint256 gas) internal pure returns (bool) {
        if (gas > m.f.gas) return false;
        unchecked {
            m.f.gas -= gas;
        }
        return true;
    }

    /// @notice Charges for and grows memory to hold `length` bytes from `offset`; false when gas does not suffice. No length touches nothing.
    function expand(Machine memory m, uint256 offset, uint256 length) internal pure returns (bool) {
        if (length == 0) return true;
        if (offset >= LIMIT || length >= LIMIT) return false;
        return expandTo(m, offset + length);
    }

    /// @notice As `expand`, to hold `end` bytes.
    function expandTo(Machine memory m, uint256 end) internal pure returns (bool) {
        uint256 words = (end + 31) / 32;
        if (words <= m.f.memWords) return true;
        if (!charge(m, _memoryGas(words) - _memoryGas(m.f.memWords))) return false;
        m.f.memWords = words;
        return true;
    }

    function _memoryGas(uint256 words) private pure returns (uint256) {
        return 3 * words + (words * words) / 512;
    }

    /// @notice The slice of memory for stack words `offset` and `length`, as it is now; nothing for no length, whatever the offset.
    function memorySlice(Machine memory m, uint256 offset, uint256 length) internal pure returns (ByteSlice memory) {
        return Bytes.sliceOf(m.f.memRoot, offset, length);
    }

    /// @notice `length` bytes from `offset` on, in memory that was grown before.
    function readMemory(Machine memory m, uint256 offset, uint256 length) internal pure returns (bytes memory) {
        return Bytes.readBytes(m, memorySlice(m, offset, length), 0, length);
    }

    /// @notice The word at `offset`.
    function loadWord(Machine memory m, uint256 offset) internal pure returns (uint256) {
        return uint256(bytes32(readMemory(m, offset, 32)));
    }

    /// @notice Writes a word at `offset`.
    function storeWord(Machine memory m, uint256 offset, uint256 word) internal pure {
        storeRange(m, offset, abi.encodePacked(word));
    }

    /// @notice Writes one byte.
    function storeByte(Machine memory m, uint256 offset, uint256 word) internal pure {
        storeRange(m, offset, abi.encodePacked(uint8(word)));
    }

    /// @notice Writes bytes, at least one, at `offset`. The old words are on the tape: what lies beside the bytes in the first and last word stays.
    function storeRange(Machine memory m, uint256 offset, bytes memory data) internal pure {
        m.f.memRoot = writeBytes(m, m.f.memRoot, offset, data);
    }

    /// @notice Root of the word tree after bytes, at least one, were written at `offset`.
    function writeBytes(Machine memory m, bytes32 root, uint256 offset, bytes memory data) internal pure returns (bytes32 newRoot) {
        (uint256 words, WordTree.Range memory range) = Bytes.takeBytes(m, root, offset, data.length);
        uint256 to = words + (offset & 31);
        assembly ("memory-safe") {
            mcopy(to, add(data, 0x20), mload(data))
        }
        (newRoot,) = WordTree.fold(range, words);
    }
}
