// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptVectors} from "./MptVectors.sol";

/// @dev Gas of one read and one write, without calldata, as a snapshot; the deepest trie there can be included.
contract MptGasTest is MptVectors {
    function test_gas_snapshot() public {
        Row[] memory list = rows();
        _record(list, "5,000 accounts", 78, "5,000 accounts, replace", 60_000);
        _record(list, "5,000 accounts", 0, "5,000 accounts, remove", 60_000);
        _record(list, "64 levels, present", 33, "64 levels, replace", 500_000);
        _record(list, "64 levels, present", 0, "64 levels, remove", 500_000);
        _record(list, "64 levels, absent", 33, "64 levels, insert", 500_000);
    }

    function _record(Row[] memory list, string memory name, uint256 newLength, string memory label, uint256 limit) private {
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            if (keccak256(bytes(row.name)) != keccak256(bytes(name)) || row.newValue.length != newLength) continue;
            uint256 get = harness.gasOfGet(row.root, row.key, getProof(row));
            uint256 set = harness.gasOfSet(row.root, row.key, row.newValue, row.proof);
            vm.snapshotValue("Mpt", string.concat(label, ": get"), get);
            vm.snapshotValue("Mpt", string.concat(label, ": set"), set);
            vm.snapshotValue("Mpt", string.concat(label, ": proof bytes"), row.proof.length);
            assertTrue(get < limit && set < limit, label);
            return;
        }
        assertTrue(false, name);
    }

    function test_harness_isSmall() public view {
        assertTrue(address(harness).code.length < 12_000);
    }
}
