// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {L1Block} from "../../src/l2/L1Block.sol";
import {Test} from "../utils/Test.sol";

contract L1BlockTest is Test {
    L1Block internal block_;

    function setUp() public {
        block_ = new L1Block();
    }

    /// @dev The slots that contracts/src/l2/README.md documents for the state transition.
    function testFuzz_slots_readBack_works(uint64 number, uint64 timestamp, uint256 baseFee, bytes32 hash) public {
        vm.store(address(block_), bytes32(uint256(0)), bytes32(uint256(timestamp) << 64 | number));
        vm.store(address(block_), bytes32(uint256(1)), bytes32(baseFee));
        vm.store(address(block_), bytes32(uint256(2)), hash);
        assertEq(block_.number(), number);
        assertEq(block_.timestamp(), timestamp);
        assertEq(block_.basefee(), baseFee);
        assertEq(block_.hash(), hash);
    }

    function test_feeFields_areConstantZero_works() public {
        for (uint256 slot = 0; slot < 12; ++slot) {
            vm.store(address(block_), bytes32(slot), bytes32(type(uint256).max));
        }
        assertEq(block_.sequenceNumber(), 0);
        assertEq(block_.batcherHash(), bytes32(0));
        assertEq(block_.l1FeeOverhead(), 0);
        assertEq(block_.l1FeeScalar(), 0);
        assertEq(block_.baseFeeScalar(), 0);
        assertEq(block_.blobBaseFeeScalar(), 0);
        assertEq(block_.blobBaseFee(), 0);
        assertEq(block_.operatorFeeScalar(), 0);
        assertEq(block_.operatorFeeConstant(), 0);
        assertEq(block_.daFootprintGasScalar(), 0);
    }

    function test_gasPayingToken_isEther_works() public view {
        (address token, uint8 decimals) = block_.gasPayingToken();
        assertEq(token, 0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE);
        assertEq(decimals, 18);
        assertEq(block_.isCustomGasToken(), false);
        assertEq(bytes(block_.gasPayingTokenName()), "Ether");
        assertEq(bytes(block_.gasPayingTokenSymbol()), "ETH");
    }

    function test_setL1BlockValues_doesNotExist_reverts() public {
        vm.prank(block_.DEPOSITOR_ACCOUNT());
        (bool success,) = address(block_).call(abi.encodeWithSignature("setL1BlockValuesEcotone()"));
        assertEq(success, false);
    }
}
