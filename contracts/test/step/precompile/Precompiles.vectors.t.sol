// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PrecompileVectors} from "./PrecompileVectors.sol";

/// @dev Prices and results of L1's own precompiles against what TypeScript's give.
/// forge-config: default.evm_version = "osaka"
contract PrecompilesVectorsTest is PrecompileVectors {
    function test_precompilePrice_vectors_works() public view {
        Row[] memory list = rows();
        assertTrue(list.length > 700);
        for (uint256 i = 0; i < list.length; ++i) {
            assertEq(harness.precompilePrice(list[i].target, list[i].input), list[i].price, list[i].name);
        }
    }

    function test_runPrecompile_vectors_works() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            if (row.price == type(uint256).max) continue;
            (bool success, bytes memory output) = harness.runPrecompile(row.target, row.input, row.price);
            assertEq(success, row.success, row.name);
            assertEq(keccak256(output), keccak256(row.output), row.name);
        }
    }

    /// @dev L1 asks for no less: what succeeds at its price fails with a gas less.
    function test_runPrecompile_aGasLess_fails() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            if (!row.success || row.price == 0) continue;
            (bool success, bytes memory output) = harness.runPrecompile(row.target, row.input, row.price - 1);
            assertTrue(!success, row.name);
            assertEq(output.length, 0, row.name);
        }
    }
}
