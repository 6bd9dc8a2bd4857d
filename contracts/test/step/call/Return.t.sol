// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCall} from "../../../src/step/OspCall.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {StepScene} from "./StepScene.sol";

/// @dev The ways back from a frame.
contract ReturnTest is StepScene {
    using MachineWords for Words;

    bytes private constant CALLER_CODE = hex"f1";

    function setUp() public {
        part = new OspCall();
        _putAccount(SELF, 1, 1_000, keccak256(CALLER_CODE));
    }

    function test_stopOfTheTransactionsOwnFrame() public view {
        // The end of the code is a STOP, whether the code is empty or pc is behind it.
        Words memory w = _frame("");
        _expectStep(w, "", _left(w, true, 1_000_000));
        w = _frame(hex"5b");
        w.pc = 33;
        _expectStep(w, MachineWords.codeTape(hex"5b"), _left(w, true, 1_000_000));
    }

    function test_stopGoesBackToTheCaller() public view {
        (Words memory caller, Words memory w) = _scene(hex"00", 0);
        Words memory expected = _back(caller, w, 1);
        expected.gas += w.gas;
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"00"), caller.callerTape()), expected);
    }

    function test_returnFillsTheWindow() public view {
        (Words memory caller, Words memory w) = _scene(hex"f3", 0);
        bytes memory stack = _pushAll(w, _words(40, 3));
        Words memory expected = _back(caller, w, 1);
        expected.gas += w.gas - 6;
        _setReturned(expected, 3, 40);
        _setCopy(expected, 40);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), stack, caller.callerTape()), expected);
    }

    function test_returnFillsNoMoreThanTheWindow() public view {
        (Words memory caller, Words memory w) = _scene(hex"f3", 0);
        bytes memory stack = _pushAll(w, _words(400, 3));
        Words memory expected = _back(caller, w, 1);
        expected.gas += w.gas - 13 * 3;
        _setReturned(expected, 3, 400);
        _setCopy(expected, 64);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), stack, caller.callerTape()), expected);
    }

    function test_returnOfNothingFromAnywhere() public view {
        (Words memory caller, Words memory w) = _scene(hex"f3", 0);
        bytes memory stack = _pushAll(w, _words(0, type(uint256).max));
        Words memory expected = _back(caller, w, 1);
        expected.gas += w.gas;
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), stack, caller.callerTape()), expected);
    }

    function test_revertRestoresAndKeepsGas() public view {
        (Words memory caller, Words memory w) = _scene(hex"fd", 0);
        bytes memory stack = _pushAll(w, _words(40, 3));
        _change(w);
        Words memory expected = _back(caller, w, 0);
        expected.gas += w.gas - 6;
        _restore(expected, w);
        _setReturned(expected, 3, 40);
        _setCopy(expected, 40);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"fd"), stack, caller.callerTape()), expected);
    }

    function test_haltTakesAllGasAndReturnsNothing() public view {
        (Words memory caller, Words memory w) = _scene(hex"f3", 0);
        bytes memory stack = _pushAll(w, _words(2 ** 32, 0));
        _change(w);
        Words memory expected = _back(caller, w, 0);
        _restore(expected, w);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), stack, caller.callerTape()), expected);
    }

    /// @dev Too few words: the stack is not even opened.
    function test_haltOfAnEmptyStack() public view {
        (Words memory caller, Words memory w) = _scene(hex"f3", 0);
        _change(w);
        Words memory expected = _back(caller, w, 0);
        _restore(expected, w);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), caller.callerTape()), expected);
    }

    function test_returnOfACreationIsItsCode() public view {
        (, Words memory w) = _scene(hex"f3", 4);
        bytes memory stack = _pushAll(w, _words(40, 3));
        Words memory expected = _copy(w);
        (expected.pc, expected.sp, expected.stackHash, expected.memWords) = (1, 0, 0, 2);
        expected.gas = w.gas - 6;
        expected.x[MachineWords.X_OP] = 16;
        expected.x[MachineWords.X_SOURCE] = uint256(WordTree.EMPTY);
        expected.x[MachineWords.X_SOURCE + 1] = 3;
        expected.x[MachineWords.X_SOURCE + 2] = 40;
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"f3"), stack), expected);
    }

    function test_stopOfACreationGivesItsAddress() public view {
        (Words memory caller, Words memory w) = _scene("", 5);
        Words memory expected = _back(caller, w, uint160(OTHER));
        expected.gas += w.gas;
        _expectStep(w, caller.callerTape(), expected);
    }

    function test_revertOfACreationLeavesData() public view {
        (Words memory caller, Words memory w) = _scene(hex"fd", 5);
        bytes memory stack = _pushAll(w, _words(40, 3));
        Words memory expected = _back(caller, w, 0);
        expected.gas += w.gas - 6;
        _setReturned(expected, 3, 40);
        _expectStep(w, bytes.concat(MachineWords.codeTape(hex"fd"), stack, caller.callerTape()), expected);
    }

    /// @dev A caller in the midst of its code and a frame of this kind below it, with 64 bytes of window at 96.
    function _scene(bytes memory code, uint256 kind) private view returns (Words memory caller, Words memory w) {
        caller = _frame(CALLER_CODE);
        caller.pc = 1;
        caller.memWords = 5;
        caller.memRoot = keccak256("memory");
        caller.push(3);
        w = _calleeOf(caller, code);
        w.gas = 70_000;
        w.f[MachineWords.F_KIND] = kind;
        if (kind < 4) (w.f[MachineWords.F_RET_OFF], w.f[MachineWords.F_RET_LEN]) = (96, 64);
    }

    /// @dev What a reverting frame did.
    function _change(Words memory w) private pure {
        (w.stateRoot, w.scratchRoot) = (keccak256("changed"), keccak256("warmed"));
        for (uint256 i = MachineWords.T_REFUND; i <= MachineWords.T_LOGS_ROOT; ++i) w.t[i] += 1;
    }

    function _restore(Words memory expected, Words memory w) private pure {
        (expected.stateRoot, expected.scratchRoot) = (bytes32(w.f[MachineWords.F_SNAP]), bytes32(w.f[MachineWords.F_SNAP + 1]));
        for (uint256 i = 0; i < 5; ++i) expected.t[MachineWords.T_REFUND + i] = w.f[MachineWords.F_SNAP + 2 + i];
    }

    /// @dev The caller as it runs again, before what came back of gas and data.
    function _back(Words memory caller, Words memory w, uint256 pushed) private pure returns (Words memory expected) {
        expected = _copy(caller);
        (expected.stateRoot, expected.scratchRoot) = (w.stateRoot, w.scratchRoot);
        for (uint256 i = 0; i < 36; ++i) expected.t[i] = w.t[i];
        for (uint256 i = 0; i < 3; ++i) expected.f[MachineWords.F_RETURN + i] = 0;
        expected.push(pushed);
    }

    function _setReturned(Words memory w, uint256 offset, uint256 length) private pure {
        w.f[MachineWords.F_RETURN] = uint256(WordTree.EMPTY);
        w.f[MachineWords.F_RETURN + 1] = offset;
        w.f[MachineWords.F_RETURN + 2] = length;
    }

    function _setCopy(Words memory w, uint256 length) private pure {
        w.x[MachineWords.X_OP] = 1;
        w.x[MachineWords.X_I] = length;
        w.x[MachineWords.X_DST_OFF] = 96;
        for (uint256 i = 0; i < 3; ++i) w.x[MachineWords.X_SOURCE + i] = w.f[MachineWords.F_RETURN + i];
    }
}
