// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DepositTransaction} from "../../../src/step/osp-tx/DepositTransaction.sol";
import {VectorFile} from "../../utils/VectorFile.sol";
import {TxHarness} from "./TxHarness.sol";

/// @dev The deposits of shared/protocol/vectors.
contract DepositsVectorsTest is VectorFile {
    TxHarness private harness = new TxHarness();

    function test_encode_works() public {
        load("deposits");
        bytes[] memory transactions = vm.parseJsonBytesArray(json, ".deposits.transaction");
        bytes32[] memory hashes = words(".deposits.transactionHash");
        address portal = vm.parseJsonAddress(json, ".portal");
        assertTrue(transactions.length > 5);
        for (uint256 i = 0; i < transactions.length; ++i) {
            DepositTransaction.Deposit memory fields = _deposit(i);
            (bytes memory raw, uint256 dataOffset) = harness.deposit(fields, portal);
            assertEq(raw, transactions[i]);
            assertEq(keccak256(raw), hashes[i]);
            if (fields.data.length == 0) assertEq(dataOffset, 0);
            for (uint256 j = 0; j < fields.data.length; ++j) assertTrue(raw[dataOffset + j] == fields.data[j]);
        }
    }

    function _deposit(uint256 i) private view returns (DepositTransaction.Deposit memory) {
        return DepositTransaction.Deposit({
            index: uints(".deposits.index")[i],
            from: uint160(addresses(".deposits.from")[i]),
            to: uint160(addresses(".deposits.to")[i]),
            isCreation: vm.parseJsonBool(json, string.concat(".deposits.isCreation[", vm.toString(i), "]")),
            mint: uints(".deposits.mint")[i],
            value: uints(".deposits.value")[i],
            gasLimit: uints(".deposits.gasLimit")[i],
            data: vm.parseJsonBytesArray(json, ".deposits.data")[i]
        });
    }
}
