// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RunPrecompile} from "../../../src/step/osp-precompile/RunPrecompile.sol";
import {Test} from "../../utils/Test.sol";
import {PrecompileHarness} from "./PrecompileHarness.sol";

/// @dev What the caller's gas does to a call: it never changes the answer, and a failure takes the price alone.
/// forge-config: default.evm_version = "osaka"
contract RunPrecompileTest is Test {
    PrecompileHarness private harness = new PrecompileHarness();

    uint256 private constant MAX_ROUNDS = 8_000_000;

    function test_runPrecompile_failing_takesThePriceAlone() public view {
        uint256 used = harness.gasOfRun(9, _blake2f(MAX_ROUNDS, 2), MAX_ROUNDS);
        assertTrue(used >= MAX_ROUNDS && used < MAX_ROUNDS + 5_000);
        (bool success, bytes memory output) = harness.runPrecompile(9, _blake2f(MAX_ROUNDS, 2), MAX_ROUNDS);
        assertTrue(!success);
        assertEq(output.length, 0);
    }

    function test_runPrecompile_littleGas_reverts() public view {
        bytes memory call = abi.encodeCall(harness.runPrecompile, (9, _blake2f(1_000_000, 1), 1_000_000));
        (bool success, bytes memory data) = address(harness).staticcall{gas: 1_200_000}(call);
        assertTrue(!success);
        assertEq(data.length, 68);
        (bytes4 selector, uint256 left, uint256 needed) = _decode(data);
        assertEq(bytes32(selector), bytes32(RunPrecompile.GasTooLow.selector));
        assertEq(needed, 1_215_873);
        assertTrue(left < needed && left > 1_150_000);
    }

    /// @dev Either the call is refused or the precompile gets its whole price.
    function testFuzz_runPrecompile_anyGas_refusesOrSucceeds(uint256 gas, uint256 rounds) public view {
        rounds = bound(rounds, 0, 300_000);
        gas = bound(gas, rounds + 150_000, rounds + rounds / 60 + 260_000);
        bytes memory call = abi.encodeCall(harness.runPrecompile, (9, _blake2f(rounds, 1), rounds));
        (bool done, bytes memory data) = address(harness).staticcall{gas: gas}(call);
        if (!done) {
            (bytes4 selector, uint256 left, uint256 needed) = _decode(data);
            assertEq(bytes32(selector), bytes32(RunPrecompile.GasTooLow.selector));
            assertTrue(left < needed);
            assertEq(needed, rounds * 64 / 63 + 200_000);
            return;
        }
        (bool success, bytes memory output) = abi.decode(data, (bool, bytes));
        assertTrue(success);
        assertEq(output.length, 64);
    }

    /// @dev What later memory holds is not disturbed by the output, and the other way around.
    function testFuzz_runPrecompile_output_isItsOwnMemory(bytes memory input) public view {
        (bool success, bytes memory first) = RunPrecompile.runPrecompile(4, input, 15 + 3 * ((input.length + 31) / 32));
        bytes memory behind = abi.encode(keccak256(input), input.length);
        (, bytes memory second) = RunPrecompile.runPrecompile(2, input, 60 + 12 * ((input.length + 31) / 32));
        assertTrue(success);
        assertEq(first, input);
        assertEq(behind, abi.encode(keccak256(input), input.length));
        assertEq(second, abi.encode(sha256(input)));
    }

    function _blake2f(uint256 rounds, uint8 last) private pure returns (bytes memory) {
        return abi.encodePacked(uint32(rounds), keccak256("blake"), new bytes(176), last);
    }

    function _decode(bytes memory data) private pure returns (bytes4 selector, uint256 left, uint256 needed) {
        assembly ("memory-safe") {
            selector := mload(add(data, 0x20))
            left := mload(add(data, 0x24))
            needed := mload(add(data, 0x44))
        }
    }
}
