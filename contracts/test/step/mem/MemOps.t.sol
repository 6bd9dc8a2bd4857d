// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspMem} from "../../../src/step/OspMem.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {NaiveWords} from "../state/NaiveWords.sol";
import {F, Picture, Pictures} from "../state/Picture.sol";
import {StepTest} from "../state/StepTest.sol";

/// @dev MLOAD, MSTORE, MSTORE8 at any place of any memory.
contract MemOpsTest is StepTest {
    using Pictures for Picture;

    function setUp() public {
        part = new OspMem();
    }

    /// @dev EIP-170.
    function test_size() public view {
        assertTrue(address(part).code.length < 24_576);
    }

    function testFuzz_mload(bytes32 seed, uint256 size, uint256 offset) public view {
        Picture memory p = _with(hex"51", seed, size);
        offset = bound(offset, 0, 500);
        p.stack = words(7, offset);
        bytes memory word = slice(p.mem, offset, 32);
        (uint256 grown, uint256 gas) = _growth(p, offset + 32);
        Picture memory after_ = p.next(3 + gas, 1, words(uint256(bytes32(word))));
        after_.memWords = grown;
        expectStep(p, bytes.concat(p.opcodeTape(hex"51", 1), NaiveWords.bytesTape(p.mem, offset, 32)), after_);
    }

    function testFuzz_mstore(bytes32 seed, uint256 size, uint256 offset, uint256 word) public view {
        Picture memory p = _with(hex"52", seed, size);
        offset = bound(offset, 0, 500);
        p.stack = words(7, word, offset);
        (uint256 grown, uint256 gas) = _growth(p, offset + 32);
        Picture memory after_ = p.next(3 + gas, 2, none());
        after_.memWords = grown;
        after_.mem = overwrite(p.mem, offset, abi.encode(word));
        expectStep(p, bytes.concat(p.opcodeTape(hex"52", 2), NaiveWords.bytesTape(p.mem, offset, 32)), after_);
    }

    function testFuzz_mstore8(bytes32 seed, uint256 size, uint256 offset, uint256 word) public view {
        Picture memory p = _with(hex"53", seed, size);
        offset = bound(offset, 0, 500);
        p.stack = words(7, word, offset);
        (uint256 grown, uint256 gas) = _growth(p, offset + 1);
        Picture memory after_ = p.next(3 + gas, 2, none());
        after_.memWords = grown;
        after_.mem = overwrite(p.mem, offset, abi.encodePacked(uint8(word)));
        expectStep(p, bytes.concat(p.opcodeTape(hex"53", 2), NaiveWords.bytesTape(p.mem, offset, 1)), after_);
    }

    /// @dev Too far for any gas, or for this much: one and the same halt.
    function test_halts() public view {
        uint256[4] memory offsets = [type(uint256).max, 2 ** 32, 2 ** 32 - 1, 100];
        for (uint256 i = 0; i < offsets.length; ++i) {
            Picture memory p = Pictures.running(hex"51", words(offsets[i]), 14);
            expectStep(p, p.opcodeTape(hex"51", 1), p.halted());
        }
        // Base gas is charged first; then no word is opened.
        Picture memory poor = Pictures.running(hex"51", words(0), 2);
        expectStep(poor, hex"0000000151", poor.halted());
        Picture memory bare = Pictures.running(hex"52", words(0), 1_000);
        expectStep(bare, hex"0000000152", bare.halted());
    }

    /// @dev Exactly enough gas, and a unit less.
    function test_gas_atTheEdge() public view {
        Picture memory p = Pictures.running(hex"52", words(5, 992), 3 + 3 * 32 + 2);
        p.f[F.SNAP_STATE] = uint256(keccak256("another state"));
        Picture memory after_ = p.next(p.gas, 2, none());
        after_.memWords = 32;
        after_.mem = overwrite("", 992, abi.encode(5));
        expectStep(p, bytes.concat(p.opcodeTape(hex"52", 2), NaiveWords.bytesTape("", 992, 32)), after_);
        p.gas -= 1;
        expectStep(p, p.opcodeTape(hex"52", 2), p.halted());
    }

    /// @dev Sections that the step does not touch may stay closed, T is needed to halt.
    function test_closedSections() public {
        Picture memory p = Pictures.running(hex"51", words(0), 100);
        bytes memory tape = bytes.concat(p.opcodeTape(hex"51", 1), NaiveWords.bytesTape("", 0, 32));
        bytes32 open = run(p, bytes.concat(p.opening(31), tape));
        assertEq(run(p, bytes.concat(p.opening(8), tape)), open);
        bytes memory proof = bytes.concat(p.opening(7 + 16), tape);
        bytes32 before = p.hash();
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 8, 23));
        this.step(before, proof);
        p.gas = 2;
        proof = bytes.concat(p.opening(8), hex"0000000151");
        before = p.hash();
        // X is all zeros, and so open; R and B are not.
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 4 + 16, 8 + 16 + 1));
        this.step(before, proof);
    }

    function test_otherCode_reverts() public {
        Picture memory p = Pictures.running(hex"51", words(0), 100);
        bytes memory proof = bytes.concat(p.opening(31), hex"0000000152");
        bytes32 before = p.hash();
        vm.expectRevert(abi.encodeWithSelector(Tape.WrongPreimage.selector, keccak256(hex"51"), keccak256(hex"52")));
        this.step(before, proof);
    }

    function test_otherStack_reverts() public {
        Picture memory p = Pictures.running(hex"51", words(1, 0), 100);
        Picture memory other = Pictures.running(hex"51", words(0, 0), 100);
        bytes memory proof = bytes.concat(p.opening(31), other.opcodeTape(hex"51", 1));
        bytes32 before = p.hash();
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        this.step(before, proof);
    }

    function test_otherMemory_reverts() public {
        Picture memory p = _with(hex"51", "seed", 64);
        p.stack = words(0);
        bytes memory proof = bytes.concat(p.opening(31), p.opcodeTape(hex"51", 1), NaiveWords.bytesTape(noise("other", 64), 0, 32));
        bytes32 before = p.hash();
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        this.step(before, proof);
    }

    function _with(bytes memory code, bytes32 seed, uint256 size) private pure returns (Picture memory p) {
        p = Pictures.running(code, none(), 100_000);
        p.memWords = size % 12;
        p.mem = noise(seed, 32 * p.memWords);
    }

    function _growth(Picture memory p, uint256 end) private pure returns (uint256 grown, uint256 gas) {
        grown = (end + 31) / 32;
        if (grown < p.memWords) grown = p.memWords;
        gas = memoryGas(grown) - memoryGas(p.memWords);
    }
}
