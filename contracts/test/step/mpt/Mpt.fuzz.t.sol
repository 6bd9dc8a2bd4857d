// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Test} from "../../utils/Test.sol";
import {MptHarness} from "./MptHarness.sol";
import {NaiveTrie} from "./NaiveTrie.sol";

/// @dev Random small tries, whose keys share prefixes of any length, against a trie built at once.
contract MptFuzzTest is Test {
    MptHarness private harness = new MptHarness();
    uint256 private state;

    function testFuzz_operations_works(uint256 seed) public {
        state = seed;
        NaiveTrie.Entry[] memory entries = new NaiveTrie.Entry[](0);
        uint256 from = _random() % 64;
        for (uint256 i = 0; i < 6; ++i) {
            bytes32 key = _key(from, entries);
            bytes memory value = _random() % 3 == 0 ? bytes("") : _value();
            bytes32 root = NaiveTrie.root(entries);
            bytes memory getProof = NaiveTrie.proof(entries, key, false);
            assertEq(harness.get(root, key, getProof), NaiveTrie.find(entries, key));
            NaiveTrie.Entry[] memory next = NaiveTrie.write(entries, key, value);
            bytes memory proof = NaiveTrie.proof(entries, key, value.length == 0);
            assertEq(harness.set(root, key, value, proof), NaiveTrie.root(next));
            // Back again.
            bytes memory old = NaiveTrie.find(entries, key);
            assertEq(harness.set(NaiveTrie.root(next), key, old, NaiveTrie.proof(next, key, old.length == 0)), root);
            entries = next;
        }
    }

    /// @dev Proofs of other keys and of other tries.
    function testFuzz_foreignProof_revertsOrIsRight(uint256 seed) public {
        state = seed;
        uint256 from = _random() % 64;
        NaiveTrie.Entry[] memory entries = new NaiveTrie.Entry[](0);
        for (uint256 i = 0; i < 6; ++i) entries = NaiveTrie.write(entries, _key(from, entries), _value());
        bytes32 root = NaiveTrie.root(entries);
        NaiveTrie.Entry[] memory other = NaiveTrie.write(entries, _key(from, entries), _value());
        for (uint256 i = 0; i < 8; ++i) {
            bytes32 key = _key(from, entries);
            bytes memory proof = NaiveTrie.proof(i % 2 == 0 ? entries : other, _key(from, entries), i % 4 < 2);
            try harness.get(root, key, proof) returns (bytes memory value) {
                assertEq(value, NaiveTrie.find(entries, key));
            } catch {}
            bytes memory written = i % 3 == 0 ? bytes("") : bytes("written");
            try harness.set(root, key, written, proof) returns (bytes32 newRoot) {
                assertEq(newRoot, NaiveTrie.root(NaiveTrie.write(entries, key, written)));
            } catch {}
        }
    }

    function testFuzz_garbage_reverts(bytes32 root, bytes32 key, bytes calldata garbage) public {
        vm.assume(root != NaiveTrie.EMPTY_ROOT);
        vm.expectRevert();
        harness.get(root, key, garbage);
        vm.expectRevert();
        harness.set(root, key, "value", garbage);
        if (garbage.length == 0) return;
        vm.expectRevert(abi.encodeWithSelector(MptProof.TrailingProof.selector, garbage.length));
        harness.get(NaiveTrie.EMPTY_ROOT, key, garbage);
    }

    /// @dev The root is that of the garbage, so that the checks of nodes are reached.
    function testFuzz_garbageUnderItsHash_givesOneAnswer(bytes32 key, bytes calldata garbage) public view {
        try harness.get(keccak256(garbage), key, garbage) returns (bytes memory value) {
            assertEq(harness.set(keccak256(garbage), key, value, garbage), keccak256(garbage));
        } catch {}
    }

    function _random() private returns (uint256) {
        state = uint256(keccak256(abi.encode(state)));
        return state;
    }

    /// @dev A key of the trie, or one that differs from a fixed one in two nibbles from `from` on.
    function _key(uint256 from, NaiveTrie.Entry[] memory entries) private returns (bytes32) {
        if (entries.length > 0 && _random() % 3 == 0) return entries[_random() % entries.length].key;
        uint256 key = uint256(keccak256("fixed"));
        key ^= (_random() % 4) << (252 - 4 * from);
        uint256 second = from + _random() % (64 - from);
        return bytes32(key ^ ((_random() % 3) << (252 - 4 * second)));
    }

    function _value() private returns (bytes memory value) {
        uint256[8] memory lengths = [uint256(1), 1, 2, 28, 30, 33, 56, 300];
        value = new bytes(lengths[_random() % 8]);
        for (uint256 i = 0; i < value.length; ++i) value[i] = bytes1(uint8(_random() >> (i % 200)));
    }
}
