// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {Machine} from "./Machine.sol";
import {Tape} from "./Tape.sol";

/// @title The stack of the running frame
/// @notice A hash chain, `H(stackWord, below, word)`, 0 when empty. An opcode opens as many words as it may touch. Twin of shared/machine/src/state/stack.ts.
library Stack {
    /// @notice The micro-op touches more words than were opened.
    error StackNotOpen(uint256 position, uint256 opened);

    /// @notice Opens the top `count` words, of which the stack has at least so many; the tape holds the deepest first.
    function openWords(Machine memory m, uint256 count) internal pure {
        if (count == 0) return;
        uint256[] memory words = new uint256[](count + 1);
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(words, 0x20)
        }
        bytes32 base = bytes32(Tape.takeWord(m.tape));
        Tape.takeWords(m.tape, begin, count);
        m.stack = words;
        m.stackTop = count;
        m.stackBase = base;
        bytes32 actual = close(m);
        Tape.check(m.f.stackHash, actual);
    }

    /// @notice Takes the top word.
    function pop(Machine memory m) internal pure returns (uint256 word) {
        if (m.stackTop == 0) revert StackNotOpen(1, 0);
        unchecked {
            word = m.stack[--m.stackTop];
            --m.f.sp;
        }
    }

    /// @notice Puts a word on top. The interpreter has checked that there is room.
    function push(Machine memory m, uint256 word) internal pure {
        if (m.stackTop == m.stack.length) _grow(m);
        unchecked {
            m.stack[m.stackTop++] = word;
            ++m.f.sp;
        }
    }

    /// @notice The word `depth` below the top.
    function peek(Machine memory m, uint256 depth) internal pure returns (uint256) {
        if (depth >= m.stackTop) revert StackNotOpen(depth + 1, m.stackTop);
        return m.stack[m.stackTop - 1 - depth];
    }

    /// @notice Replaces the word `depth` below the top.
    function poke(Machine memory m, uint256 depth, uint256 word) internal pure {
        if (depth >= m.stackTop) revert StackNotOpen(depth + 1, m.stackTop);
        m.stack[m.stackTop - 1 - depth] = word;
    }

    /// @notice Hash of the whole stack.
    function close(Machine memory m) internal pure returns (bytes32 hash) {
        hash = m.stackBase;
        uint256 count = m.stackTop;
        uint256[] memory words = m.stack;
        bytes32 tag = Tags.STACK_WORD;
        assembly ("memory-safe") {
            let preimage := mload(0x40)
            mstore(preimage, tag)
            let start := add(words, 0x20)
            for { let end := add(start, shl(5, count)) } lt(start, end) { start := add(start, 0x20) } {
                mstore(add(preimage, 0x20), hash)
                mstore(add(preimage, 0x40), mload(start))
                hash := keccak256(preimage, 0x60)
            }
        }
    }

    /// @dev Only frames that were opened without words come here; they push one.
    function _grow(Machine memory m) private pure {
        uint256[] memory words = new uint256[](m.stackTop + 2);
        for (uint256 i = 0; i < m.stackTop; ++i) words[i] = m.stack[i];
        m.stack = words;
    }
}
