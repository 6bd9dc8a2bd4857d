// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Price of modular exponentiation (EIP-198, EIP-7883)
/// @notice Twin of `modexp.price` in shared/machine/src/step/osp-precompile/modexp.ts.
library ModexpPrice {
    /// @dev Lengths from which on the price alone is above 2^39 gas, whatever the rest of the input is.
    uint256 private constant TOO_LONG = 1 << 32;

    /// @notice Gas of the call; `type(uint256).max` for operands of 2^32 bytes and more. Operands above EIP-7823's 1,024 bytes fail for other
    /// reasons: their price is that of the formula.
    function modexpPrice(bytes memory input) internal pure returns (uint256 price) {
        uint256 baseLength = loadPadded(input, 0);
        uint256 exponentLength = loadPadded(input, 32);
        uint256 operand = Math.max(baseLength, loadPadded(input, 64));
        if (operand >= TOO_LONG || exponentLength >= TOO_LONG) return type(uint256).max;
        uint256 complexity = operand <= 32 ? 16 : 2 * ((operand + 7) / 8) ** 2;
        return Math.max(500, complexity * _iterations(exponentLength, _exponentHead(input, baseLength, exponentLength)));
    }

    /// @notice The 32 bytes from `offset` on, zeros behind the end.
    function loadPadded(bytes memory input, uint256 offset) internal pure returns (uint256 word) {
        if (offset >= input.length) return 0;
        assembly ("memory-safe") {
            word := mload(add(add(input, 0x20), offset))
        }
        uint256 left = input.length - offset;
        if (left < 32) word = (word >> (256 - 8 * left)) << (256 - 8 * left);
    }

    /// @dev The first 32 bytes of the exponent, or all of it.
    function _exponentHead(bytes memory input, uint256 baseLength, uint256 exponentLength) private pure returns (uint256 head) {
        if (exponentLength == 0) return 0;
        head = loadPadded(input, 96 + baseLength);
        if (exponentLength < 32) head >>= 256 - 8 * exponentLength;
    }

    function _iterations(uint256 exponentLength, uint256 head) private pure returns (uint256) {
        uint256 rounds = Math.log2(head);
        if (exponentLength > 32) rounds += 16 * (exponentLength - 32);
        return Math.max(1, rounds);
    }
}
