// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PrecompileVectors} from "./PrecompileVectors.sol";

/// @dev Gas of the price formulas and of the dearest calls, without calldata, as a snapshot.
/// forge-config: default.evm_version = "osaka"
contract PrecompilesGasTest is PrecompileVectors {
    function test_gas_snapshot() public {
        _record("sha256, 98,304 bytes", 0x02, new bytes(98_304));
        _record("ripemd160, 98,304 bytes", 0x03, new bytes(98_304));
        _record("modexp, 1,024 bytes", 0x05, _modexp(1_024, 31, 0x0f));
        _record("modexp, exponent of 1,024 bytes", 0x05, _modexp(120, 1_024, 0xff));
        _record("bn254 pairing, 233 pairs", 0x08, new bytes(192 * 233));
        _record("blake2f, 8,000,000 rounds", 0x09, abi.encodePacked(uint32(8_000_000), new bytes(208), uint8(1)));
        _record("bls12 G1 msm, 98,304 bytes", 0x0c, new bytes(160 * 614));
        _record("bls12 G2 msm, 98,304 bytes", 0x0e, new bytes(288 * 341));
        _record("bls12 pairing, 244 pairs", 0x0f, new bytes(384 * 244));
        _record("p256Verify", 0x100, new bytes(160));
    }

    function _record(string memory label, uint256 target, bytes memory input) private {
        uint256 price = harness.precompilePrice(target, input);
        assertTrue(price <= 8_000_000, label);
        uint256 gasOfPrice = harness.gasOfPrice(target, input);
        uint256 gasOfRun = harness.gasOfRun(target, input, price);
        vm.snapshotValue("Precompiles", string.concat(label, ": price"), gasOfPrice);
        vm.snapshotValue("Precompiles", string.concat(label, ": run"), gasOfRun);
        assertTrue(gasOfPrice < 6_000, label);
        assertTrue(gasOfRun < price + 6_000, label);
    }

    function _modexp(uint256 operands, uint256 exponent, uint8 first) private pure returns (bytes memory) {
        bytes memory ones = repeated(hex"ff", operands);
        bytes memory rest = repeated(hex"ff", exponent - 1);
        return abi.encodePacked(operands, exponent, operands, ones, first, rest, ones);
    }
}
