// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPortal, OutputRootProof} from "../../src/interfaces/IPortal.sol";
import {Withdrawals} from "../../src/libraries/Withdrawals.sol";
import {WithdrawalVectors} from "../utils/WithdrawalVectors.sol";

contract PortalProveTest is WithdrawalVectors {
    function test_vectors_hashAndSlot_works() public view {
        uint256 inlined = 0;
        for (uint256 i = 0; i < _vectorCount(); ++i) {
            Vector memory vector = _vector(i);
            assertEq(Withdrawals.hash(vector.withdrawal), vector.hash, vector.name);
            assertEq(Withdrawals.slot(vector.hash), vector.slot, vector.name);
            if (vector.inlined) ++inlined;
        }
        assertEq(inlined, 2, "odd and even inline leaves");
    }

    /// @dev Both framings: inline nodes as elements of their own, and hashed nodes only.
    function test_prove_everyVector_bothFramings_succeeds() public {
        bytes32 parent = genesisId;
        for (uint256 i = 0; i < _vectorCount(); ++i) {
            Vector memory vector = _vector(i);
            bytes32 id = _assert(ALICE, parent, vector.storageRoot, "honest");
            OutputRootProof memory output = _outputProof(id);
            vm.expectEmit(address(portal));
            emit IPortal.WithdrawalProven(vector.hash, vector.withdrawal.sender, vector.withdrawal.target);
            vm.expectEmit(address(portal));
            emit IPortal.WithdrawalProvenExtension1(vector.hash, ALICE);
            vm.prank(ALICE);
            portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), output, vector.everyNode);
            vm.prank(BOB);
            portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), output, vector.hashedNodes);
            (address game, uint64 timestamp) = portal.provenWithdrawals(vector.hash, BOB);
            assertEq(game, chain.assertion(id).blockNumberGetter);
            assertEq(timestamp, block.timestamp);
            assertEq(portal.provenAssertion(vector.hash, ALICE), id);
            assertEq(portal.numProofSubmitters(vector.hash), 1);
            assertEq(portal.proofSubmitters(vector.hash, 0), ALICE);
            parent = id;
        }
    }

    /// @dev Any other byte anywhere in a proof refuses it, exhaustively for one vector with an inline leaf.
    function test_prove_everyByteMutated_reverts() public {
        Vector memory vector = _vector(4);
        assertTrue(vector.inlined, "inline");
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        OutputRootProof memory output = _outputProof(id);
        for (uint256 node = 0; node < vector.everyNode.length; ++node) {
            for (uint256 i = 0; i < vector.everyNode[node].length; ++i) {
                vector.everyNode[node][i] ^= 0x01;
                assertTrue(!_proves(vector, id, output, vector.everyNode), "mutated");
                vector.everyNode[node][i] ^= 0x01;
            }
        }
        assertTrue(_proves(vector, id, output, vector.everyNode), "unmutated");
    }

    function testFuzz_prove_mutated_reverts(uint256 index, uint256 node, uint256 position, uint8 bit, bool every) public {
        Vector memory vector = _vector(index % _vectorCount());
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        bytes[] memory proof = every ? vector.everyNode : vector.hashedNodes;
        node = node % proof.length;
        proof[node][position % proof[node].length] ^= bytes1(uint8(1) << (bit % 8));
        assertTrue(!_proves(vector, id, _outputProof(id), proof), "mutated");
    }

    function testFuzz_prove_otherWithdrawal_reverts(uint256 index, uint8 field, uint256 change) public {
        Vector memory vector = _vector(index % _vectorCount());
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        change = bound(change, 1, 1 << 80);
        if (field % 6 == 0) vector.withdrawal.nonce += change;
        if (field % 6 == 1) vector.withdrawal.sender = address(uint160(vector.withdrawal.sender) + uint160(change));
        if (field % 6 == 2) vector.withdrawal.target = address(uint160(vector.withdrawal.target) + uint160(change));
        if (field % 6 == 3) vector.withdrawal.value += change;
        if (field % 6 == 4) vector.withdrawal.gasLimit += change;
        if (field % 6 == 5) vector.withdrawal.data = abi.encode(change);
        assertTrue(!_proves(vector, id, _outputProof(id), vector.everyNode), "another withdrawal");
    }

    function test_prove_truncatedOrExtended_reverts() public {
        Vector memory vector = _vector(3);
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        OutputRootProof memory output = _outputProof(id);
        bytes[] memory shorter = new bytes[](vector.everyNode.length - 1);
        bytes[] memory longer = new bytes[](vector.everyNode.length + 1);
        for (uint256 i = 0; i < vector.everyNode.length; ++i) {
            if (i < shorter.length) shorter[i] = vector.everyNode[i];
            longer[i] = vector.everyNode[i];
        }
        longer[longer.length - 1] = vector.everyNode[vector.everyNode.length - 1];
        assertTrue(!_proves(vector, id, output, shorter), "shorter");
        assertTrue(!_proves(vector, id, output, longer), "longer");
        assertTrue(!_proves(vector, id, output, new bytes[](0)), "empty");
    }

    function test_prove_wrongOutputRoot_reverts() public {
        Vector memory vector = _vector(0);
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        bytes32 expected = chain.assertion(id).outputRoot;
        for (uint256 field = 0; field < 4; ++field) {
            OutputRootProof memory output = _outputProof(id);
            if (field == 0) output.version = bytes32(uint256(1));
            if (field == 1) output.stateRoot = "x";
            if (field == 2) output.messagePasserStorageRoot = "x";
            if (field == 3) output.latestBlockhash = "x";
            bytes32 computed = keccak256(abi.encode(output));
            vm.expectRevert(abi.encodeWithSelector(IPortal.WrongOutputRoot.selector, computed, expected));
            portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), output, vector.everyNode);
        }
    }

    function test_prove_notListed_reverts() public {
        Vector memory vector = _vector(0);
        vm.expectRevert(abi.encodeWithSelector(IPortal.NotListed.selector, bytes32(uint256(7))));
        portal.proveWithdrawalTransaction(vector.withdrawal, 7, _outputProof(genesisId), vector.everyNode);
        vm.expectRevert(abi.encodeWithSelector(IPortal.NotListed.selector, bytes32(0)));
        portal.proveWithdrawalTransaction(vector.withdrawal, 0, _outputProof(genesisId), vector.everyNode);
        bytes32 id = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        _rival(BOB, genesisId, _end(genesisId, 1, "other"), 0);
        OutputRootProof memory output = _outputProof(id);
        vm.expectRevert(abi.encodeWithSelector(IPortal.NotListed.selector, id));
        portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), output, vector.everyNode);
    }

    function test_prove_dangerousTarget_reverts() public {
        Vector memory vector = _vector(0);
        address[3] memory targets = [address(portal), address(vault), address(chain)];
        for (uint256 i = 0; i < 3; ++i) {
            vector.withdrawal.target = targets[i];
            vm.expectRevert(abi.encodeWithSelector(IPortal.BadTarget.selector, targets[i]));
            portal.proveWithdrawalTransaction(vector.withdrawal, uint256(genesisId), _outputProof(genesisId), vector.everyNode);
        }
    }

    function test_proofSubmitters_none_reverts() public {
        assertEq(portal.numProofSubmitters("h"), 0);
        vm.expectRevert(IPortal.OptimismPortal_Unproven.selector);
        portal.proofSubmitters("h", 0);
    }

    function test_exposed_isTheOldestLive_works() public {
        Vector memory vector = _vector(2);
        bytes32 older = _assert(ALICE, genesisId, vector.storageRoot, "honest");
        bytes32 newer = _assert(ALICE, older, vector.storageRoot, "honest");
        _prove(ALICE, vector, newer);
        assertEq(portal.proofSubmitters(vector.hash, 0), ALICE);
        _prove(BOB, vector, older);
        assertEq(portal.proofSubmitters(vector.hash, 0), BOB);
        _prove(address(7), vector, newer);
        assertEq(portal.proofSubmitters(vector.hash, 0), BOB);
        _prove(BOB, vector, newer);
        assertEq(portal.provenAssertion(vector.hash, BOB), older, "a live older proof stays");
        _rival(BOB, older, _end(older, 1, "other"), 0);
        _prove(ALICE, vector, older);
        assertEq(portal.proofSubmitters(vector.hash, 0), BOB);
        assertEq(portal.provenAssertion(vector.hash, ALICE), older, "replaces the dead one");
    }

    function test_exposed_dead_isReplaced_works() public {
        Vector memory vector = _vector(2);
        bytes32 first = _assert(ALICE, genesisId, "other root", "honest");
        bytes32 second = _assert(ALICE, first, vector.storageRoot, "honest");
        bytes32 third = _assert(ALICE, second, vector.storageRoot, "honest");
        _prove(ALICE, vector, third);
        _rival(BOB, second, _end(second, 1, "other"), 0);
        _prove(BOB, vector, second);
        assertEq(portal.proofSubmitters(vector.hash, 0), BOB);
    }

    function _proves(Vector memory vector, bytes32 id, OutputRootProof memory output, bytes[] memory proof)
        private
        returns (bool success)
    {
        (success,) = address(portal).call(
            abi.encodeCall(IPortal.proveWithdrawalTransaction, (vector.withdrawal, uint256(id), output, proof))
        );
    }
}
