// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Runs L1's own precompiles for the step machine
/// @notice Right as long as L1 runs Osaka: there precompile and price are the rollup's. A later L1 fork that changes a result or raises a
/// price is a case for the guardian, who puts another contract in place of the verifier's.
library RunPrecompile {
    /// @notice The call would get less gas than the precompile's price.
    error GasTooLow(uint256 left, uint256 needed);

    /// @notice Gas that has to be left beside the price, for what follows the call.
    uint256 internal constant GAS_RESERVE = 200_000;

    /// @notice Calls the precompile with exactly its price, so that one that fails takes no more and one that succeeds has enough.
    /// Reverts with `GasTooLow` where 63/64 of the gas left could be less than the price.
    /// @param price   gas, from `PrecompilePrice.precompilePrice`, not above its limit
    /// @return success  false where the precompile refuses its input
    /// @return output   what it returned, empty if it failed
    function runPrecompile(uint256 address_, bytes memory input, uint256 price) internal view returns (bool success, bytes memory output) {
        uint256 needed = (price * 64) / 63 + GAS_RESERVE;
        if (gasleft() < needed) revert GasTooLow(gasleft(), needed);
        assembly ("memory-safe") {
            success := staticcall(price, address_, add(input, 0x20), mload(input), 0, 0)
            output := mload(0x40)
            let size := mul(success, returndatasize())
            mstore(output, size)
            returndatacopy(add(output, 0x20), 0, size)
            mstore(0x40, and(add(add(output, 0x3f), size), not(0x1f)))
        }
    }
}
