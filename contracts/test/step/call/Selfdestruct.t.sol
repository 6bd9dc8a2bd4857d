// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";
import {OspCall} from "../../../src/step/OspCall.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {StepScene} from "./StepScene.sol";

contract SelfdestructTest is StepScene {
    using MachineWords for Words;

    bytes private constant CODE = hex"ff";

    function setUp() public {
        part = new OspCall();
        _putAccount(SELF, 1, 1_000, keccak256(CODE));
        _mark(0x41, ORIGIN);
    }

    function test_selfdestructToANewAccount() public {
        Words memory w = _frame(CODE);
        bytes memory tape = _tape(w, OTHER, true);
        Words memory expected = _due(w, OTHER, 1_000_000 - 5_000 - 2_600 - 25_000);
        _mark(0x41, OTHER);
        // What the opcode wrote is there when it asks whether the contract is new.
        tape = bytes.concat(tape, _scratchProof(0x43, SELF));
        expected.scratchRoot = _frame(CODE).scratchRoot;
        _expectStep(w, tape, expected);
    }

    function test_selfdestructOfANewContractIsNoted() public {
        _mark(0x43, SELF);
        _mark(0x41, OTHER);
        _putAccount(OTHER, 0, 1, MachineWords.EMPTY_CODE);
        Words memory w = _frame(CODE);
        w.t[MachineWords.T_DESTROYED] = 77;
        bytes memory tape = bytes.concat(_tape(w, OTHER, true), _scratchProof(0x43, SELF));
        Words memory expected = _due(w, OTHER, 1_000_000 - 5_000);
        expected.t[MachineWords.T_DESTROYED] = uint256(keccak256(abi.encode(Tags.DESTROYED, 77, SELF)));
        _expectStep(w, tape, expected);
    }

    function test_selfdestructToItselfStops() public {
        _mark(0x41, SELF);
        Words memory w = _frame(CODE);
        bytes memory tape = bytes.concat(_tape(w, SELF, false), _scratchProof(0x43, SELF));
        _expectStep(w, tape, _left(w, true, 1_000_000 - 5_000));
    }

    function test_selfdestructOfANewContractToItselfBurns() public {
        _mark(0x41, SELF);
        _mark(0x43, SELF);
        Words memory w = _frame(CODE);
        bytes memory tape = bytes.concat(_tape(w, SELF, false), _scratchProof(0x43, SELF));
        Words memory expected = _due(w, SELF, 1_000_000 - 5_000);
        expected.t[MachineWords.T_DESTROYED] = uint256(keccak256(abi.encode(Tags.DESTROYED, 0, SELF)));
        _expectStep(w, tape, expected);

        w = expected;
        tape = _accountProof(SELF);
        _putAccount(SELF, 1, 0, keccak256(CODE));
        expected = _copy(w);
        expected.stateRoot = _frame(CODE).stateRoot;
        expected.x[MachineWords.X_OP] = 10;
        _expectStep(w, tape, expected);

        _expectStep(expected, "", _left(expected, true, 1_000_000 - 5_000));
    }

    function test_selfdestructInStaticFrameHalts() public view {
        Words memory w = _frame(CODE);
        w.f[MachineWords.F_IS_STATIC] = 1;
        bytes memory stack = _pushAll(w, _word(uint160(OTHER)));
        Words memory expected = _left(w, false, 0);
        (expected.stateRoot, expected.scratchRoot) = (bytes32(w.f[MachineWords.F_SNAP]), bytes32(w.f[MachineWords.F_SNAP + 1]));
        _expectStep(w, bytes.concat(MachineWords.codeTape(CODE), stack), expected);
    }

    function test_selfdestructCreditPaysTheHeir() public {
        Words memory w = _frame(CODE);
        w.x[MachineWords.X_OP] = 10;
        w.x[MachineWords.X_TARGET] = uint160(OTHER);
        w.x[MachineWords.X_VALUE] = 1_000;
        bytes memory tape = _accountProof(OTHER);
        _putAccount(OTHER, 0, 1_000, MachineWords.EMPTY_CODE);
        Words memory expected = _left(w, true, 1_000_000);
        expected.stateRoot = _frame(CODE).stateRoot;
        _expectStep(w, tape, expected);
    }

    /// @dev Up to the scratch read.
    function _tape(Words memory w, address heir, bool readsHeir) private view returns (bytes memory) {
        bytes memory head = bytes.concat(MachineWords.codeTape(CODE), _pushAll(w, _word(uint160(heir))));
        return bytes.concat(head, _scratchProof(0x41, heir), _accountProof(SELF), readsHeir ? _accountProof(heir) : bytes(""));
    }

    function _due(Words memory w, address heir, uint256 gas) private pure returns (Words memory expected) {
        expected = _copy(w);
        (expected.pc, expected.sp, expected.stackHash, expected.gas) = (1, 0, 0, gas);
        expected.x[MachineWords.X_OP] = 9;
        expected.x[MachineWords.X_TARGET] = uint160(heir);
        expected.x[MachineWords.X_VALUE] = 1_000;
    }
}
