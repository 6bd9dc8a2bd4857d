// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "./Tags.sol";

/// @title Hash of a deposit
/// @notice Leaf `index` of the Portal's deposit tree; twin in shared/protocol.
library DepositHash {
    /// @notice Everything that the L2 transaction of the deposit follows from, the sender already aliased.
    function hash(
        uint64 index,
        address from,
        address to,
        bool isCreation,
        uint256 mint,
        uint256 value,
        uint64 gasLimit,
        bytes memory data
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.DEPOSIT, index, from, to, isCreation, mint, value, gasLimit, keccak256(data)));
    }
}
