// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {Stack} from "../state/Stack.sol";

/// @title Arithmetic opcodes
/// @notice The L1's own opcodes of the same names do the work. Twin of shared/machine/src/step/osp-alu/arithmetic.ts.
library Arithmetic {
    using Stack for Machine;

    function add(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        unchecked {
            m.push(a + b);
        }
    }

    function mul(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        unchecked {
            m.push(a * b);
        }
    }

    function sub(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        unchecked {
            m.push(a - b);
        }
    }

    function div(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := div(a, b)
        }
        m.push(result);
    }

    function sdiv(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := sdiv(a, b)
        }
        m.push(result);
    }

    function mod(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := mod(a, b)
        }
        m.push(result);
    }

    function smod(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := smod(a, b)
        }
        m.push(result);
    }

    function addMod(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 n = m.pop();
        uint256 result;
        assembly ("memory-safe") {
            result := addmod(a, b, n)
        }
        m.push(result);
    }

    function mulMod(Machine memory m) internal pure {
        (uint256 a, uint256 b) = _two(m);
        uint256 n = m.pop();
        uint256 result;
        assembly ("memory-safe") {
            result := mulmod(a, b, n)
        }
        m.push(result);
    }

    /// @notice 50 gas for each byte of the exponent (EIP-160).
    function exp(Machine memory m) internal pure {
        (uint256 base, uint256 exponent) = _two(m);
        uint256 size = 0;
        for (uint256 rest = exponent; rest != 0; rest >>= 8) ++size;
        if (!Memory.charge(m, 50 * size)) {
            Halt.halt(m);
            return;
        }
        uint256 result;
        assembly ("memory-safe") {
            result := exp(base, exponent)
        }
        m.push(result);
    }

    function signExtend(Machine memory m) internal pure {
        (uint256 size, uint256 word) = _two(m);
        uint256 result;
        assembly ("memory-safe") {
            result := signextend(size, word)
        }
        m.push(result);
    }

    function _two(Machine memory m) private pure returns (uint256 a, uint256 b) {
        a = m.pop();
        b = m.pop();
    }
}
