// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tape} from "../../../src/step/state/Tape.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {NaiveTree} from "../../utils/NaiveTree.sol";
import {Test} from "../../utils/Test.sol";
import {NaiveWords} from "./NaiveWords.sol";
import {WordTreeHarness} from "./WordTreeHarness.sol";

/// @dev Range proofs against a tree built from all its words, and against the vectors that TypeScript wrote.
contract WordTreeTest is Test {
    WordTreeHarness internal harness = new WordTreeHarness();

    function test_vectors() public view {
        string memory json = vm.readFile("shared/machine/vectors/word-tree.json");
        string[] memory names = vm.parseJsonStringArray(json, ".name");
        uint256[] memory depths = vm.parseJsonUintArray(json, ".depth");
        uint256[] memory firsts = vm.parseJsonUintArray(json, ".first");
        bytes32[] memory roots = vm.parseJsonBytes32Array(json, ".root");
        bytes32[] memory newRoots = vm.parseJsonBytes32Array(json, ".newRoot");
        bytes[] memory words = vm.parseJsonBytesArray(json, ".words");
        bytes[] memory newWords = vm.parseJsonBytesArray(json, ".newWords");
        bytes[] memory proofs = vm.parseJsonBytesArray(json, ".proof");
        bytes[] memory data = vm.parseJsonBytesArray(json, ".bytes");
        assertTrue(names.length > 50);
        for (uint256 i = 0; i < names.length; ++i) {
            (bytes memory taken, bytes32 newRoot) =
                harness.write(roots[i], firsts[i], depths[i], newWords[i], bytes.concat(words[i], proofs[i]));
            assertEq(keccak256(taken), keccak256(words[i]), names[i]);
            assertEq(newRoot, newRoots[i], names[i]);
            if (depths[i] == 17) assertEq(harness.rootOfBytes(data[i]), roots[i], names[i]);
            assertEq(NaiveWords.root(NaiveWords.cut(data[i]), depths[i]), roots[i], names[i]);
        }
    }

    function test_empty_isTheEmptyTree() public view {
        assertEq(WordTree.EMPTY, NaiveTree.zero(17));
        assertEq(harness.rootOfBytes(""), NaiveTree.zero(17));
    }

    /// @dev Any range of any tree: read, and written.
    function testFuzz_range(bytes32[] memory words, uint256 first, bytes32[] memory newWords, uint256 depth, uint256 zeros) public view {
        (words, newWords) = (_part(words, 40), _part(newWords, 20));
        if (newWords.length == 0) newWords = new bytes32[](1);
        depth = depth % 2 == 0 ? 17 : 6;
        first = bound(first, 0, depth == 6 ? 64 - newWords.length : words.length + 40);
        for (uint256 i = 0; i < words.length; ++i) if ((zeros >> i) & 1 == 1) words[i] = 0;
        bytes memory tape = NaiveWords.tape(words, first, newWords.length, depth);
        (bytes memory taken, bytes32 newRoot) =
            harness.write(NaiveWords.root(words, depth), first, depth, NaiveWords.range(newWords, 0, newWords.length), tape);
        assertEq(taken, NaiveWords.range(words, first, newWords.length));
        assertEq(newRoot, NaiveWords.root(_written(words, first, newWords), depth));
    }

    /// @dev A changed tape never passes for other words or leads to another root.
    function testFuzz_mutation(bytes32 seed, uint256 first, uint256 count, uint256 position, uint8 change) public view {
        bytes32[] memory words = _noise(seed, 24);
        (first, count) = (bound(first, 0, 30), bound(count, 1, 9));
        bytes memory tape = NaiveWords.tape(words, first, count, 17);
        position = bound(position, 0, tape.length - 1);
        if (change == 0) change = 1;
        bytes32[] memory newWords = _noise(keccak256(abi.encode(seed)), count);
        tape[position] ^= bytes1(change);
        bool isMask = position >= 32 * count && position < 32 * count + 8;
        bytes32 root = NaiveWords.root(words, 17);
        try harness.write(root, first, 17, NaiveWords.range(newWords, 0, count), tape) returns (bytes memory taken, bytes32 newRoot) {
            // Bits of the mask that no sibling has say nothing.
            assertTrue(isMask, "a changed word or sibling passed");
            assertEq(taken, NaiveWords.range(words, first, count));
            assertEq(newRoot, NaiveWords.root(_written(words, first, newWords), 17));
        } catch {}
    }

    function testFuzz_leaf(bytes32 seed, uint256 index, bytes32 newLeaf) public view {
        bytes32[] memory leaves = _noise(seed, 13);
        index = bound(index, 0, 20);
        bytes memory tape = NaiveWords.tape(leaves, index, 1, 12);
        (bytes32 leaf, bytes32 newRoot) = harness.writeLeaf(NaiveWords.root(leaves, 12), index, 12, newLeaf, tape);
        assertEq(leaf, index < 13 ? leaves[index] : bytes32(0));
        bytes32[] memory one = new bytes32[](1);
        one[0] = newLeaf;
        assertEq(newRoot, NaiveWords.root(_written(leaves, index, one), 12));
    }

    function testFuzz_rootOfBytes(bytes memory data) public view {
        assertEq(harness.rootOfBytes(data), NaiveWords.rootOf(data));
    }

    /// @dev Siblings that are given although they are empty subtrees are as good as left out.
    function test_emptySibling_mayBeGiven() public view {
        bytes memory tape = bytes.concat(bytes32(uint256(7)), bytes8(uint64(0)));
        for (uint256 height = 0; height < 17; ++height) tape = bytes.concat(tape, NaiveTree.zero(height));
        bytes32[] memory words = new bytes32[](1);
        words[0] = bytes32(uint256(7));
        harness.take(NaiveWords.root(words, 17), 0, 1, 17, tape);
    }

    function test_range_wrongRoot_reverts() public {
        bytes32[] memory words = _noise("words", 5);
        bytes memory tape = NaiveWords.tape(words, 1, 2, 17);
        bytes32 root = NaiveWords.root(words, 17);
        vm.expectRevert(abi.encodeWithSelector(WordTree.WrongRoot.selector, bytes32(uint256(1)), root));
        harness.take(bytes32(uint256(1)), 1, 2, 17, tape);
    }

    /// @dev The right words at another position.
    function test_range_otherPosition_reverts() public {
        bytes32[] memory words = _noise("words", 8);
        bytes memory tape = NaiveWords.tape(words, 2, 2, 17);
        bytes32 root = NaiveWords.root(words, 17);
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        harness.take(root, 4, 2, 17, tape);
    }

    function test_range_cutTape_reverts() public {
        bytes32[] memory words = _noise("words", 5);
        bytes memory tape = NaiveWords.tape(words, 1, 2, 17);
        bytes32 root = NaiveWords.root(words, 17);
        assembly ("memory-safe") {
            mstore(tape, sub(mload(tape), 1))
        }
        vm.expectRevert(abi.encodeWithSelector(Tape.TapeTooShort.selector, 32, 31));
        harness.take(root, 1, 2, 17, tape);
    }

    function test_range_outOfTree_reverts() public {
        uint256[2][5] memory cases = [[uint256(0), 0], [uint256(64), 1], [uint256(63), 2], [uint256(0), 65], [uint256(1000), 3]];
        for (uint256 i = 0; i < cases.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(WordTree.RangeOutOfTree.selector, cases[i][0], cases[i][1], 6));
            harness.take(bytes32(0), cases[i][0], cases[i][1], 6, new bytes(4_000));
        }
    }

    /// @dev The last words of the tree, and all of it.
    function test_range_atTheEnd() public view {
        bytes32[] memory words = _noise("words", 64);
        bytes32 root = NaiveWords.root(words, 6);
        harness.take(root, 63, 1, 6, NaiveWords.tape(words, 63, 1, 6));
        harness.take(root, 0, 64, 6, NaiveWords.tape(words, 0, 64, 6));
    }

    function _written(bytes32[] memory words, uint256 first, bytes32[] memory newWords) private pure returns (bytes32[] memory all) {
        uint256 end = first + newWords.length;
        all = new bytes32[](end > words.length ? end : words.length);
        for (uint256 i = 0; i < words.length; ++i) all[i] = words[i];
        for (uint256 i = 0; i < newWords.length; ++i) all[first + i] = newWords[i];
    }

    function _part(bytes32[] memory words, uint256 most) private pure returns (bytes32[] memory part) {
        part = new bytes32[](words.length > most ? most : words.length);
        for (uint256 i = 0; i < part.length; ++i) part[i] = words[i];
    }

    function _noise(bytes32 seed, uint256 count) private pure returns (bytes32[] memory words) {
        words = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) words[i] = keccak256(abi.encode(seed, i));
    }
}
