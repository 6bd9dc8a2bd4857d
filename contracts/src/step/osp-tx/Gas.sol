// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Gas that a transaction pays whatever it does
/// @notice Twin of shared/protocol/src/transaction/gas.ts.
library Gas {
    uint256 private constant BASE = 21_000;
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;

    /// @notice 21,000, calldata 4 and 16 (EIP-2028), creation 32,000 and 2 for each word of data (EIP-3860), access list 2,400 and 1,900 (EIP-2930), 25,000 for
    ///         each authorization (EIP-7702).
    /// @param zeros  Zero bytes among the `dataLength` bytes of data.
    function intrinsicGas(
        uint256 dataLength,
        uint256 zeros,
        bool isCreation,
        uint256 addressCount,
        uint256 keyCount,
        uint256 authorizationCount
    ) internal pure returns (uint256 gas) {
        unchecked {
            gas = BASE + 16 * dataLength - 12 * zeros;
            if (isCreation) gas += 32_000 + 2 * ((dataLength + 31) / 32);
            gas += 2_400 * addressCount + 1_900 * keyCount + 25_000 * authorizationCount;
        }
    }

    /// @notice 21,000 + 10 for each token, a byte other than zero being four (EIP-7623).
    function floorGas(uint256 dataLength, uint256 zeros) internal pure returns (uint256) {
        unchecked {
            return BASE + 40 * dataLength - 30 * zeros;
        }
    }

    /// @notice How many of `size` bytes from the address `begin` are zero.
    function zeroBytes(uint256 begin, uint256 size) internal pure returns (uint256 zeros) {
        assembly ("memory-safe") {
            let low := mul(ONES, 0x7f)
            let end := add(begin, size)
            for { let at := begin } lt(at, end) { at := add(at, 0x20) } {
                let word := mload(at)
                let left := sub(end, at)
                // Bytes behind the end count as others.
                if lt(left, 0x20) { word := or(word, shr(shl(3, left), not(0))) }
                // The high bit of each byte that is zero; carries do not leave their byte.
                let marks := not(or(or(add(and(word, low), low), word), low))
                zeros := add(zeros, shr(248, mul(shr(7, marks), ONES)))
            }
        }
    }
}
