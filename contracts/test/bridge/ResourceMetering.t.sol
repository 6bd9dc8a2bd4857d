// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ResourceMetering} from "../../src/bridge/ResourceMetering.sol";
import {Test} from "../utils/Test.sol";

contract Market is ResourceMetering {
    function buy(uint64 amount) external metered(amount) {}
}

contract ResourceMeteringTest is Test {
    Market internal market;

    function setUp() public {
        vm.roll(100);
        vm.fee(1_000_000 gwei);
        market = new Market();
    }

    function _state() internal view returns (uint256 price, uint256 bought, uint256 number) {
        (uint128 a, uint64 b, uint64 c) = market.params();
        return (a, b, c);
    }

    function test_buy_fullBlock_raisesByNineEighths_succeeds() public {
        market.buy(20_000_000);
        vm.roll(101);
        assertEq(market.resourceBaseFee(), 2.125 gwei);
        market.buy(1);
        (uint256 price, uint256 bought, uint256 number) = _state();
        assertEq(price, 2.125 gwei);
        assertEq(bought, 1);
        assertEq(number, 101);
    }

    function test_buy_targetBlock_keepsThePrice_succeeds() public {
        market.buy(20_000_000);
        vm.roll(101);
        market.buy(2_000_000);
        vm.roll(102);
        assertEq(market.resourceBaseFee(), 2.125 gwei);
    }

    function test_buy_emptyBlocks_fallByAnEighth_succeeds() public {
        market.buy(20_000_000);
        vm.roll(101);
        market.buy(20_000_000);
        vm.roll(102);
        uint256 price = uint256(2.125 gwei) * 2125 / 1000;
        assertEq(market.resourceBaseFee(), price);
        vm.roll(104);
        price -= price / 8;
        price -= price / 8;
        assertEq(market.resourceBaseFee(), price);
        vm.roll(10_000_000);
        assertEq(market.resourceBaseFee(), 1 gwei);
    }

    function testFuzz_buy_overLimit_reverts(uint64 first, uint64 second) public {
        first = uint64(bound(first, 0, 20_000_000));
        market.buy(first);
        second = uint64(bound(second, 20_000_000 - first + 1, type(uint64).max));
        vm.expectRevert(ResourceMetering.OutOfGas.selector);
        market.buy(second);
        market.buy(20_000_000 - first);
    }

    /// @dev Never below the minimum, never more than the rule's largest steps, never more sold in a block than the limit.
    function testFuzz_buy_sequence_staysInBounds_works(uint256 seed) public {
        uint256 lastPrice = 1 gwei;
        for (uint256 i = 0; i < 30; ++i) {
            uint256 choice = uint256(keccak256(abi.encode(seed, i)));
            uint256 passed = choice % 4 == 3 ? (choice >> 8) % 300 : choice % 4;
            vm.roll(block.number + passed);
            uint256 price = market.resourceBaseFee();
            assertTrue(price >= 1 gwei, "minimum");
            if (passed == 0) assertEq(price, lastPrice);
            else assertTrue(price <= lastPrice * 2125 / 1000, "largest rise");
            if (passed == 1) assertTrue(price + 1 >= lastPrice - lastPrice / 8, "largest fall");
            (, uint256 bought, uint256 number) = _state();
            uint256 left = 20_000_000 - (number == block.number ? bought : 0);
            market.buy(uint64((choice >> 64) % (left + 1)));
            lastPrice = price;
        }
    }

    function testFuzz_buy_burnsThePrice_succeeds(uint64 amount, uint64 baseFee) public {
        amount = uint64(bound(amount, 100_000, 8_000_000));
        baseFee = uint64(bound(baseFee, 0, 50 gwei));
        vm.fee(baseFee);
        uint256 due = uint256(amount) * 1 gwei / (baseFee < 1 gwei ? 1 gwei : baseFee);
        uint256 before = gasleft();
        market.buy(amount);
        uint256 used = before - gasleft();
        assertTrue(used >= due, "paid");
        assertTrue(used <= due + 60_000, "no more than it costs anyway");
    }
}
