// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Test} from "../../utils/Test.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {LastWalkHarness} from "./LastWalkHarness.sol";

/// @dev What was read last is known until it is written: a write changes the nodes of its walk.
contract LastWalkTest is Test {
    LastWalkHarness private harness;

    function setUp() public {
        harness = new LastWalkHarness();
    }

    function test_accountIsKnownOnceRead() public view {
        (bytes32 root, bytes memory proof) = _state(NaiveTrie.EMPTY_ROOT);
        (uint256 first, uint256 second) = harness.balanceTwice(root, address(1), proof);
        assertEq(first, 300);
        assertEq(second, 300);
    }

    function test_accountIsUnknownOnceWritten() public {
        (bytes32 root, bytes memory proof) = _state(NaiveTrie.EMPTY_ROOT);
        assertEq(harness.balanceAfterUndo(root, address(1), 301, bytes.concat(proof, proof)), 300);
        vm.expectPartialRevert(MptProof.ProofTooShort.selector);
        harness.balanceAfterUndo(root, address(1), 301, proof);
    }

    /// @dev A write of what is there changes nothing, nor what is known.
    function test_accountWrittenAsItIsStaysKnown() public view {
        (bytes32 root, bytes memory proof) = _state(NaiveTrie.EMPTY_ROOT);
        assertEq(harness.balanceAfterUndo(root, address(1), 300, proof), 300);
    }

    function test_slotIsUnknownOnceWritten() public view {
        NaiveTrie.Entry[] memory slots = new NaiveTrie.Entry[](2);
        slots[0] = NaiveTrie.Entry(keccak256(abi.encode(5)), hex"11");
        slots[1] = NaiveTrie.Entry(keccak256(abi.encode(6)), hex"12");
        (bytes32 root, bytes memory proof) = _state(NaiveTrie.root(slots));
        bytes memory slotProof = NaiveTrie.proof(slots, slots[0].key, false);
        assertEq(harness.wordAfterUndo(root, address(1), 5, 0x22, bytes.concat(proof, slotProof, proof, slotProof)), 0x11);
    }

    /// @dev Two accounts with 300 wei, at 1 and 2, and the proof of the first.
    function _state(bytes32 storageRoot) private pure returns (bytes32 root, bytes memory proof) {
        NaiveTrie.Entry[] memory accounts = new NaiveTrie.Entry[](2);
        bytes memory value = MptAccount.encodeAccount(MptAccount.Account(1, 300, storageRoot, keccak256("")));
        for (uint160 i = 0; i < 2; ++i) accounts[i] = NaiveTrie.Entry(keccak256(abi.encodePacked(address(i + 1))), value);
        return (NaiveTrie.root(accounts), NaiveTrie.proof(accounts, accounts[0].key, false));
    }
}
