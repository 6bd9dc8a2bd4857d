// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspTx} from "../../../src/step/OspTx.sol";
import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {Test} from "../../utils/Test.sol";

contract OspTxTest is Test {
    function test_codeSize_isBelowLimit() public {
        assertTrue(address(new OspTx()).code.length < 24_576);
        assertTrue(address(new OspTxLoad()).code.length < 24_576);
    }
}
