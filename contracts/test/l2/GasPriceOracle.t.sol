// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {GasPriceOracle} from "../../src/l2/GasPriceOracle.sol";
import {L1Block} from "../../src/l2/L1Block.sol";
import {Predeploys} from "../../src/libraries/Predeploys.sol";
import {Test} from "../utils/Test.sol";

contract GasPriceOracleTest is Test {
    GasPriceOracle internal oracle;

    function setUp() public {
        oracle = new GasPriceOracle();
        vm.etch(Predeploys.L1_BLOCK, address(new L1Block()).code);
    }

    function testFuzz_fees_areZero_works(bytes calldata data, uint256 amount) public view {
        assertEq(oracle.getL1Fee(data), 0);
        assertEq(oracle.getL1GasUsed(data), 0);
        assertEq(oracle.getL1FeeUpperBound(amount), 0);
        assertEq(oracle.getOperatorFee(amount), 0);
    }

    function test_scalars_areZero_works() public view {
        assertEq(oracle.overhead(), 0);
        assertEq(oracle.scalar(), 0);
        assertEq(oracle.baseFeeScalar(), 0);
        assertEq(oracle.blobBaseFeeScalar(), 0);
        assertEq(oracle.blobBaseFee(), 0);
        assertEq(oracle.decimals(), 6);
        assertEq(oracle.DECIMALS(), 6);
    }

    function test_flags_newestFormulas_works() public view {
        assertTrue(oracle.isEcotone() && oracle.isFjord() && oracle.isIsthmus() && oracle.isJovian(), "flags");
    }

    function testFuzz_baseFee_isTheBlocks_works(uint64 baseFee) public {
        vm.fee(baseFee);
        assertEq(oracle.baseFee(), baseFee);
        assertEq(oracle.gasPrice(), baseFee);
    }

    function testFuzz_l1BaseFee_isL1Blocks_works(uint256 baseFee) public {
        vm.store(Predeploys.L1_BLOCK, bytes32(uint256(1)), bytes32(baseFee));
        assertEq(oracle.l1BaseFee(), baseFee);
    }
}
