// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptVectors} from "./MptVectors.sol";

/// @dev Proofs changed in every way an adversary may think of: the answer stays right or there is none.
contract MptMutationsTest is MptVectors {
    uint256 internal constant MUTANTS_PER_ROW = 24;

    Row[] private list;
    uint256 private state;

    function setUp() public {
        Row[] memory all = rows();
        for (uint256 i = 0; i < all.length; ++i) list.push(all[i]);
    }

    /// @dev Each run takes one row and changes its proofs.
    function testFuzz_mutants_revertOrGiveTheRightAnswer(uint256 seed) public {
        state = seed;
        Row memory row = list[_random() % list.length];
        for (uint256 i = 0; i < MUTANTS_PER_ROW; ++i) {
            bytes memory mutant = _mutate(row.proof, i);
            bytes memory shorter = i % 2 == 0 ? _mutate(getProof(row), i) : mutant;
            try harness.read(row.root, row.key, row.keyLength, shorter) returns (bytes memory value) {
                assertEq(value, row.value);
            } catch {}
            try harness.write(row.root, row.key, row.keyLength, row.newValue, mutant) returns (bytes32 newRoot) {
                assertEq(newRoot, row.newRoot, row.name);
            } catch {}
        }
    }

    function _mutate(bytes memory proof, uint256 kind) private returns (bytes memory) {
        uint256 random = _random();
        kind %= 8;
        if (kind == 0 || proof.length == 0) return bytes.concat(proof, abi.encodePacked(uint8(random)));
        uint256 start = random % proof.length;
        if (kind == 1) return slice(proof, 0, start);
        if (kind == 2) return bytes.concat(slice(proof, 0, start), slice(proof, start + 1, proof.length - start - 1));
        if (kind == 3) return bytes.concat(slice(proof, start, proof.length - start), slice(proof, 0, start));
        if (kind == 4) return list[(random >> 32) % list.length].proof;
        if (kind == 5) return bytes.concat(proof, list[(random >> 32) % list.length].proof);
        if (kind == 6) return _swapNodes(proof, random >> 32);
        proof = slice(proof, 0, proof.length);
        proof[start] = bytes1(uint8(proof[start]) ^ uint8(1 << ((random >> 64) % 8)));
        return proof;
    }

    /// @dev One node of the proof dropped, doubled, or changed for the one before it.
    function _swapNodes(bytes memory proof, uint256 random) private pure returns (bytes memory result) {
        uint256 from = 0;
        uint256 previous = 0;
        uint256 stop = random % proof.length;
        while (from < stop) (previous, from) = (from, from + _nodeLength(proof, from));
        if (from >= proof.length) return slice(proof, 0, previous);
        uint256 end = from + _nodeLength(proof, from);
        bytes memory node = slice(proof, from, end - from);
        bytes memory before = slice(proof, 0, previous);
        bytes memory middle = slice(proof, previous, from - previous);
        bytes memory rest = slice(proof, end, proof.length - end);
        uint256 kind = (random >> 128) % 3;
        if (kind == 0) return bytes.concat(before, node, middle, rest);
        if (kind == 1) return bytes.concat(before, middle, rest);
        return bytes.concat(before, middle, node, node, rest);
    }

    function _nodeLength(bytes memory proof, uint256 start) private pure returns (uint256) {
        uint256 prefix = uint8(proof[start]);
        if (prefix < 0xf8) return prefix - 0xbf;
        if (prefix == 0xf8) return 2 + uint256(uint8(proof[start + 1]));
        return 3 + uint256(uint8(proof[start + 1])) * 256 + uint8(proof[start + 2]);
    }

    function _random() private returns (uint256) {
        state = uint256(keccak256(abi.encode(state)));
        return state;
    }
}
