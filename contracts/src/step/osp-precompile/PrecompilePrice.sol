// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Bls12Price} from "./Bls12Price.sol";
import {ModexpPrice} from "./ModexpPrice.sol";

/// @title Gas of precompiles (Osaka) and the rollup's limits on them (docs/protocol/block.md)
/// @notice Twin of `precompilePrice` in shared/machine/src/step/osp-precompile/precompile.ts.
library PrecompilePrice {
    /// @notice No such precompile; the machine never asks for one.
    error NotPrecompile(uint256 address_);

    uint256 internal constant IDENTITY = 4;
    uint256 internal constant P256_VERIFY = 0x100;
    /// @notice Price above which a call fails, gas.
    uint256 internal constant MAX_PRECOMPILE_GAS = 8_000_000;
    /// @notice Input above which a call fails, bytes.
    uint256 internal constant MAX_PRECOMPILE_INPUT = 98_304;

    /// @notice Gas of a call, `type(uint256).max` above the limits; identity has none. Reverts with `NotPrecompile`.
    function precompilePrice(uint256 address_, bytes memory input) internal pure returns (uint256 price) {
        if (address_ == IDENTITY) return identityPrice(input.length);
        if (input.length > MAX_PRECOMPILE_INPUT) return type(uint256).max;
        price = _price(address_, input);
        if (price > MAX_PRECOMPILE_GAS) return type(uint256).max;
    }

    /// @notice Gas of copying `length` bytes with identity.
    function identityPrice(uint256 length) internal pure returns (uint256) {
        return 15 + 3 * _words(length);
    }

    function _price(uint256 address_, bytes memory input) private pure returns (uint256) {
        uint256 length = input.length;
        if (address_ == 0x01) return 3_000;
        if (address_ == 0x02) return 60 + 12 * _words(length);
        if (address_ == 0x03) return 600 + 120 * _words(length);
        if (address_ == 0x05) return ModexpPrice.modexpPrice(input);
        if (address_ == 0x06) return 150;
        if (address_ == 0x07) return 6_000;
        if (address_ == 0x08) return 45_000 + 34_000 * (length / 192);
        if (address_ == 0x09) return _blake2fPrice(input);
        if (address_ == 0x0a) return 50_000;
        if (address_ == 0x0b) return 375;
        if (address_ == 0x0c) return Bls12Price.g1MsmPrice(length / 160);
        if (address_ == 0x0d) return 600;
        if (address_ == 0x0e) return Bls12Price.g2MsmPrice(length / 288);
        if (address_ == 0x0f) return 37_700 + 32_600 * (length / 384);
        if (address_ == 0x10) return 5_500;
        if (address_ == 0x11) return 23_800;
        if (address_ == P256_VERIFY) return 6_900;
        revert NotPrecompile(address_);
    }

    /// @dev EIP-152: a gas a round; any other length fails for nothing.
    function _blake2fPrice(bytes memory input) private pure returns (uint256) {
        return input.length == 213 ? ModexpPrice.loadPadded(input, 0) >> 224 : 0;
    }

    function _words(uint256 length) private pure returns (uint256) {
        return (length + 31) / 32;
    }
}
