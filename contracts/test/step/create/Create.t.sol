// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCreate} from "../../../src/step/OspCreate.sol";
import {Address} from "../../../src/step/osp-create/Address.sol";
import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {MachineWords, Words} from "../call/MachineWords.sol";
import {StepScene} from "../call/StepScene.sol";

/// @dev A creation from the opcode to the init code's frame.
contract CreateTest is StepScene {
    using MachineWords for Words;

    bytes private constant CODE = hex"f0";
    bytes private constant CODE2 = hex"f5";
    bytes private constant INIT = hex"5b6000";

    function setUp() public {
        part = new OspCreate();
        _putAccount(SELF, 200, 1_000, keccak256(CODE));
        _mark(0x41, ORIGIN);
    }

    function test_createReadsInitCodeAndCreator() public view {
        Words memory w = _frame(CODE);
        bytes memory tape = _opcodeTape(w, CODE, _operands());
        Words memory expected = _due(w, 4, 1_000_000 - 32_000 - 2, vm.computeCreateAddress(SELF, 200));
        _expectStep(w, bytes.concat(tape, _accountProof(SELF)), expected);
    }

    function test_create2ReadsInitCode() public view {
        Words memory w = _frame(CODE2);
        uint256[] memory words = new uint256[](4);
        (words[3], words[2], words[1], words[0]) = (100, 30, 3, 99);
        bytes memory tape = _opcodeTape(w, CODE2, words);
        Words memory expected = _due(w, 5, 1_000_000 - 32_000 - 8, Address.create2Address(SELF, 99, keccak256(INIT)));
        _expectStep(w, tape, expected);
    }

    function test_createOfNothing() public view {
        Words memory w = _frame(CODE);
        uint256[] memory words = new uint256[](3);
        (words[2], words[1]) = (100, type(uint256).max);
        bytes memory tape = bytes.concat(MachineWords.codeTape(CODE), _pushAll(w, words), _accountProof(SELF));
        Words memory expected = _due(w, 4, 1_000_000 - 32_000, vm.computeCreateAddress(SELF, 200));
        expected.x[MachineWords.X_SOURCE] = uint256(MachineWords.EMPTY_CODE);
        expected.x[MachineWords.X_SOURCE + 2] = 0;
        _expectStep(w, tape, expected);
    }

    function test_createOfTooMuchHalts() public view {
        Words memory w = _frame(CODE);
        w.gas = 100_000_000;
        uint256[] memory words = new uint256[](3);
        words[0] = 49_153;
        bytes memory tape = bytes.concat(MachineWords.codeTape(CODE), _pushAll(w, words));
        Words memory expected = _left(w, false, 0);
        (expected.stateRoot, expected.scratchRoot) = (bytes32(w.f[MachineWords.F_SNAP]), bytes32(w.f[MachineWords.F_SNAP + 1]));
        _expectStep(w, tape, expected);
    }

    function test_createNonceRaisesTheNonce() public {
        Words memory w = _creating(11);
        bytes memory tape = _accountProof(SELF);
        _putAccount(SELF, 201, 1_000, keccak256(CODE));
        Words memory expected = _copy(w);
        expected.stateRoot = _frame(CODE).stateRoot;
        expected.x[MachineWords.X_OP] = 12;
        _expectStep(w, tape, expected);
    }

    function test_createNonceFailsSoftly() public {
        Words memory w = _creating(11);
        w.f[MachineWords.F_DEPTH] = 1_025;
        _expectStep(w, _accountProof(SELF), _failed(w));
        w = _creating(11);
        w.x[MachineWords.X_VALUE] = 1_001;
        _expectStep(w, _accountProof(SELF), _failed(w));
        _putAccount(SELF, type(uint64).max, 1_000, keccak256(CODE));
        w = _creating(11);
        _expectStep(w, _accountProof(SELF), _failed(w));
        _putAccount(SELF, type(uint64).max - 1, 1_000, keccak256(CODE));
        w = _creating(11);
        bytes memory tape = _accountProof(SELF);
        _putAccount(SELF, type(uint64).max, 1_000, keccak256(CODE));
        Words memory expected = _copy(w);
        expected.stateRoot = _frame(CODE).stateRoot;
        expected.x[MachineWords.X_OP] = 12;
        _expectStep(w, tape, expected);
    }

    function test_createCollisionOfAFreeAddress() public {
        _putAccount(OTHER, 0, 3, MachineWords.EMPTY_CODE);
        Words memory w = _creating(12);
        bytes memory tape = bytes.concat(_scratchProof(0x41, OTHER), _accountProof(OTHER));
        _mark(0x41, OTHER);
        Words memory expected = _copy(w);
        expected.scratchRoot = _frame(CODE).scratchRoot;
        expected.x[MachineWords.X_OP] = 13;
        _expectStep(w, tape, expected);
    }

    function test_createCollisionOfATakenAddress() public {
        _putAccount(OTHER, 1, 0, MachineWords.EMPTY_CODE);
        _expectCollision();
        _putAccount(OTHER, 0, 0, keccak256("code"));
        _expectCollision();
    }

    function test_createCollisionWithStorage() public {
        bytes memory value = MptAccount.encodeAccount(MptAccount.Account(0, 0, keccak256("storage"), MachineWords.EMPTY_CODE));
        accounts.push();
        (accounts[1].key, accounts[1].value) = (keccak256(abi.encodePacked(OTHER)), value);
        _expectCollision();
    }

    function test_createCollisionOfATransactionEndsIt() public {
        _putAccount(OTHER, 1, 0, MachineWords.EMPTY_CODE);
        _mark(0x41, OTHER);
        Words memory w = _creating(12);
        Words memory expected = _left(w, false, 0);
        delete w.f;
        (w.pc, w.gas) = (0, 0);
        _expectStep(w, bytes.concat(_scratchProof(0x41, OTHER), _accountProof(OTHER)), expected);
    }

    function test_createDebitTakesTheEndowment() public {
        Words memory w = _creating(13);
        bytes memory tape = _accountProof(SELF);
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 14;
        expected.x[MachineWords.X_BEFORE] = uint256(w.stateRoot);
        _putAccount(SELF, 200, 900, keccak256(CODE));
        expected.stateRoot = _frame(CODE).stateRoot;
        _expectStep(w, tape, expected);
    }

    function test_createAccountKeepsABalance() public {
        _putAccount(OTHER, 0, 3, MachineWords.EMPTY_CODE);
        Words memory w = _creating(14);
        w.x[MachineWords.X_BEFORE] = 1;
        bytes memory tape = _accountProof(OTHER);
        Words memory expected = _copy(w);
        expected.x[MachineWords.X_OP] = 15;
        _putAccount(OTHER, 1, 103, MachineWords.EMPTY_CODE);
        expected.stateRoot = _frame(CODE).stateRoot;
        _expectStep(w, tape, expected);
    }

    function test_createEnterRunsTheInitCode() public {
        Words memory w = _creating(15);
        w.x[MachineWords.X_BEFORE] = uint256(keccak256("before the endowment"));
        Words memory expected = _calleeOf(w, INIT);
        expected.gas = 500_000;
        expected.f[MachineWords.F_KIND] = 4;
        expected.f[MachineWords.F_VALUE] = 100;
        expected.f[MachineWords.F_SNAP] = w.x[MachineWords.X_BEFORE];
        bytes memory tape = _scratchProof(0x43, OTHER);
        _mark(0x43, OTHER);
        expected.scratchRoot = _frame(CODE).scratchRoot;
        _expectStep(w, tape, expected);
    }

    /// @dev For CREATE with 100 wei and the init code, which stands at 30.
    function _operands() private pure returns (uint256[] memory words) {
        words = new uint256[](3);
        (words[2], words[1], words[0]) = (100, 30, 3);
    }

    /// @dev Puts INIT into memory from byte 30 to 33, and gives the tape up to it.
    function _opcodeTape(Words memory w, bytes memory code, uint256[] memory words) private pure returns (bytes memory) {
        bytes32[] memory memoryWords = new bytes32[](2);
        memoryWords[0] = bytes32(uint256(0xff5b60));
        memoryWords[1] = bytes32(uint256(0xff)) << 8;
        bytes memory read;
        (w.memRoot, read) = _memory(memoryWords);
        w.memWords = 2;
        return bytes.concat(MachineWords.codeTape(code), _pushAll(w, words), read);
    }

    /// @dev `w` after its CREATE or CREATE2.
    function _due(Words memory w, uint256 kind, uint256 gas, address created) private pure returns (Words memory expected) {
        expected = _copy(w);
        (expected.pc, expected.sp, expected.stackHash, expected.gas) = (1, 0, 0, gas / 64);
        for (uint256 i = 0; i < 3; ++i) expected.f[MachineWords.F_RETURN + i] = 0;
        _setX(expected, 11, kind, gas - gas / 64, created);
    }

    function _setX(Words memory w, uint256 op, uint256 kind, uint256 gas, address created) private pure {
        w.x[MachineWords.X_OP] = op;
        w.x[MachineWords.X_KIND] = kind;
        w.x[MachineWords.X_GAS] = gas;
        w.x[MachineWords.X_TARGET] = uint160(created);
        w.x[MachineWords.X_CALLER] = uint160(SELF);
        w.x[MachineWords.X_VALUE] = 100;
        w.x[MachineWords.X_SOURCE_KIND] = 1;
        w.x[MachineWords.X_SOURCE] = uint256(keccak256(INIT));
        w.x[MachineWords.X_SOURCE + 2] = 3;
    }

    /// @dev A creation at OTHER under way.
    function _creating(uint256 op) private view returns (Words memory w) {
        w = _frame(CODE);
        w.pc = 1;
        for (uint256 i = 0; i < 3; ++i) w.f[MachineWords.F_RETURN + i] = 0;
        _setX(w, op, 4, 500_000, OTHER);
    }

    function _expectCollision() private {
        Words memory w = _creating(12);
        bytes memory tape = bytes.concat(_scratchProof(0x41, OTHER), _accountProof(OTHER));
        _mark(0x41, OTHER);
        Words memory expected = _copy(w);
        delete expected.x;
        expected.push(0);
        expected.scratchRoot = _frame(CODE).scratchRoot;
        _expectStep(w, tape, expected);
    }

    function _failed(Words memory w) private pure returns (Words memory expected) {
        expected = _copy(w);
        delete expected.x;
        expected.gas += 500_000;
        expected.push(0);
    }
}
