// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {SectionWords} from "../../../src/step/state/SectionWords.sol";
import {Test} from "../../utils/Test.sol";
import {MachineStateHarness} from "./MachineStateHarness.sol";
import {Picture, Pictures} from "./Picture.sol";

/// @dev Opening and closing machines: those of shared/machine/vectors/sections.json, and made-up ones.
contract MachineStateTest is Test {
    using Pictures for Picture;

    uint256 internal constant HEAD = 2 + 5 * 32;

    MachineStateHarness internal harness = new MachineStateHarness();

    struct Row {
        string name;
        uint256 packed;
        bytes32 stackHash;
        bytes32 memRoot;
        bytes32 stateRoot;
        bytes32 scratchRoot;
        bytes words;
        bytes32[] hashes;
        bytes32 hash;
    }

    /// @dev What TypeScript commits to at many points of a block is what is opened here, whatever is open.
    function test_vectors() public view {
        Row[] memory list = _rows();
        assertTrue(list.length > 20);
        for (uint256 i = 0; i < list.length; ++i) {
            for (uint256 mask = 0; mask < 32; mask += 1 + i % 3) {
                uint256 expected = mask | _empty(list[i].hashes);
                bytes memory proof = _opening(list[i], mask);
                if (expected & 8 == 0) continue;
                (bytes32 closed, uint256 open) = harness.reopen(list[i].hash, proof);
                assertEq(closed, list[i].hash, list[i].name);
                assertEq(open, expected, list[i].name);
            }
            _checkWords(list[i]);
        }
    }

    /// @dev No other bytes open the same machine.
    function testFuzz_mutation(uint256 row, uint256 mask, uint256 position, uint8 change) public view {
        Row[] memory list = _rows();
        Row memory r = list[row % list.length];
        if (change == 0) change = 1;
        bytes memory proof = _opening(r, (mask % 32) | 8);
        position = bound(position, 0, proof.length - 1);
        // The upper bits of the mask open nothing.
        if (position == 1) change = (change & 31) == 0 ? 1 : change & 31;
        proof[position] ^= bytes1(change);
        try harness.reopen(r.hash, proof) returns (bytes32, uint256) {
            assertTrue(false, "another opening");
        } catch {}
    }

    function test_emptySections() public pure {
        Picture memory p = Pictures.blank();
        assertEq(SectionWords.EMPTY_R, Pictures.section("runSection", p.r));
        assertEq(SectionWords.EMPTY_B, Pictures.section("blockSection", p.b));
        assertEq(SectionWords.EMPTY_T, Pictures.section("txSection", p.t));
        assertEq(SectionWords.EMPTY_F, Pictures.section("frameSection", p.f));
        assertEq(SectionWords.EMPTY_X, Pictures.section("microOpSection", p.x));
    }

    /// @dev Everything of the transaction is gone, R and B stay.
    function testFuzz_endSegment(bytes32 seed) public view {
        Picture memory p = _random(seed);
        Picture memory after_ = Pictures.blank();
        (after_.r, after_.b, after_.stateRoot, after_.status) = (p.r, p.b, p.stateRoot, 1);
        assertEq(harness.endSegment(p.hash(), p.opening(31)), after_.hash());
        assertEq(harness.endSegment(p.hash(), p.opening(28)), after_.hash());
    }

    function testFuzz_need(bytes32 seed, uint256 mask, uint256 needed) public {
        Picture memory p = _random(seed);
        (mask, needed) = ((mask % 32) | 8, needed % 32);
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(mask));
        if (needed & mask != needed) vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, needed, mask));
        harness.need(before, proof, needed);
    }

    function test_closedFrame_reverts() public {
        Picture memory p = _random("seed");
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(23));
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 8, 23));
        harness.reopen(before, proof);
    }

    function test_otherForm_reverts() public {
        Picture memory p = _random("seed");
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(31));
        proof[0] = 0x02;
        vm.expectRevert(abi.encodeWithSelector(MachineState.NotAMachine.selector, 2));
        harness.reopen(before, proof);
    }

    function test_otherState_reverts() public {
        Picture memory p = _random("seed");
        (bytes32 actual, bytes memory proof) = (p.hash(), p.opening(31));
        vm.expectRevert(abi.encodeWithSelector(MachineState.WrongState.selector, bytes32(uint256(1)), actual));
        harness.reopen(bytes32(uint256(1)), proof);
    }

    /// @dev A tape that is not used up.
    function test_trailingTape_reverts() public {
        Picture memory p = _random("seed");
        (bytes32 before, bytes memory proof) = (p.hash(), bytes.concat(p.opening(31), hex"00"));
        vm.expectPartialRevert(MptProof.TrailingProof.selector);
        harness.reopen(before, proof);
    }

    /// @dev The words stand where the sections' structs have them.
    function _checkWords(Row memory r) private view {
        (uint256 packed, uint256[5] memory last) = harness.peekSections(r.hash, _opening(r, 31));
        assertEq(packed, r.packed, r.name);
        uint256[5] memory counts = [uint256(15), 19, 36, 23, 23];
        uint256 end = 0;
        for (uint256 i = 0; i < 5; ++i) {
            end += counts[i];
            assertEq(last[i], uint256(_word(r.words, end - 1)), r.name);
        }
        assertEq(32 * end, r.words.length, r.name);
    }

    function _rows() private view returns (Row[] memory list) {
        string memory json = vm.readFile("shared/machine/vectors/sections.json");
        string[] memory names = vm.parseJsonStringArray(json, ".name");
        list = new Row[](names.length);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i].name = names[i];
            list[i].hashes = vm.parseJsonBytes32Array(json, string.concat(".hashes", vm.toString(i)));
        }
        bytes32[] memory column = vm.parseJsonBytes32Array(json, ".packed");
        for (uint256 i = 0; i < list.length; ++i) list[i].packed = uint256(column[i]);
        column = vm.parseJsonBytes32Array(json, ".stackHash");
        for (uint256 i = 0; i < list.length; ++i) list[i].stackHash = column[i];
        column = vm.parseJsonBytes32Array(json, ".memRoot");
        for (uint256 i = 0; i < list.length; ++i) list[i].memRoot = column[i];
        column = vm.parseJsonBytes32Array(json, ".stateRoot");
        for (uint256 i = 0; i < list.length; ++i) list[i].stateRoot = column[i];
        column = vm.parseJsonBytes32Array(json, ".scratchRoot");
        for (uint256 i = 0; i < list.length; ++i) list[i].scratchRoot = column[i];
        column = vm.parseJsonBytes32Array(json, ".hash");
        for (uint256 i = 0; i < list.length; ++i) list[i].hash = column[i];
        bytes[] memory words = vm.parseJsonBytesArray(json, ".words");
        for (uint256 i = 0; i < list.length; ++i) list[i].words = words[i];
    }

    function _opening(Row memory r, uint256 mask) private pure returns (bytes memory proof) {
        proof = bytes.concat(
            hex"01", bytes1(uint8(mask)), abi.encodePacked(r.packed, r.stackHash, r.memRoot, r.stateRoot, r.scratchRoot)
        );
        assert(proof.length == HEAD);
        uint256[5] memory counts = [uint256(15), 19, 36, 23, 23];
        uint256 from = 0;
        for (uint256 i = 0; i < 5; ++i) {
            if ((mask >> i) & 1 == 0) proof = bytes.concat(proof, r.hashes[i]);
            else for (uint256 j = from; j < from + counts[i]; ++j) proof = bytes.concat(proof, _word(r.words, j));
            from += counts[i];
        }
    }

    /// @dev Mask of the sections that are not in use.
    function _empty(bytes32[] memory hashes) private pure returns (uint256 mask) {
        bytes32[5] memory empty =
            [SectionWords.EMPTY_R, SectionWords.EMPTY_B, SectionWords.EMPTY_T, SectionWords.EMPTY_F, SectionWords.EMPTY_X];
        for (uint256 i = 0; i < 5; ++i) if (hashes[i] == empty[i]) mask |= 1 << i;
    }

    function _word(bytes memory data, uint256 index) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), shl(5, index)))
        }
    }

    /// @dev A machine with something in every word.
    function _random(bytes32 seed) private pure returns (Picture memory p) {
        p = Pictures.blank();
        (p.pc, p.gas, p.memWords) = (uint32(uint256(seed)), uint64(uint256(seed) >> 64), uint32(uint256(seed) >> 128));
        p.stateRoot = keccak256(abi.encode(seed, "state"));
        p.scratchRoot = keccak256(abi.encode(seed, "scratch"));
        p.stack = new uint256[](3);
        _fill(p.stack, seed);
        _fill(p.r, seed);
        _fill(p.b, seed);
        _fill(p.t, seed);
        _fill(p.f, seed);
        _fill(p.x, seed);
    }

    function _fill(uint256[] memory words, bytes32 seed) private pure {
        for (uint256 i = 0; i < words.length; ++i) words[i] = uint160(uint256(keccak256(abi.encode(seed, words.length, i)))) + 1;
    }
}
