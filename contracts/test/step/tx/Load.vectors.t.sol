// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {VectorFile} from "../../utils/VectorFile.sol";
import {LoadProof} from "./LoadProof.sol";

/// @dev txLoad as a step: right and wrong entries in a block of their own, against what TypeScript makes of them.
contract LoadVectorsTest is LoadProof, VectorFile {
    OspTxLoad private part = new OspTxLoad();
    Context private context;

    function test_step_vectors_work() public {
        json = vm.readFile("shared/machine/vectors/tx-load.json");
        uint256 chainId = uintAt(".chainId");
        string[] memory names = strings(".entries.name");
        bytes[] memory raws = vm.parseJsonBytesArray(json, ".entries.raw");
        uint256[] memory baseFees = uints(".entries.baseFee");
        uint256[] memory skipped = uints(".entries.isSkipped");
        bytes32[] memory sections = words(".entries.section");
        assertTrue(names.length > 500);
        for (uint256 i = 0; i < names.length; ++i) {
            Block memory b = Block(chainId, baseFees[i], txRoot(raws[i].length, keccak256(raws[i])));
            bytes32 expected = skipped[i] == 1 ? idle(b, 1) : loaded(b, sections[i]);
            bytes memory tape = tapeOf(raws[i]);
            assertEq(part.step(context, idle(b, 0), proof(b, tape)), expected, names[i]);
        }
    }

    function test_step_tooLarge_isSkippedByItsHash() public view {
        bytes32 hash = keccak256("any bytes");
        uint256[3] memory lengths = [uint256(98_305), 114_684, type(uint32).max];
        for (uint256 i = 0; i < lengths.length; ++i) {
            Block memory b = Block(901, 7, txRoot(lengths[i], hash));
            bytes memory tape = bytes.concat(bytes4(uint32(lengths[i])), hash, siblings());
            assertEq(part.step(context, idle(b, 0), proof(b, tape)), idle(b, 1));
        }
    }

    function test_step_largestEntry_isSkippedByItsBytes() public view {
        bytes memory raw = new bytes(98_304);
        Block memory b = Block(901, 7, txRoot(raw.length, keccak256(raw)));
        bytes memory tape = tapeOf(raw);
        assertEq(part.step(context, idle(b, 0), proof(b, tape)), idle(b, 1));
    }

    function test_step_otherEntry_reverts() public {
        bytes memory raw = hex"c0";
        Block memory b = Block(901, 7, txRoot(raw.length, keccak256(raw)));
        bytes32 before = idle(b, 0);
        bytes memory wrong = proof(b, bytes.concat(hex"00000001c1", siblings()));
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        part.step(context, before, wrong);
        // By its hash alone only what is too large.
        wrong = proof(b, bytes.concat(hex"00000001", keccak256(raw), siblings()));
        vm.expectRevert();
        part.step(context, before, wrong);
        wrong = proof(b, bytes.concat(hex"00018001", keccak256(raw), siblings()));
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        part.step(context, before, wrong);
    }

    function test_step_trailingByte_reverts() public {
        bytes memory raw = hex"c0";
        Block memory b = Block(901, 7, txRoot(raw.length, keccak256(raw)));
        bytes32 before = idle(b, 0);
        bytes memory wrong = proof(b, bytes.concat(hex"00000001c0", siblings(), hex"00"));
        vm.expectRevert();
        part.step(context, before, wrong);
    }
}
