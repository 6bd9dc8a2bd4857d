// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {WordTree} from "../../../src/step/state/WordTree.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {Test} from "../../utils/Test.sol";
import {CallStackHarness} from "./CallStackHarness.sol";
import {MachineWords, Words} from "./MachineWords.sol";

contract CallStackTest is Test {
    using MachineWords for Words;

    CallStackHarness private harness;

    function setUp() public {
        harness = new CallStackHarness();
    }

    function test_suspendCommitsToTheCaller() public view {
        Words memory w = _running();
        Words memory callee = _callee(w);
        assertEq(harness.suspend(w.hashOf(), w.proofOf("")), callee.hashOf(), "after");
    }

    function test_suspendOfNoFrameHasNoParent() public view {
        Words memory none = _running();
        delete none.f;
        (none.pc, none.gas, none.sp, none.memWords, none.stackHash, none.memRoot) = (0, 0, 0, 0, 0, WordTree.EMPTY);
        Words memory callee = _copy(none);
        callee.f[MachineWords.F_DEPTH] = 1;
        assertEq(harness.suspend(none.hashOf(), none.proofOf("")), callee.hashOf(), "after");
    }

    function test_resumeGoesBack() public view {
        Words memory w = _running();
        Words memory callee = _callee(w);
        assertEq(harness.resume(callee.hashOf(), callee.proofOf(w.callerTape())), w.hashOf(), "after");
    }

    /// @dev Every word of the tape counts: with any bit changed there is no caller.
    function testFuzz_resumeRefusesOtherFrames(uint256 bit) public {
        Words memory w = _running();
        Words memory callee = _callee(w);
        bytes memory tape = w.callerTape();
        bit = bound(bit, 0, tape.length * 8 - 1);
        tape[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        bytes32 before = callee.hashOf();
        bytes memory proof = callee.proofOf(tape);
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        harness.resume(before, proof);
    }

    function test_resumeOfATransactionsOwnFrameReverts() public {
        Words memory w = _running();
        w.f[MachineWords.F_PARENT] = 0;
        bytes32 before = w.hashOf();
        bytes memory proof = w.proofOf(w.callerTape());
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        harness.resume(before, proof);
    }

    function test_clearLeavesNoFrame() public view {
        Words memory w = _running();
        Words memory none = _copy(w);
        delete none.f;
        (none.pc, none.gas, none.sp, none.memWords, none.stackHash, none.memRoot) = (0, 0, 0, 0, 0, WordTree.EMPTY);
        assertEq(harness.clear(w.hashOf(), w.proofOf("")), none.hashOf(), "after");
    }

    /// @dev A frame in which nothing is zero.
    function _running() private pure returns (Words memory w) {
        w.stateRoot = keccak256("state");
        w.scratchRoot = keccak256("scratch");
        (w.pc, w.gas, w.memWords) = (type(uint32).max, type(uint64).max, type(uint32).max);
        w.memRoot = keccak256("memory");
        w.push(7);
        w.push(type(uint256).max);
        for (uint256 i = 0; i < 23; ++i) w.f[i] = 1000 + i;
        w.f[MachineWords.F_PARENT] = uint256(keccak256("parent"));
    }

    function _callee(Words memory w) private pure returns (Words memory callee) {
        callee = _copy(w);
        delete callee.f;
        callee.f[MachineWords.F_DEPTH] = w.f[MachineWords.F_DEPTH] + 1;
        callee.f[MachineWords.F_PARENT] = uint256(w.suspendedHash());
        (callee.pc, callee.gas, callee.sp, callee.memWords, callee.stackHash, callee.memRoot) = (0, 0, 0, 0, 0, WordTree.EMPTY);
    }

    function _copy(Words memory w) private pure returns (Words memory) {
        return abi.decode(abi.encode(w), (Words));
    }
}
