// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OpcodeTable} from "../../../src/step/OpcodeTable.sol";
import {Test} from "../../utils/Test.sol";

/// @dev The table against the one that TypeScript executes by (shared/machine/vectors/opcodes.json).
contract OpcodeTableTest is Test {
    function test_lookUp_everyOpcode() public view {
        string memory json = vm.readFile("shared/machine/vectors/opcodes.json");
        uint256[] memory baseGas = vm.parseJsonUintArray(json, ".baseGas");
        uint256[] memory minStack = vm.parseJsonUintArray(json, ".minStack");
        uint256[] memory maxStack = vm.parseJsonUintArray(json, ".maxStack");
        assertEq(baseGas.length, 256);
        for (uint256 op = 0; op < 256; ++op) {
            (uint256 gas, uint256 least, uint256 most) = OpcodeTable.lookUp(op);
            assertEq(gas, baseGas[op], "base gas");
            assertEq(least, minStack[op], "least words");
            assertEq(most, maxStack[op], "most words");
        }
    }
}
