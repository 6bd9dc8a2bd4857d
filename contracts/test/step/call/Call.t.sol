// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCall} from "../../../src/step/OspCall.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {StepScene} from "./StepScene.sol";

/// @dev A call with value, from the opcode to the callee's frame.
contract CallTest is StepScene {
    using MachineWords for Words;

    bytes private constant CODE = hex"f1";
    bytes private constant STATIC_CODE = hex"fa";
    bytes private constant CALLEE = hex"5b00";

    function setUp() public {
        part = new OspCall();
        _putAccount(SELF, 1, 1_000, keccak256(CODE));
        _putAccount(OTHER, 1, 5, keccak256(CALLEE));
        _mark(0x41, ORIGIN);
    }

    function test_callChargesAndFillsX() public {
        Words memory w = _frame(CODE);
        bytes memory tape = _callTape(w, 50_000, 100);
        Words memory expected = _called(w, 100);
        _expectStep(w, tape, expected);
    }

    function test_callAsksForNoMoreGasThanAnyoneHas() public {
        Words memory w = _frame(CODE);
        bytes memory tape = _callTape(w, type(uint256).max, 100);
        Words memory expected = _called(w, 100);
        expected.x[MachineWords.X_GAS] = 2 ** 53 - 1;
        _expectStep(w, tape, expected);
    }

    function test_callWithValueInStaticFrameHalts() public view {
        Words memory w = _frame(CODE);
        w.f[MachineWords.F_IS_STATIC] = 1;
        bytes memory tape = bytes.concat(MachineWords.codeTape(CODE), _pushAll(w, _operands(50_000, 100)));
        Words memory expected = _left(w, false, 0);
        (expected.stateRoot, expected.scratchRoot) = (bytes32(w.f[MachineWords.F_SNAP]), bytes32(w.f[MachineWords.F_SNAP + 1]));
        _expectStep(w, tape, expected);
    }

    function test_staticcallSetsStatic() public {
        Words memory w = _frame(STATIC_CODE);
        uint256[] memory words = new uint256[](6);
        (words[5], words[4]) = (7_000, uint160(OTHER));
        bytes memory tape = bytes.concat(MachineWords.codeTape(STATIC_CODE), _pushAll(w, words), _scratchProof(0x41, OTHER));
        Words memory expected = _copy(w);
        _mark(0x41, OTHER);
        expected.scratchRoot = _frame(CODE).scratchRoot;
        (expected.pc, expected.sp, expected.stackHash, expected.gas) = (1, 0, 0, w.gas - 2_600);
        expected.x[MachineWords.X_OP] = 5;
        expected.x[MachineWords.X_KIND] = 3;
        expected.x[MachineWords.X_IS_STATIC] = 1;
        expected.x[MachineWords.X_GAS] = 7_000;
        expected.x[MachineWords.X_TARGET] = uint160(OTHER);
        expected.x[MachineWords.X_CALLER] = uint160(SELF);
        expected.x[MachineWords.X_CODE_ADDRESS] = uint160(OTHER);
        _expectStep(w, tape, expected);
    }

    function test_callDelegationSetsGasAside() public {
        Words memory w = _called(_frame(CODE), 100);
        Words memory expected = _copy(w);
        expected.gas -= 50_000;
        expected.x[MachineWords.X_OP] = 6;
        expected.x[MachineWords.X_GAS] = 52_300;
        _expectStep(w, bytes.concat(_accountProof(OTHER), MachineWords.codeTape(CALLEE)), expected);
    }

    function test_callDelegationKeepsOneSixtyFourth() public {
        Words memory w = _called(_frame(CODE), 100);
        w.x[MachineWords.X_GAS] = 2 ** 53 - 1;
        Words memory expected = _copy(w);
        expected.gas = w.gas / 64;
        expected.x[MachineWords.X_OP] = 6;
        expected.x[MachineWords.X_GAS] = w.gas - w.gas / 64 + 2_300;
        _expectStep(w, bytes.concat(_accountProof(OTHER), MachineWords.codeTape(CALLEE)), expected);
    }

    function test_callDelegationFollowsDelegation() public {
        bytes memory code = abi.encodePacked(hex"ef0100", ORIGIN);
        _putAccount(OTHER, 1, 5, keccak256(code));
        Words memory w = _called(_frame(CODE), 0);
        w.stateRoot = _frame(CODE).stateRoot;
        Words memory expected = _copy(w);
        // It is warm already.
        expected.gas -= 50_000 + 100;
        expected.x[MachineWords.X_OP] = 6;
        expected.x[MachineWords.X_GAS] = 50_000;
        expected.x[MachineWords.X_CODE_ADDRESS] = uint160(ORIGIN);
        expected.x[MachineWords.X_CODE_ADDRESS + 1] = 1;
        _expectStep(w, bytes.concat(_accountProof(OTHER), MachineWords.codeTape(code), _scratchProof(0x41, ORIGIN)), expected);
    }

    function test_callDebitTakesTheValue() public {
        Words memory w = _toDebit(100);
        bytes memory tape = _accountProof(SELF);
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 7;
        expected.x[MachineWords.X_BEFORE] = uint256(w.stateRoot);
        _putAccount(SELF, 1, 900, keccak256(CODE));
        expected.stateRoot = _frame(CODE).stateRoot;
        _expectStep(w, tape, expected);
    }

    function test_callDebitWithoutFundsFailsSoftly() public {
        Words memory w = _toDebit(1_001);
        _expectStep(w, _accountProof(SELF), _failed(w));
    }

    function test_callDebitBeyondTheDeepestFrameFailsSoftly() public {
        Words memory w = _toDebit(100);
        w.f[MachineWords.F_DEPTH] = 1_025;
        _expectStep(w, "", _failed(w));
        w.f[MachineWords.F_DEPTH] = 1_024;
        w.x[MachineWords.X_VALUE] = 0;
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 8;
        expected.x[MachineWords.X_BEFORE] = uint256(w.stateRoot);
        _expectStep(w, "", expected);
    }

    function test_callCreditGivesTheValue() public {
        Words memory w = _toDebit(100);
        w.x[MachineWords.X_OP] = 7;
        w.x[MachineWords.X_BEFORE] = 1;
        bytes memory tape = _accountProof(OTHER);
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 8;
        _putAccount(OTHER, 1, 105, keccak256(CALLEE));
        expected.stateRoot = _frame(CODE).stateRoot;
        _expectStep(w, tape, expected);
    }

    function test_callEnterStartsTheFrame() public {
        Words memory w = _toDebit(100);
        w.x[MachineWords.X_OP] = 8;
        w.x[MachineWords.X_BEFORE] = uint256(keccak256("before the value moved"));
        Words memory expected = _calleeOf(w, CALLEE);
        expected.gas = 52_300;
        expected.f[MachineWords.F_VALUE] = 100;
        for (uint256 i = 0; i < 3; ++i) expected.f[MachineWords.F_INPUT + i] = w.x[MachineWords.X_SOURCE + i];
        expected.f[MachineWords.F_RET_OFF] = 8;
        expected.f[MachineWords.F_RET_LEN] = 56;
        expected.f[MachineWords.F_SNAP] = w.x[MachineWords.X_BEFORE];
        // The caller is suspended as it is, without what X was.
        _expectStep(w, _accountProof(OTHER), expected);
    }

    function test_callEnterOfAPrecompileLeavesItToAnother() public {
        Words memory w = _toDebit(100);
        w.x[MachineWords.X_OP] = 8;
        w.x[MachineWords.X_CODE_ADDRESS] = 0x100;
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 17;
        _expectStep(w, "", expected);
    }

    /// @dev Words for a CALL that reads 3 bytes from 1 and wants 56 from 8: two words of memory.
    function _operands(uint256 gas, uint256 value) private pure returns (uint256[] memory words) {
        words = new uint256[](7);
        (words[6], words[5], words[4]) = (gas, (uint256(0xdead) << 160) | uint160(OTHER), value);
        (words[3], words[2], words[1], words[0]) = (1, 3, 8, 56);
    }

    function _callTape(Words memory w, uint256 gas, uint256 value) private view returns (bytes memory) {
        bytes memory head = bytes.concat(MachineWords.codeTape(CODE), _pushAll(w, _operands(gas, value)));
        return bytes.concat(head, _scratchProof(0x41, OTHER), _accountProof(OTHER));
    }

    /// @dev `w` after its CALL.
    function _called(Words memory w, uint256 value) private returns (Words memory after_) {
        after_ = _copy(w);
        _mark(0x41, OTHER);
        after_.scratchRoot = _frame(CODE).scratchRoot;
        (after_.pc, after_.sp, after_.stackHash, after_.memWords) = (1, 0, 0, 2);
        after_.gas = w.gas - 6 - 2_600 - (value == 0 ? 0 : 9_000);
        after_.x[MachineWords.X_OP] = 5;
        after_.x[MachineWords.X_GAS] = 50_000;
        after_.x[MachineWords.X_TARGET] = uint160(OTHER);
        after_.x[MachineWords.X_CALLER] = uint160(SELF);
        after_.x[MachineWords.X_VALUE] = value;
        after_.x[MachineWords.X_CODE_ADDRESS] = uint160(OTHER);
        after_.x[MachineWords.X_RET_OFF] = 8;
        after_.x[MachineWords.X_RET_LEN] = 56;
        after_.x[MachineWords.X_SOURCE] = uint256(w.memRoot);
        after_.x[MachineWords.X_SOURCE + 1] = 1;
        after_.x[MachineWords.X_SOURCE + 2] = 3;
    }

    function _toDebit(uint256 value) private returns (Words memory w) {
        w = _called(_frame(CODE), value);
        w.gas -= 50_000;
        w.x[MachineWords.X_OP] = 6;
        w.x[MachineWords.X_GAS] = 52_300;
    }

    function _failed(Words memory w) private pure returns (Words memory expected) {
        expected = _copy(w);
        delete expected.x;
        expected.gas += 52_300;
        for (uint256 i = 0; i < 3; ++i) expected.f[MachineWords.F_RETURN + i] = 0;
        expected.push(0);
    }
}
