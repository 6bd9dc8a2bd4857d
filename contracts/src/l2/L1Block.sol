// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The L1 origin of the current L2 block
/// @notice Predeploy 0x42…15. It has no setter: the state transition itself writes slots 0 to 2 at the beginning of every block
///         (docs: contracts/src/l2/README.md), at the slots of the OP Stack's L1Block. Every fee field reads zero: there is no L1 data fee.
contract L1Block {
    /// @notice L1 origin's block number; slot 0, bytes 0 to 7 from the low end.
    uint64 public number;
    /// @notice L1 origin's timestamp in seconds; slot 0, bytes 8 to 15 from the low end.
    uint64 public timestamp;
    /// @notice L1 origin's base fee in wei; slot 1.
    uint256 public basefee;
    /// @notice L1 origin's block hash; slot 2.
    bytes32 public hash;

    /// @notice 0: L2 blocks of one origin are not counted.
    uint64 public constant sequenceNumber = 0;
    /// @notice 0: batches are authenticated by certificates, not by a batcher's address.
    bytes32 public constant batcherHash = 0;
    /// @notice 0, no L1 data fee.
    uint256 public constant l1FeeOverhead = 0;
    /// @notice 0, no L1 data fee.
    uint256 public constant l1FeeScalar = 0;
    /// @notice 0, no L1 data fee.
    uint32 public constant baseFeeScalar = 0;
    /// @notice 0, no L1 data fee.
    uint32 public constant blobBaseFeeScalar = 0;
    /// @notice 0, no L1 data fee.
    uint256 public constant blobBaseFee = 0;
    /// @notice 0, no operator fee.
    uint32 public constant operatorFeeScalar = 0;
    /// @notice 0, no operator fee.
    uint64 public constant operatorFeeConstant = 0;
    /// @notice 0, no limit on the data of a block but its gas.
    uint16 public constant daFootprintGasScalar = 0;
    /// @notice The account in whose name the OP Stack sets these values; here nobody's.
    address public constant DEPOSITOR_ACCOUNT = 0xDeaDDEaDDeAdDeAdDEAdDEaddeAddEAdDEAd0001;

    /// @notice Semantic version.
    function version() external pure returns (string memory) {
        return "1.6.0-crema.1";
    }

    /// @notice Ether pays for gas: the token at its conventional address, with 18 decimals.
    function gasPayingToken() external pure returns (address token, uint8 decimals) {
        return (0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE, 18);
    }

    /// @notice Name of what pays for gas.
    function gasPayingTokenName() external pure returns (string memory) {
        return "Ether";
    }

    /// @notice Symbol of what pays for gas.
    function gasPayingTokenSymbol() external pure returns (string memory) {
        return "ETH";
    }

    /// @notice Whether anything but ether pays for gas: never.
    function isCustomGasToken() external pure returns (bool) {
        return false;
    }
}
