// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {OspCreate} from "../../../src/step/OspCreate.sol";
import {StepVerifier} from "../../../src/step/StepVerifier.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {MachineWords, Words} from "../call/MachineWords.sol";
import {StepScene} from "../call/StepScene.sol";

/// @dev The dearest steps of creations, through the verifier: each fits a transaction on L1 even with calldata at 64 gas a byte.
contract CreateGasTest is StepScene {
    using MachineWords for Words;

    /// @dev Gas of an L1 transaction at most (EIP-7825), and of a byte of calldata.
    uint256 private constant MAX_GAS = 1 << 24;
    uint256 private constant BYTE_GAS = 64;
    uint256 private constant MAX_INITCODE = 49_152;

    StepVerifier private verifier;

    function setUp() public {
        StepVerifier.Parts memory parts;
        parts.create = IStepPart(new OspCreate());
        verifier = new StepVerifier(parts);
        _putAccount(SELF, 200, 1_000, keccak256("code"));
        _putAccount(OTHER, 1, 0, MachineWords.EMPTY_CODE);
    }

    /// @dev Init code of the largest size makes another as large, which begins within a word.
    function test_gasOfCreateOfTheLargestInitCode() public {
        bytes memory code = new bytes(MAX_INITCODE);
        code[0] = 0xf0;
        for (uint256 i = 1; i < MAX_INITCODE; i += 31) code[i] = 0x5b;
        Words memory w = _frame(code);
        bytes memory read = _fillMemory(w);
        uint256[] memory operands = new uint256[](3);
        (operands[1], operands[0]) = (1, MAX_INITCODE);
        bytes memory stack = _pushAll(w, operands);
        _measure(w, bytes.concat(MachineWords.codeTape(code), stack, read, _accountProof(SELF)), "createLargest");
    }

    function test_gasOfCodeDepositOfTheLargestCode() public {
        Words memory caller = _frame(hex"f0");
        Words memory w = _calleeOf(caller, hex"f3");
        w.gas = 10_000_000;
        w.f[MachineWords.F_KIND] = 4;
        bytes memory memoryOf = new bytes(24_577);
        for (uint256 i = 1; i < 24_577; i += 31) memoryOf[i] = 0x5b;
        w.memRoot = WordTree.rootOfBytes(memoryOf);
        w.x[MachineWords.X_OP] = 16;
        w.x[MachineWords.X_SOURCE] = uint256(w.memRoot);
        (w.x[MachineWords.X_SOURCE + 1], w.x[MachineWords.X_SOURCE + 2]) = (1, 24_576);
        _measure(w, bytes.concat(_wholeTape(memoryOf), _accountProof(OTHER), caller.callerTape()), "codeDepositLargest");
    }

    function _fillMemory(Words memory w) private pure returns (bytes memory read) {
        bytes memory data = new bytes(MAX_INITCODE + 1);
        for (uint256 i = 1; i < data.length; i += 31) data[i] = 0x60;
        w.memRoot = WordTree.rootOfBytes(data);
        w.memWords = MAX_INITCODE / 32 + 1;
        read = _wholeTape(data);
    }

    /// @dev All words of the bytes, and their range proof, whose siblings are all empty.
    function _wholeTape(bytes memory data) private pure returns (bytes memory) {
        uint256 count = (data.length + 31) / 32;
        bytes memory padding = new bytes(32 * count - data.length);
        uint64 mask = 0;
        for (uint256 level = 0; level < 17; ++level) {
            if (count % 2 == 1) mask |= uint64(2 << (2 * level));
            count = (count + 1) / 2;
        }
        return abi.encodePacked(data, padding, mask);
    }

    function _measure(Words memory w, bytes memory tape, string memory name) private {
        Context memory context;
        bytes memory proof = w.proofOf(tape);
        bytes32 before = w.hashOf();
        verifier.verify(context, before, 0, 1, 2, proof);
        uint256 used = vm.snapshotGasLastCall("OspCreate", name);
        assertTrue(used + 21_000 + BYTE_GAS * (proof.length + 356) < MAX_GAS, "more than a transaction may cost");
    }
}
