// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {OspAlu} from "../../../src/step/OspAlu.sol";
import {OspCall} from "../../../src/step/OspCall.sol";
import {OspCreate} from "../../../src/step/OspCreate.sol";
import {OspMem} from "../../../src/step/OspMem.sol";
import {OspPrecompile} from "../../../src/step/OspPrecompile.sol";
import {OspSeal} from "../../../src/step/OspSeal.sol";
import {OspState} from "../../../src/step/OspState.sol";
import {OspTx} from "../../../src/step/OspTx.sol";
import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {StepVerifier} from "../../../src/step/StepVerifier.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {ChainConstants} from "../../../src/step/osp-seal/ChainConstants.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {Test} from "../../utils/Test.sol";
import {Picture, Pictures} from "./Picture.sol";

/// @dev The verifier with all its parts: each step that TypeScript proves finds its part, and where nothing is due nothing happens.
contract StepVerifierTest is Test {
    using Pictures for Picture;

    StepVerifier internal verifier = _deploy();

    function test_verify_memState() public view {
        _verifyAll("mem-state-steps");
    }

    function test_verify_transactions() public view {
        _verifyAll("tx-steps");
    }

    function test_verify_precompiles() public view {
        _verifyAll("precompile-steps");
    }

    function test_verify_blocks() public view {
        string memory json = vm.readFile("shared/machine/vectors/seal-steps.json");
        bytes32[] memory roots = vm.parseJsonBytes32Array(json, ".inboxRoot");
        Context[] memory contexts = new Context[](roots.length);
        for (uint256 i = 0; i < roots.length; ++i) contexts[i] = Context(3, 1_000, roots[i], 0);
        _verify(json, contexts);
    }

    /// @dev Behind a segment's end the state stays as it is, and the tape must be empty.
    function testFuzz_verify_idleSegment(uint64 b, uint64 x, uint64 i) public {
        if (i == 0) i = 1;
        Picture memory p = Pictures.blank();
        p.status = 1;
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(8));
        assertEq(verifier.verify(_none(), before, b, x, i, proof), before);
        vm.expectPartialRevert(MptProof.TrailingProof.selector);
        verifier.verify(_none(), before, b, x, i, bytes.concat(proof, hex"00"));
    }

    /// @dev Between blocks, away from the first step of a block, and at an assertion's end.
    function testFuzz_verify_idleBlock(bytes32 seed, uint64 x, uint64 i, uint8 status) public {
        if (x == 0 && i == 0 && status == 0) status = 1;
        (bytes32 before, bytes memory proof) = _blockState(seed, status);
        assertEq(verifier.verify(_none(), before, 0, x, i, proof), before);
        vm.expectPartialRevert(MptProof.TrailingProof.selector);
        verifier.verify(_none(), before, 0, x, i, bytes.concat(proof, hex"00"));
        proof[40] ^= 0x01;
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        verifier.verify(_none(), before, 0, x, i, proof);
    }

    function test_verify_otherFork_reverts() public {
        Context memory context = _none();
        context.forkId = 1;
        (bytes32 before, bytes memory proof) = _blockState("seed", 1);
        vm.expectRevert(abi.encodeWithSelector(StepVerifier.UnknownFork.selector, 1));
        verifier.verify(context, before, 0, 0, 0, proof);
    }

    /// @dev EIP-170.
    function test_sizes() public view {
        IStepPart[9] memory parts = [
            verifier.ALU(),
            verifier.MEM(),
            verifier.STATE(),
            verifier.CALL(),
            verifier.CREATE(),
            verifier.PRECOMPILE(),
            verifier.TX_LOAD(),
            verifier.TX(),
            verifier.SEAL()
        ];
        for (uint256 i = 0; i < parts.length; ++i) assertTrue(address(parts[i]).code.length < 24_576);
        assertTrue(address(verifier).code.length < 24_576);
    }

    function _verifyAll(string memory name) private view {
        string memory json = vm.readFile(string.concat("shared/machine/vectors/", name, ".json"));
        _verify(json, new Context[](vm.parseJsonStringArray(json, ".name").length));
    }

    function _verify(string memory json, Context[] memory contexts) private view {
        string[] memory names = vm.parseJsonStringArray(json, ".name");
        bytes32[] memory before = vm.parseJsonBytes32Array(json, ".before");
        bytes32[] memory expected = vm.parseJsonBytes32Array(json, ".after");
        bytes[] memory proofs = vm.parseJsonBytesArray(json, ".proof");
        assertTrue(names.length > 50);
        for (uint256 i = 0; i < names.length; ++i) {
            assertEq(verifier.verify(contexts[i], before[i], 0, 0, 0, proofs[i]), expected[i], names[i]);
        }
    }

    /// @dev `0 ‖ the seven words`, and their hash.
    function _blockState(bytes32 seed, uint8 status) private pure returns (bytes32 hash, bytes memory proof) {
        uint64 number = uint64(uint256(seed));
        bytes memory words = abi.encode(number, seed, keccak256(abi.encode(seed)), ~seed, number / 2, 7, status);
        return (keccak256(abi.encodePacked(Pictures.tag("blockState"), words)), bytes.concat(hex"00", words));
    }

    function _none() private pure returns (Context memory) {
        return Context(0, 0, 0, 0);
    }

    function _deploy() private returns (StepVerifier) {
        ChainConstants memory constants = _constants();
        return new StepVerifier(
            StepVerifier.Parts({
                alu: new OspAlu(),
                mem: new OspMem(),
                state: new OspState(),
                call: new OspCall(),
                create: new OspCreate(),
                precompile: new OspPrecompile(),
                txLoad: new OspTxLoad(),
                tx: new OspTx(),
                seal: new OspSeal(constants)
            })
        );
    }

    /// @dev Those of the blocks in seal-steps.json.
    function _constants() private pure returns (ChainConstants memory) {
        return ChainConstants({
            chainId: 4_242,
            portal: 0x00000000000000000000000000000000000F0f0F,
            blockGasLimit: 30_000_000,
            elasticity: 2,
            denominator: 8,
            minBaseFee: 1_000,
            maxGas: 10 ** 12,
            maxBlocks: 4_096
        });
    }
}
