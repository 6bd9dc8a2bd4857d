// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Base fee of a block (EIP-1559 with the chain's constants)
/// @notice Twin of shared/machine/src/step/osp-seal/base-fee.ts.
library BaseFee {
    /// @notice Base fee in wei after a block with this gas limit, gas used and base fee; never below `minBaseFee`.
    function nextBaseFee(uint256 gasLimit, uint256 gasUsed, uint256 current, uint256 elasticity, uint256 denominator, uint256 minBaseFee)
        internal
        pure
        returns (uint256 next)
    {
        uint256 target = gasLimit / elasticity;
        if (gasUsed == target) {
            next = current;
        } else if (gasUsed < target) {
            next = current - current * (target - gasUsed) / target / denominator;
        } else {
            uint256 rise = current * (gasUsed - target) / target / denominator;
            next = current + (rise == 0 ? 1 : rise);
        }
        if (next < minBaseFee) next = minBaseFee;
    }
}
