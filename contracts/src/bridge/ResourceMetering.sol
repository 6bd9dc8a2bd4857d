// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A market for the L2 gas that deposits buy
/// @notice The OP Stack's rule: at most 20 M gas per L1 block, priced per L1 block as EIP-1559 does with a target of 2 M and a step of
///         1/8, at least 1 gwei. The buyer pays by burning L1 gas worth the price, what the deposit itself used included.
abstract contract ResourceMetering {
    /// @notice L2 gas that the deposits of one L1 block may buy.
    uint64 public constant MAX_RESOURCE_LIMIT = 20_000_000;
    /// @notice Limit over target.
    uint64 public constant ELASTICITY_MULTIPLIER = 10;
    /// @notice Largest relative change of the price from block to block at an empty block: 1/8.
    uint64 public constant BASE_FEE_MAX_CHANGE_DENOMINATOR = 8;
    /// @notice Least price of a unit of L2 gas in wei.
    uint128 public constant MINIMUM_BASE_FEE = 1 gwei;

    uint256 internal constant TARGET = MAX_RESOURCE_LIMIT / ELASTICITY_MULTIPLIER;

    /// @param prevBaseFee    Price in wei in the last block with a deposit.
    /// @param prevBoughtGas  L2 gas bought in that block.
    /// @param prevBlockNum   Its number.
    struct ResourceParams {
        uint128 prevBaseFee;
        uint64 prevBoughtGas;
        uint64 prevBlockNum;
    }

    /// @notice State of the market.
    ResourceParams public params;

    /// @notice The block's L2 gas is sold out.
    error OutOfGas();

    constructor() {
        params = ResourceParams({prevBaseFee: MINIMUM_BASE_FEE, prevBoughtGas: 0, prevBlockNum: uint64(block.number)});
    }

    /// @dev Sells `amount` of L2 gas; what runs inside counts towards the payment.
    modifier metered(uint64 amount) {
        uint256 gasBefore = gasleft();
        _;
        _buy(amount, gasBefore);
    }

    /// @notice Price of a unit of L2 gas in wei for a deposit in the current block.
    function resourceBaseFee() public view returns (uint128) {
        ResourceParams memory last = params;
        uint256 passed = block.number - last.prevBlockNum;
        if (passed == 0) return last.prevBaseFee;
        uint256 step = uint256(last.prevBaseFee);
        uint256 price;
        if (last.prevBoughtGas >= TARGET) {
            price = step + step * (last.prevBoughtGas - TARGET) / (TARGET * BASE_FEE_MAX_CHANGE_DENOMINATOR);
        } else {
            price = step - step * (TARGET - last.prevBoughtGas) / (TARGET * BASE_FEE_MAX_CHANGE_DENOMINATOR);
        }
        // Every further block was empty: the price fell by an eighth each. At most some 500 rounds, from the largest price there is.
        for (uint256 empty = 1; empty < passed && price > MINIMUM_BASE_FEE; ++empty) {
            price -= price / BASE_FEE_MAX_CHANGE_DENOMINATOR;
        }
        if (price < MINIMUM_BASE_FEE) return MINIMUM_BASE_FEE;
        return price > type(uint128).max ? type(uint128).max : uint128(price);
    }

    function _buy(uint64 amount, uint256 gasBefore) private {
        uint128 price = resourceBaseFee();
        uint64 bought = params.prevBlockNum == block.number ? params.prevBoughtGas : 0;
        if (amount > MAX_RESOURCE_LIMIT - bought) revert OutOfGas();
        params = ResourceParams({prevBaseFee: price, prevBoughtGas: bought + amount, prevBlockNum: uint64(block.number)});

        uint256 l1Price = block.basefee > MINIMUM_BASE_FEE ? block.basefee : MINIMUM_BASE_FEE;
        uint256 due = uint256(amount) * price / l1Price;
        uint256 spin;
        while (gasBefore - gasleft() < due) {
            unchecked {
                ++spin;
            }
        }
    }
}
