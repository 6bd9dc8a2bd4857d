// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "../state/Machine.sol";
import {Stack} from "../state/Stack.sol";

/// @title Comparisons and bit operations
/// @notice Twin of shared/machine/src/step/osp-alu/bitwise.ts.
library Bitwise {
    using Stack for Machine;

    function lt(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a < b ? 1 : 0);
    }

    function gt(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a > b ? 1 : 0);
    }

    function slt(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(int256(a) < int256(b) ? 1 : 0);
    }

    function sgt(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(int256(a) > int256(b) ? 1 : 0);
    }

    function eq(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a == b ? 1 : 0);
    }

    function isZero(Machine memory m) internal pure {
        m.push(m.pop() == 0 ? 1 : 0);
    }

    function and(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a & b);
    }

    function or(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a | b);
    }

    function xor(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        m.push(a ^ b);
    }

    function not(Machine memory m) internal pure {
        m.push(~m.pop());
    }

    function byteAt(Machine memory m) internal pure {
        (uint256 position, uint256 word) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := byte(position, word)
        }
        m.push(result);
    }

    function shl(Machine memory m) internal pure {
        (uint256 shift, uint256 word) = _two(m);
        m.push(word << shift);
    }

    function shr(Machine memory m) internal pure {
        (uint256 shift, uint256 word) = _two(m);
        m.push(word >> shift);
    }

    function sar(Machine memory m) internal pure {
        (uint256 shift, uint256 word) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := sar(shift, word)
        }
        m.push(result);
    }

    /// @notice Leading zeros of a word (EIP-7939).
    function clz(Machine memory m) internal pure {
        uint256 word = m.pop();
        uint256 zeros = 256;
        for (; word != 0; word >>= 1) --zeros;
        m.push(zeros);
    }

    function _two(Machine memory m) private pure returns (uint256 a, uint256 b) {
        a = m.pop();
        b = m.pop();
    }
}
