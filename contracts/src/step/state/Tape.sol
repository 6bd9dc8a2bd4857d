// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../mpt/MptProof.sol";

/// @title Reading a proof in order
/// @notice What is read is not yet authentic: the caller compares its hash with what the state commits to.
library Tape {
    /// @notice The proof ends before what must come next.
    error TapeTooShort(uint256 needed, uint256 left);
    /// @notice What the tape holds is not what the state commits to.
    error WrongPreimage(bytes32 expected, bytes32 actual);

    /// @notice Moves past `size` bytes; returns where they start in calldata.
    function skip(MptProof.Cursor memory tape, uint256 size) internal pure returns (uint256 start) {
        start = tape.next;
        uint256 left = tape.end - start;
        if (size > left) revert TapeTooShort(size, left);
        unchecked {
            tape.next = start + size;
        }
    }

    function takeWord(MptProof.Cursor memory tape) internal pure returns (uint256 word) {
        uint256 start = skip(tape, 32);
        assembly ("memory-safe") {
            word := calldataload(start)
        }
    }

    /// @notice A big-endian integer of `size` bytes, 1 to 32.
    function takeInteger(MptProof.Cursor memory tape, uint256 size) internal pure returns (uint256 value) {
        uint256 start = skip(tape, size);
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), calldataload(start))
        }
    }

    /// @notice `uint32 length ‖ bytes`: where the bytes are in calldata.
    function takeString(MptProof.Cursor memory tape) internal pure returns (uint256 start, uint256 size) {
        size = takeInteger(tape, 4);
        start = skip(tape, size);
    }

    /// @notice As `takeString`, copied to memory.
    function takeBytes(MptProof.Cursor memory tape) internal pure returns (bytes memory data) {
        (uint256 start, uint256 size) = takeString(tape);
        data = copy(start, size);
    }

    /// @notice Copies `size` bytes of calldata to memory.
    function copy(uint256 start, uint256 size) internal pure returns (bytes memory data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            mstore(data, size)
            let begin := add(data, 0x20)
            calldatacopy(begin, start, size)
            mstore(add(begin, size), 0)
            mstore(0x40, and(add(add(begin, size), 0x3f), not(0x1f)))
        }
    }

    /// @notice keccak256 of calldata, leaving memory as it was.
    function hash(uint256 start, uint256 size) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, start, size)
            result := keccak256(free, size)
        }
    }

    /// @notice Reads `count` words into memory at `to`.
    function takeWords(MptProof.Cursor memory tape, uint256 to, uint256 count) internal pure {
        uint256 start = skip(tape, count * 32);
        assembly ("memory-safe") {
            calldatacopy(to, start, shl(5, count))
        }
    }

    /// @notice Reverts unless the hashes are equal.
    function check(bytes32 expected, bytes32 actual) internal pure {
        if (expected != actual) revert WrongPreimage(expected, actual);
    }
}
