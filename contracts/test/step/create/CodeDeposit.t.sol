// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCreate} from "../../../src/step/OspCreate.sol";
import {MachineWords, Words} from "../call/MachineWords.sol";
import {StepScene} from "../call/StepScene.sol";

contract CodeDepositTest is StepScene {
    using MachineWords for Words;

    function setUp() public {
        part = new OspCreate();
        _putAccount(SELF, 2, 1_000, keccak256("creator"));
        _putAccount(OTHER, 1, 7, MachineWords.EMPTY_CODE);
    }

    function test_codeDepositWritesTheCode() public {
        (Words memory caller, Words memory w, bytes memory read) = _scene(hex"00aabbcc", 10_000);
        bytes memory tape = bytes.concat(read, _accountProof(OTHER), caller.callerTape());
        _putAccount(OTHER, 1, 7, keccak256(hex"aabbcc"));
        Words memory expected = _copy(caller);
        expected.stateRoot = _frame("").stateRoot;
        expected.gas += 10_000 - 3 * 200;
        expected.push(uint160(OTHER));
        _expectStep(w, tape, expected);
    }

    function test_codeDepositWithoutTheGasHalts() public {
        (Words memory caller, Words memory w, bytes memory read) = _scene(hex"00aabbcc", 599);
        _expectStep(w, bytes.concat(read, caller.callerTape()), _halted(caller));
        (caller, w, read) = _scene(hex"00aabbcc", 600);
        bytes memory tape = bytes.concat(read, _accountProof(OTHER), caller.callerTape());
        _putAccount(OTHER, 1, 7, keccak256(hex"aabbcc"));
        Words memory expected = _copy(caller);
        expected.stateRoot = _frame("").stateRoot;
        expected.push(uint160(OTHER));
        _expectStep(w, tape, expected);
    }

    function test_codeDepositOfEFHalts() public view {
        (Words memory caller, Words memory w, bytes memory read) = _scene(hex"00efbbcc", 10_000);
        _expectStep(w, bytes.concat(read, caller.callerTape()), _halted(caller));
    }

    /// @dev Its bytes are not even read.
    function test_codeDepositOfTooMuchHalts() public view {
        (Words memory caller, Words memory w,) = _scene(hex"00efbbcc", 10_000_000);
        w.x[MachineWords.X_SOURCE + 2] = 24_577;
        _expectStep(w, caller.callerTape(), _halted(caller));
    }

    function test_codeDepositOfNothing() public view {
        (Words memory caller, Words memory w,) = _scene(hex"00", 10_000);
        for (uint256 i = 0; i < 3; ++i) w.x[MachineWords.X_SOURCE + i] = 0;
        Words memory expected = _copy(caller);
        expected.gas += 10_000;
        expected.push(uint160(OTHER));
        _expectStep(w, caller.callerTape(), expected);
    }

    /// @dev OTHER returned all of `data` but its first byte, which all fit one word.
    function _scene(bytes memory data, uint256 gas) private view returns (Words memory caller, Words memory w, bytes memory read) {
        caller = _frame(hex"f0");
        caller.pc = 1;
        caller.memRoot = keccak256("memory");
        for (uint256 i = 0; i < 3; ++i) caller.f[MachineWords.F_RETURN + i] = 0;
        w = _calleeOf(caller, hex"f3");
        w.gas = gas;
        w.f[MachineWords.F_KIND] = 4;
        bytes32[] memory words = new bytes32[](1);
        words[0] = bytes32(data);
        (w.memRoot, read) = _memory(words);
        w.memWords = 1;
        w.x[MachineWords.X_OP] = 16;
        w.x[MachineWords.X_SOURCE] = uint256(w.memRoot);
        w.x[MachineWords.X_SOURCE + 1] = 1;
        w.x[MachineWords.X_SOURCE + 2] = data.length - 1;
    }

    function _halted(Words memory caller) private pure returns (Words memory expected) {
        expected = _copy(caller);
        expected.push(0);
    }
}
