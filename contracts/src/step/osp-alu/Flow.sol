// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {Stack} from "../state/Stack.sol";

/// @title Jumps, PUSH, DUP, SWAP
/// @notice Twin of shared/machine/src/step/osp-alu/flow.ts.
library Flow {
    using Stack for Machine;

    function jump(Machine memory m) internal pure {
        _jumpTo(m, m.pop());
    }

    function jumpi(Machine memory m) internal pure {
        uint256 target = m.pop();
        if (m.pop() != 0) _jumpTo(m, target);
    }

    function pc(Machine memory m) internal pure {
        m.push(m.f.pc - 1);
    }

    function gas(Machine memory m) internal pure {
        m.push(m.f.gas);
    }

    /// @notice PUSH0 to PUSH32; bytes beyond the code are zero.
    function pushN(Machine memory m, uint256 size) internal pure {
        uint256 position = m.f.pc;
        uint256 left = position < m.codeLength ? m.codeLength - position : 0;
        uint256 given = left < size ? left : size;
        uint256 word = 0;
        if (given > 0) {
            uint256 from = m.codeStart + position;
            assembly ("memory-safe") {
                word := shr(sub(256, shl(3, given)), calldataload(from))
            }
            word <<= 8 * (size - given);
        }
        m.f.pc = position + size;
        m.push(word);
    }

    /// @notice DUP1 to DUP16.
    function dupN(Machine memory m, uint256 depth) internal pure {
        m.push(m.peek(depth - 1));
    }

    /// @notice SWAP1 to SWAP16.
    function swapN(Machine memory m, uint256 depth) internal pure {
        uint256 word = m.peek(depth);
        m.poke(depth, m.peek(0));
        m.poke(0, word);
    }

    function _jumpTo(Machine memory m, uint256 target) private pure {
        if (target >= m.codeLength || !_isJumpdest(m.codeStart, target)) Halt.halt(m);
        else m.f.pc = target;
    }

    /// @dev Scans the code from its start: a 0x5b is an instruction unless it stands in the data of a PUSH.
    function _isJumpdest(uint256 code, uint256 target) private pure returns (bool found) {
        assembly ("memory-safe") {
            let end := add(code, target)
            if eq(byte(0, calldataload(end)), 0x5b) {
                let next := code
                for {} lt(next, end) {} {
                    let op := byte(0, calldataload(next))
                    // Past a PUSH1 to PUSH32 (0x60 to 0x7f) goes its data as well.
                    next := add(next, add(1, mul(eq(shr(5, op), 3), sub(op, 0x5f))))
                }
                found := eq(next, end)
            }
        }
    }
}
