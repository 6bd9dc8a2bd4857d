// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModexpPrice} from "../../../src/step/osp-precompile/ModexpPrice.sol";
import {PrecompilePrice} from "../../../src/step/osp-precompile/PrecompilePrice.sol";
import {PrecompileVectors} from "./PrecompileVectors.sol";

/// @dev Prices against L1's: a call gets along with the price and not with a gas less.
/// forge-config: default.evm_version = "osaka"
contract PrecompilePriceTest is PrecompileVectors {
    function test_precompilePrice_everyCountOfMsm_isL1s() public view {
        for (uint256 pairs = 1; pairs < 140; ++pairs) {
            _succeedsAtItsPriceOnly(0x0c, new bytes(160 * pairs));
            _succeedsAtItsPriceOnly(0x0e, new bytes(288 * pairs));
        }
        _succeedsAtItsPriceOnly(0x0c, new bytes(160 * 614));
        _succeedsAtItsPriceOnly(0x0e, new bytes(288 * 341));
    }

    function testFuzz_precompilePrice_modexp_isL1s(uint256 base, uint256 exponent, uint256 modulus, bytes memory body) public view {
        (base, exponent, modulus) = (_length(base), _length(exponent), _length(modulus));
        bytes memory input = abi.encodePacked(base, exponent, modulus, body);
        if (harness.precompilePrice(0x05, input) != type(uint256).max) _succeedsAtItsPriceOnly(0x05, input);
    }

    /// @dev The exponent's first word in any position, with any number of leading zeros.
    function testFuzz_precompilePrice_modexpHead_isL1s(uint256 base, uint256 exponent, uint256 head, uint8 zeros, uint16 cut) public view {
        (base, exponent) = (bound(base, 0, 100), bound(exponent, 0, 100));
        bytes memory input = abi.encodePacked(base, exponent, base, new bytes(base), head >> zeros, keccak256("more"));
        uint256 size = bound(cut, 96, input.length);
        assembly ("memory-safe") {
            mstore(input, size)
        }
        _succeedsAtItsPriceOnly(0x05, input);
    }

    function testFuzz_precompilePrice_hashes_isL1s(bytes memory input) public view {
        for (uint256 target = 2; target <= 4; ++target) _succeedsAtItsPriceOnly(target, input);
    }

    function testFuzz_precompilePrice_blake2f_isL1s(uint256 rounds) public view {
        rounds = bound(rounds, 1, 20_000);
        _succeedsAtItsPriceOnly(0x09, abi.encodePacked(uint32(rounds), new bytes(208), uint8(1)));
    }

    function testFuzz_precompilePrice_pairings_isL1s(uint256 pairs) public view {
        _succeedsAtItsPriceOnly(0x08, new bytes(192 * bound(pairs, 0, 233)));
        _succeedsAtItsPriceOnly(0x0f, new bytes(384 * bound(pairs, 1, 244)));
    }

    /// @dev What lies in memory behind the input is no part of it.
    function testFuzz_precompilePrice_dirtyMemoryBehind_isIgnored(bytes memory input, uint256 base, uint256 exponent, uint256 cut) public view {
        (base, exponent) = (bound(base, 0, 64), bound(exponent, 0, 64));
        bytes memory dirty = abi.encodePacked(base, exponent, base, input, repeated(hex"ff", 200));
        uint256 size = bound(cut, 60, dirty.length);
        assembly ("memory-safe") {
            mstore(dirty, size)
        }
        // Passed on as calldata and copied, it has zeros behind it.
        uint256 expected = harness.precompilePrice(0x05, dirty);
        assertEq(PrecompilePrice.precompilePrice(0x05, dirty), expected);
        for (uint256 offset = size - 40; offset < size + 5; ++offset) {
            bytes32 word = 0;
            for (uint256 i = offset; i < offset + 32 && i < size; ++i) word |= bytes32(dirty[i]) >> (8 * (i - offset));
            assertEq(bytes32(ModexpPrice.loadPadded(dirty, offset)), word);
        }
    }

    function test_precompilePrice_limits() public view {
        uint256[17] memory targets = [uint256(1), 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 0x100];
        bytes memory atLimit = new bytes(98_304);
        bytes memory above = new bytes(98_305);
        for (uint256 i = 0; i < targets.length; ++i) {
            assertEq(harness.precompilePrice(targets[i], above), type(uint256).max);
            bool isPairing = targets[i] == 8 || targets[i] == 15;
            assertEq(harness.precompilePrice(targets[i], atLimit) == type(uint256).max, isPairing);
        }
        assertEq(harness.precompilePrice(4, above), 15 + 3 * 3_073);
    }

    function test_precompilePrice_identity_hasNoLimit() public pure {
        assertEq(PrecompilePrice.identityPrice(91_917 * 32), 15 + 3 * 91_917);
        assertEq(PrecompilePrice.identityPrice(2_666_662 * 32), 8_000_001);
    }

    function testFuzz_precompilePrice_noPrecompile_reverts(uint256 target, bytes memory input) public {
        uint256[6] memory near = [uint256(0), 0x12, 0xff, 0x101, (1 << 160) | 1, (1 << 255) | 0x100];
        if (target % 4 == 0) target = near[(target >> 8) % 6];
        vm.assume(target == 0 || (target > 0x11 && target != 0x100));
        vm.expectRevert(abi.encodeWithSelector(PrecompilePrice.NotPrecompile.selector, target));
        harness.precompilePrice(target, input);
    }

    function _succeedsAtItsPriceOnly(uint256 target, bytes memory input) private view {
        uint256 price = harness.precompilePrice(target, input);
        (bool success,) = harness.runPrecompile(target, input, price);
        assertTrue(success, "price too low");
        (success,) = harness.runPrecompile(target, input, price - 1);
        assertTrue(!success, "price too high");
    }

    /// @dev Mostly short, all of them allowed.
    function _length(uint256 seed) private pure returns (uint256) {
        uint256[4] memory most = [uint256(40), 100, 300, 1_024];
        return (seed >> 8) % (most[seed % 4] + 1);
    }
}
