// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPortal} from "../../src/interfaces/IPortal.sol";
import {AddressAliasing} from "../../src/libraries/AddressAliasing.sol";
import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {DepositHash} from "../../src/libraries/DepositHash.sol";
import {RollupTest} from "../utils/RollupTest.sol";

/// @dev Against shared/protocol/vectors/deposits.json, which the TypeScript twins read too.
contract PortalDepositVectorsTest is RollupTest {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    struct Row {
        address from;
        address to;
        bool isCreation;
        uint256 mint;
        uint256 value;
        uint64 gasLimit;
        bytes data;
        bytes32 hash;
    }

    AppendOnlyTree.Tree internal tree;
    string internal json;

    function setUp() public override {
        super.setUp();
        vm.fee(1000 gwei);
        json = vm.readFile("shared/protocol/vectors/deposits.json");
    }

    function _row(uint256 i) internal view returns (Row memory row) {
        row.from = vm.parseJsonAddressArray(json, ".deposits.from")[i];
        row.to = vm.parseJsonAddressArray(json, ".deposits.to")[i];
        row.isCreation = vm.parseJsonBool(json, string.concat(".deposits.isCreation[", vm.toString(i), "]"));
        row.mint = vm.parseJsonUintArray(json, ".deposits.mint")[i];
        row.value = vm.parseJsonUintArray(json, ".deposits.value")[i];
        row.gasLimit = uint64(vm.parseJsonUintArray(json, ".deposits.gasLimit")[i]);
        row.data = vm.parseJsonBytesArray(json, ".deposits.data")[i];
        row.hash = vm.parseJsonBytes32Array(json, ".deposits.hash")[i];
    }

    function test_hash_andRoot_vectors_works() public {
        uint256 count = vm.parseJsonUint(json, ".deposits.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            Row memory row = _row(i);
            bytes32 hash = DepositHash.hash(
                uint64(i), row.from, row.to, row.isCreation, row.mint, row.value, row.gasLimit, row.data
            );
            assertEq(hash, row.hash);
            tree.append(hash);
        }
        assertEq(tree.root(), vm.parseJsonBytes32(json, ".root"));
    }

    /// @dev The Portal itself queues the same hashes, for those that its gas rule admits.
    function test_depositTransaction_vectors_works() public {
        uint256 admitted = 0;
        for (uint256 i = 0; i < vm.parseJsonUint(json, ".deposits.count"); ++i) {
            Row memory row = _row(i);
            if (row.gasLimit < portal.minimumCreationGasLimit(uint64(row.data.length)) || admitted != i) continue;
            ++admitted;
            vm.deal(row.from, row.mint);
            vm.expectEmit(address(portal));
            emit IPortal.TransactionDeposited(
                row.from, row.to, 0, abi.encodePacked(row.mint, row.value, row.gasLimit, row.isCreation, row.data)
            );
            vm.expectEmit(address(portal));
            emit IPortal.DepositQueued(uint64(i), row.hash, uint64(block.number), uint64(block.timestamp));
            vm.prank(row.from, row.from);
            portal.depositTransaction{value: row.mint}(row.to, row.value, row.gasLimit, row.isCreation, row.data);
        }
        assertTrue(admitted >= 6, "nearly all");
    }

    function test_aliases_vectors_works() public view {
        uint256 count = vm.parseJsonUint(json, ".aliases.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            address l1Address = vm.parseJsonAddressArray(json, ".aliases.address")[i];
            address l2Address = vm.parseJsonAddressArray(json, ".aliases.alias")[i];
            assertEq(AddressAliasing.toL2(l1Address), l2Address);
            assertEq(AddressAliasing.toL1(l2Address), l1Address);
        }
    }
}
