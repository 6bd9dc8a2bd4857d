// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Gas of decoding and encoding the values of state and storage tries, as a snapshot.
contract MptAccountGasTest is Test {
    function test_gas_snapshot() public {
        _recordAccount("empty nonce and balance", 0, 0);
        _recordAccount("nonce 1, 1 ether", 1, 1 ether);
        _recordAccount("largest", type(uint64).max, type(uint256).max);
        _recordStorageValue("storage value 1", 1);
        _recordStorageValue("storage value, 32 bytes", type(uint256).max);
    }

    function _recordAccount(string memory label, uint64 nonce, uint256 balance) private {
        MptAccount.Account memory account = MptAccount.Account(nonce, balance, keccak256("root"), keccak256("code"));
        uint256 gas = gasleft();
        bytes memory encoded = MptAccount.encodeAccount(account);
        uint256 encoding = gas - gasleft();
        gas = gasleft();
        MptAccount.Account memory back = MptAccount.decodeAccount(encoded);
        _record(label, encoding, gas - gasleft());
        assertEq(back.balance, balance);
    }

    function _recordStorageValue(string memory label, uint256 word) private {
        uint256 gas = gasleft();
        bytes memory encoded = MptAccount.encodeStorageValue(word);
        uint256 encoding = gas - gasleft();
        gas = gasleft();
        uint256 back = MptAccount.decodeStorageValue(encoded);
        _record(label, encoding, gas - gasleft());
        assertEq(back, word);
    }

    function _record(string memory label, uint256 encoding, uint256 decoding) private {
        vm.snapshotValue("MptAccount", string.concat(label, ": encode"), encoding);
        vm.snapshotValue("MptAccount", string.concat(label, ": decode"), decoding);
        assertTrue(encoding < 20_000 && decoding < 40_000, label);
    }
}
