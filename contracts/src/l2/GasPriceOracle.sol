// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {L1Block} from "./L1Block.sol";
import {Predeploys} from "../libraries/Predeploys.sol";

/// @title Fees beyond L2 gas, for wallets and tools of the OP Stack
/// @notice Predeploy 0x42…0F. There are none in this version: every L1 data fee and operator fee is zero. The fork flags say true, so that
///         tools use the newest formulas, over the zeros.
contract GasPriceOracle {
    /// @notice Decimals of the scalars.
    uint256 public constant DECIMALS = 6;
    /// @notice True: tools use the newest fee formula.
    bool public constant isEcotone = true;
    /// @notice True: tools use the newest fee formula.
    bool public constant isFjord = true;
    /// @notice True: tools use the newest fee formula.
    bool public constant isIsthmus = true;
    /// @notice True: tools use the newest fee formula.
    bool public constant isJovian = true;
    /// @notice 0, no L1 data fee.
    uint256 public constant overhead = 0;
    /// @notice 0, no L1 data fee.
    uint256 public constant scalar = 0;
    /// @notice 0, no L1 data fee.
    uint256 public constant blobBaseFee = 0;
    /// @notice 0, no L1 data fee.
    uint32 public constant baseFeeScalar = 0;
    /// @notice 0, no L1 data fee.
    uint32 public constant blobBaseFeeScalar = 0;

    /// @notice L1 data fee in wei of a transaction: 0.
    function getL1Fee(bytes calldata) external pure returns (uint256) {
        return 0;
    }

    /// @notice Bound on the L1 data fee in wei of a transaction of that many bytes: 0.
    function getL1FeeUpperBound(uint256) external pure returns (uint256) {
        return 0;
    }

    /// @notice L1 gas that a transaction is charged for: 0.
    function getL1GasUsed(bytes calldata) external pure returns (uint256) {
        return 0;
    }

    /// @notice Operator fee in wei of a transaction that uses that much gas: 0.
    function getOperatorFee(uint256) external pure returns (uint256) {
        return 0;
    }

    /// @notice L2 base fee in wei.
    function gasPrice() external view returns (uint256) {
        return block.basefee;
    }

    /// @notice L2 base fee in wei.
    function baseFee() external view returns (uint256) {
        return block.basefee;
    }

    /// @notice Base fee of the L1 origin in wei; informative, since no L1 data fee is charged.
    function l1BaseFee() external view returns (uint256) {
        return L1Block(Predeploys.L1_BLOCK).basefee();
    }

    /// @notice Decimals of the scalars.
    function decimals() external pure returns (uint256) {
        return DECIMALS;
    }

    /// @notice Semantic version.
    function version() external pure returns (string memory) {
        return "1.6.0-crema.1";
    }
}
