// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Stack} from "../../../src/step/state/Stack.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {Test} from "../../utils/Test.sol";
import {MachineStateHarness} from "./MachineStateHarness.sol";
import {Picture, Pictures} from "./Picture.sol";

/// @dev The stack's chain against whole stacks.
contract StackTest is Test {
    using Pictures for Picture;

    MachineStateHarness internal harness = new MachineStateHarness();

    /// @dev Words that are opened, and any actions on them, against an array.
    function testFuzz_actions(uint256[] memory stack, uint256 count, uint256[] memory actions) public {
        if (stack.length == 0) stack = new uint256[](1);
        count = bound(count, 0, stack.length);
        Picture memory p = _picture(stack);
        bytes memory proof = bytes.concat(p.opening(31), _tape(stack, count));
        uint256[] memory words = _copy(stack, stack.length + actions.length + 1);
        uint256 height = stack.length;
        uint256 below = stack.length - count;
        for (uint256 i = 0; i < actions.length; ++i) {
            if (i % 3 != 0) actions[i] %= 15;
            uint256 action = actions[i];
            uint256 depth = action < 5 ? 0 : action < 10 ? action - 5 : action - 10;
            if (action <= 15 && height - below < depth + 1) {
                bytes32 before = p.hash();
                vm.expectRevert(abi.encodeWithSelector(Stack.StackNotOpen.selector, depth + 1, height - below));
                harness.stack(before, proof, count, actions);
                return;
            }
            if (action > 15) words[height++] = action;
            else if (action < 5) --height;
            else if (action < 10) (words[height], height) = (words[height - 1 - depth], height + 1);
            else words[height - 1 - depth] = action;
        }
        bytes32 closed = harness.stack(p.hash(), proof, count, actions);
        p.stack = _copy(words, height);
        assertEq(closed, p.hash());
    }

    /// @dev A frame without open words pushes one.
    function testFuzz_push(uint256[] memory stack, uint256 word) public view {
        if (word <= 15) word += 16;
        uint256[] memory actions = new uint256[](1);
        actions[0] = word;
        Picture memory p = _picture(stack);
        bytes32 closed = harness.stack(p.hash(), p.opening(31), 0, actions);
        p.stack = _copy(stack, stack.length + 1);
        p.stack[stack.length] = word;
        assertEq(closed, p.hash());
    }

    /// @dev Other words, or other words below, do not have the stack's hash.
    function testFuzz_otherWords_reverts(uint256[] memory stack, uint256 count, uint256 position, uint8 change) public {
        if (stack.length == 0) stack = new uint256[](1);
        count = bound(count, 1, stack.length);
        if (change == 0) change = 1;
        Picture memory p = _picture(stack);
        bytes memory tape = _tape(stack, count);
        tape[position % tape.length] ^= bytes1(change);
        (bytes32 before, bytes memory proof) = (p.hash(), bytes.concat(p.opening(31), tape));
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        harness.stack(before, proof, count, new uint256[](0));
    }

    /// @dev An order of words cannot pass for another, nor a word for the hash below it.
    function test_shiftedWords_reverts() public {
        uint256[] memory stack = new uint256[](3);
        (stack[0], stack[1], stack[2]) = (1, 2, 3);
        Picture memory p = _picture(stack);
        (bytes32 before, bytes memory proof) = (p.hash(), bytes.concat(p.opening(31), abi.encode(0, 2, 3)));
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        harness.stack(before, proof, 2, new uint256[](0));
        proof = bytes.concat(p.opening(31), Pictures.stackHash(stack, 1), abi.encode(3, 2));
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        harness.stack(before, proof, 2, new uint256[](0));
    }

    function _picture(uint256[] memory stack) private pure returns (Picture memory p) {
        p = Pictures.blank();
        p.stack = stack;
    }

    function _tape(uint256[] memory stack, uint256 count) private pure returns (bytes memory tape) {
        if (count == 0) return "";
        tape = abi.encodePacked(Pictures.stackHash(stack, stack.length - count));
        for (uint256 i = stack.length - count; i < stack.length; ++i) tape = bytes.concat(tape, bytes32(stack[i]));
    }

    function _copy(uint256[] memory words, uint256 length) private pure returns (uint256[] memory result) {
        result = new uint256[](length);
        for (uint256 i = 0; i < words.length && i < length; ++i) result[i] = words[i];
    }
}
