// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MachineFixture} from "./MachineFixture.sol";
import {NaiveWordTree} from "./NaiveWordTree.sol";
import {OspPrecompileFixture} from "./OspPrecompileFixture.sol";

/// @dev Gas of whole steps as a snapshot, and that none is beyond what a transaction on L1 may take: 12,000,000 gas, calldata at 16 gas a byte, or at
/// 64 if that is more (EIP-7976).
/// forge-config: default.evm_version = "osaka"
contract OspPrecompileGasTest is OspPrecompileFixture {
    using MachineFixture for MachineFixture.Words;

    uint256 private constant MAX_GAS = 12_000_000;
    uint256 private constant MAX_BYTES = 122_880;

    function test_gas_snapshot() public {
        _record("ecrecover", 0x01, new bytes(128));
        _record("sha256, 98,304 bytes", 0x02, new bytes(98_304));
        _record("ripemd160, 98,304 bytes", 0x03, new bytes(98_304));
        _record("modexp, 1,024 bytes", 0x05, _modexp(1_024, 31));
        _record("modexp, 98,304 bytes", 0x05, bytes.concat(_modexp(1_024, 31), new bytes(98_304 - 96 - 2_048 - 31)));
        _record("bn254 pairing, 233 pairs", 0x08, new bytes(192 * 233));
        _record("blake2f, 8,000,000 rounds", 0x09, abi.encodePacked(uint32(8_000_000), new bytes(208), uint8(1)));
        _record("bls12 G1 msm, 98,304 bytes", 0x0c, new bytes(160 * 614));
        _record("bls12 G2 msm, 98,304 bytes", 0x0e, new bytes(288 * 341));
        _record("bls12 pairing, 244 pairs", 0x0f, new bytes(384 * 244));
        _record("p256Verify", 0x100, new bytes(160));
        _record("identity, 98,304 bytes, begun", 0x04, new bytes(98_304));
    }

    function test_gas_identityChunk_snapshot() public {
        bytes memory source = repeated(hex"ab", 20_000);
        MachineFixture.Words memory m = machine();
        m.x[MachineFixture.X_OP] = bytes32(IDENTITY_CHUNK);
        m.x[MachineFixture.X_DST_OFF] = bytes32(uint256(8_192));
        m.x[MachineFixture.X_HASHER] = NaiveWordTree.root(repeated(hex"ab", 8_192));
        setSource(m, NaiveWordTree.root(source), 8_197, 10_000);
        bytes memory tape = NaiveWordTree.tape(source, 8_197, 2_048);
        tape = bytes.concat(tape, NaiveWordTree.tape(repeated(hex"ab", 8_192), 8_192, 2_048));
        _measure("identity, chunk", m, tape);
    }

    /// @dev The source begins and ends within words, amid others.
    function _record(string memory label, uint256 target, bytes memory input) private {
        bytes memory source = bytes.concat(repeated(hex"ab", 32 * 37 + 5), input, repeated(hex"cd", 100));
        uint256 offset = 32 * 37 + 5;
        uint256 price = harness.precompilePrice(target, input);
        assertTrue(price <= 8_000_000, label);
        MachineFixture.Words memory m = calling(target, source, offset, input.length, price);
        _measure(label, m, target == 4 ? bytes("") : NaiveWordTree.tape(source, offset, input.length));
    }

    function _measure(string memory label, MachineFixture.Words memory m, bytes memory tape) private {
        bytes memory data = abi.encodeCall(osp.step, (context(), m.hash(), bytes.concat(m.head(ALL), tape)));
        (address target, bool success, uint256 used) = (address(osp), false, 0);
        // Twice 1/64 stays with who calls the verifier, and the verifier.
        uint256 limit = ((MAX_GAS - 21_000 - 16 * data.length) * 63 * 63) / (64 * 64);
        // Nothing but the call: Solidity would copy its data first.
        assembly ("memory-safe") {
            used := gas()
            success := staticcall(limit, target, add(data, 0x20), mload(data), 0, 0)
            used := sub(used, gas())
        }
        assertTrue(success, label);
        vm.snapshotValue("OspPrecompile", string.concat(label, ": gas"), used);
        vm.snapshotValue("OspPrecompile", string.concat(label, ": bytes"), data.length);
        assertTrue(data.length <= MAX_BYTES, label);
        assertTrue(21_000 + used + 16 * data.length <= MAX_GAS && 21_000 + 64 * data.length <= MAX_GAS, label);
    }

    function _modexp(uint256 operands, uint256 exponent) private pure returns (bytes memory) {
        bytes memory ones = repeated(hex"ff", operands);
        return abi.encodePacked(operands, exponent, operands, ones, hex"0f", repeated(hex"ff", exponent - 1), ones);
    }
}
