// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptRlp} from "../mpt/MptRlp.sol";
import {RlpWriter} from "./RlpWriter.sol";

/// @title The L2 transaction of a deposit (docs/protocol/deposits.md)
/// @notice Twin of `depositTransaction` and `encodeTransaction` in shared/protocol.
library DepositTransaction {
    /// @param from  Already aliased.
    /// @param to    0 for a creation.
    struct Deposit {
        uint256 index;
        uint256 from;
        uint256 to;
        bool isCreation;
        uint256 mint;
        uint256 value;
        uint256 gasLimit;
        bytes data;
    }

    /// @notice `0x7e ‖ rlp[sourceHash, from, to, mint, value, gas, isSystemTx, data]`, and where the data stand in it; 0 when there are none.
    function encode(Deposit memory deposit, address portal) internal pure returns (bytes memory raw, uint256 dataOffset) {
        bytes memory head = bytes.concat(
            hex"a0",
            sourceHash(portal, deposit.index),
            hex"94",
            bytes20(uint160(deposit.from)),
            deposit.isCreation ? bytes(hex"80") : bytes.concat(hex"94", bytes20(uint160(deposit.to))),
            RlpWriter.integer(deposit.mint),
            RlpWriter.integer(deposit.value),
            RlpWriter.integer(deposit.gasLimit),
            hex"80"
        );
        bytes memory tail = MptRlp.toBytes(MptRlp.encodeString(deposit.data));
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(head, 0x20)
        }
        raw = RlpWriter.list(0x7e, begin, head.length, tail);
        if (deposit.data.length > 0) dataOffset = raw.length - deposit.data.length;
    }

    /// @notice `H(depositSource, portal, index)`.
    function sourceHash(address portal, uint256 index) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.DEPOSIT_SOURCE, portal, index));
    }
}
