// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Calls with a guaranteed amount of gas
/// @notice A CALL passes on at most 63/64 of the gas left after its own cost (EIP-150), so a caller that supplies too little gas could make
///         the inner call fail alone. The OP Stack's rule: `gas * 63 >= minGas * 64 + 63 * 40,000`.
library SafeCall {
    /// @dev Covers the dearest CALL (36,600 gas: cold, with value, to a new account) and what the caller does afterwards.
    uint256 internal constant OVERHEAD = 40_000;

    /// @notice Gas that must be left right before the call, so that the callee gets `minGas`; saturates.
    function gasNeeded(uint256 minGas) internal pure returns (uint256) {
        if (minGas > type(uint128).max) return type(uint256).max;
        return (minGas * 64 + 62) / 63 + OVERHEAD;
    }

    /// @notice Calls with all gas and copies no return data, so that the callee cannot make the caller pay for it.
    function call(address target, uint256 value, bytes memory data) internal returns (bool success) {
        assembly ("memory-safe") {
            success := call(gas(), target, value, add(data, 0x20), mload(data), 0, 0)
        }
    }
}
