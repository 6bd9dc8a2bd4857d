// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OutputRootProof} from "../../src/interfaces/IPortal.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {WithdrawalVectors} from "../utils/WithdrawalVectors.sol";

/// @dev Gas of the calls that users and agents make, each as a transaction of its own; contracts/snapshots/bridge.json.
/// forge-config: default.isolate = true
contract BridgeGasTest is WithdrawalVectors {
    /// @dev What agents and users have to reckon with at most, whatever the state of the chain.
    uint256 private constant MAX_GAS_OF_A_CALL = 1_000_000;

    function setUp() public override {
        super.setUp();
        vm.fee(10 gwei);
        inbox.append(1000);
        vm.warp(block.timestamp + PERIOD);
    }

    function _snapshot(string memory name) private {
        assertTrue(vm.snapshotGasLastCall("bridge", name) < MAX_GAS_OF_A_CALL, name);
    }

    function _measurePropose(bytes32 parentId, bytes32 bondId, string memory name) private returns (bytes32 id) {
        BlockState memory end = _end(parentId, MAX_BLOCKS, "honest");
        id = chain.assertionIdOf(parentId, end);
        states[id] = end;
        uint256 value = bondId == 0 ? STAKE : 0;
        vm.prank(ALICE);
        chain.propose{value: value}(id, parentId, end, bondId);
        _snapshot(name);
    }

    function test_gas_assertions_works() public {
        bytes32 first = _measurePropose(genesisId, 0, "propose, new bond");
        vm.warp(block.timestamp + PERIOD);
        bytes32 second = _measurePropose(first, _bondOf(first), "propose, rolled bond");
        BlockState memory end = _end(second, MAX_BLOCKS, "honest");
        vm.warp(block.timestamp + PERIOD);
        _propose(ALICE, second, end, 0);
        end = _end(second, MAX_BLOCKS, "other");
        _rival(BOB, second, end, 0);
        _snapshot("proposeRival");
        vm.warp(chain.confirmableAt(first));
        chain.confirm(first, states[first]);
        _snapshot("confirm");
    }

    function test_gas_deposit_works() public {
        vm.prank(ALICE, ALICE);
        portal.depositTransaction{value: 1 ether}(ALICE, 1 ether, 100_000, false, "");
        _snapshot("deposit, first of a block");
        vm.prank(BOB, BOB);
        portal.depositTransaction{value: 1 ether}(BOB, 1 ether, 100_000, false, new bytes(1000));
        _snapshot("deposit, 1,000 zero bytes");
    }

    function test_gas_withdrawal_works() public {
        Vector memory vector = _vector(3);
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        vm.deal(address(portal), 1 ether);
        OutputRootProof memory output = _outputProof(id);
        vm.prank(ALICE);
        portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), output, vector.everyNode);
        _snapshot("prove, one of 500 withdrawals");
        vm.warp(chain.confirmableAt(id));
        chain.confirm(id, states[id]);
        vm.prank(ALICE);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        _snapshot("finalize");
    }
}
