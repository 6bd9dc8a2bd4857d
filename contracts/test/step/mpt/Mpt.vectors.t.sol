// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {MptWalk} from "../../../src/step/mpt/MptWalk.sol";
import {MptVectors} from "./MptVectors.sol";

/// @dev Reads and writes against what TypeScript's trie gives, and refusals.
contract MptVectorsTest is MptVectors {
    function test_read_vectors_works() public view {
        Row[] memory list = rows();
        assertTrue(list.length > 200);
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            bytes memory value = harness.read(row.root, row.key, row.keyLength, getProof(row));
            assertEq(keccak256(value), keccak256(row.value), row.name);
        }
    }

    function test_write_vectors_works() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            assertEq(harness.write(row.root, row.key, row.keyLength, row.newValue, row.proof), row.newRoot, row.name);
        }
    }

    function test_getAndSet_vectors_works() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            if (row.keyLength != 64) continue;
            assertEq(keccak256(harness.get(row.root, row.key, getProof(row))), keccak256(row.value), row.name);
            assertEq(harness.set(row.root, row.key, row.newValue, row.proof), row.newRoot, row.name);
        }
    }

    function test_proofsInARow_works() public view {
        Row[] memory list = rows();
        for (uint256 i = 2; i < list.length; ++i) {
            (Row memory a, Row memory b, Row memory c) = (list[i], list[(i * 7) % list.length], list[i - 2]);
            (bytes memory first, bytes memory second, bytes32 newRoot) = harness.readReadWrite(
                [a.root, b.root, c.root],
                [a.key, b.key, c.key],
                [a.keyLength, b.keyLength, c.keyLength],
                c.newValue,
                bytes.concat(getProof(a), getProof(b), c.proof)
            );
            assertEq(first, a.value);
            assertEq(second, b.value);
            assertEq(newRoot, c.newRoot, c.name);
        }
    }

    function test_set_whatIsThere_keepsRoot() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            assertEq(harness.write(row.root, row.key, row.keyLength, row.value, getProof(row)), row.root, row.name);
        }
    }

    function test_truncations_revert() public view {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            for (uint256 length = row.proof.length % 41; length < row.proof.length; length += 41) {
                bytes memory cut = slice(row.proof, 0, length);
                if (length < row.getLength) _refuses(abi.encodeCall(harness.read, (row.root, row.key, row.keyLength, cut)), row.name);
                _refuses(abi.encodeCall(harness.write, (row.root, row.key, row.keyLength, row.newValue, cut)), row.name);
            }
        }
    }

    function test_trailingByte_reverts() public {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            bytes memory longer = bytes.concat(getProof(row), hex"c0");
            vm.expectRevert(abi.encodeWithSelector(MptProof.TrailingProof.selector, 1));
            harness.read(row.root, row.key, row.keyLength, longer);
            vm.expectRevert(abi.encodeWithSelector(MptProof.TrailingProof.selector, 1));
            harness.write(row.root, row.key, row.keyLength, row.newValue, bytes.concat(row.proof, hex"c0"));
        }
    }

    /// @dev The bytes that the proof lacks follow it in calldata: they are no part of it.
    function test_proofCutInCalldata_reverts() public {
        Row[] memory list = rows();
        for (uint256 i = 0; i < list.length; ++i) {
            Row memory row = list[i];
            if (row.getLength == 0) continue;
            uint256 size = (i * 97) % row.getLength;
            vm.expectPartialRevert(MptProof.ProofTooShort.selector);
            harness.readPart(row.root, row.key, row.keyLength, getProof(row), size);
        }
    }

    function test_invalid_vectors_revert() public {
        string memory text = vm.readFile("shared/machine/vectors/mpt-invalid.json");
        string[] memory errors = vm.parseJsonStringArray(text, ".error");
        bytes32[] memory roots = vm.parseJsonBytes32Array(text, ".root");
        bytes32[] memory keys = vm.parseJsonBytes32Array(text, ".key");
        uint256[] memory lengths = vm.parseJsonUintArray(text, ".keyLength");
        bytes[] memory proofs = vm.parseJsonBytesArray(text, ".proof");
        assertTrue(errors.length > 35);
        for (uint256 i = 0; i < errors.length; ++i) {
            bytes4 expected = _selector(errors[i]);
            vm.expectPartialRevert(expected);
            harness.read(roots[i], keys[i], lengths[i], proofs[i]);
            vm.expectPartialRevert(expected);
            harness.write(roots[i], keys[i], lengths[i], "new", proofs[i]);
            vm.expectPartialRevert(expected);
            harness.write(roots[i], keys[i], lengths[i], "", proofs[i]);
        }
    }

    function test_badKey_reverts() public {
        bytes32[3] memory keys = [bytes32(0), bytes32(0), bytes32(uint256(1) << 251)];
        uint256[3] memory lengths = [uint256(0), 65, 1];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(MptWalk.BadKey.selector, keys[i], lengths[i]));
            harness.read(MptWalk.EMPTY_ROOT, keys[i], lengths[i], "");
        }
    }

    function test_emptyTrie_works() public view {
        assertEq(harness.get(MptWalk.EMPTY_ROOT, "key", "").length, 0);
        assertEq(harness.set(MptWalk.EMPTY_ROOT, "key", "", ""), MptWalk.EMPTY_ROOT);
    }

    /// @dev Selector of an error by name: all of them take words only.
    function _selector(string memory name) private pure returns (bytes4) {
        bytes32 hash = keccak256(bytes(name));
        if (hash == keccak256("BadLeafValue") || hash == keccak256("EmptyExtension")) return _of(name, "()");
        if (hash == keccak256("BranchValue") || hash == keccak256("ExtensionChild")) return _of(name, "()");
        if (hash == keccak256("RlpNotCanonical")) return _of(name, "(bytes32)");
        if (hash == keccak256("BadPath")) return _of(name, "(bytes32,uint256)");
        if (hash == keccak256("ItemOutOfBounds") || hash == keccak256("PathLength")) return _of(name, "(uint256,uint256)");
        return _of(name, "(uint256)");
    }

    function _of(string memory name, string memory arguments) private pure returns (bytes4) {
        return bytes4(keccak256(bytes.concat(bytes(name), bytes(arguments))));
    }

    function _refuses(bytes memory data, string memory name) private view {
        (bool success,) = address(harness).staticcall(data);
        assertTrue(!success, name);
    }
}
