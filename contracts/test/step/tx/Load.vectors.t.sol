// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";
import {MicroOp} from "../../../src/step/MicroOp.sol";
import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {MptWalk} from "../../../src/step/mpt/MptWalk.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {NaiveTree} from "../../utils/NaiveTree.sol";
import {VectorFile} from "../../utils/VectorFile.sol";

/// @dev txLoad as a step: right and wrong entries in a block of their own, against what TypeScript makes of them.
contract LoadVectorsTest is VectorFile {
    OspTxLoad private part = new OspTxLoad();
    Context private context;

    bytes32 private constant STATE_ROOT = MptWalk.EMPTY_ROOT;
    uint256 private constant SEGMENT_END = 1 << 144;

    struct Block {
        uint256 chainId;
        uint256 baseFee;
        bytes32 txRoot;
    }

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
            Block memory b = Block(chainId, baseFees[i], _txRoot(raws[i].length, keccak256(raws[i])));
            bytes32 expected = skipped[i] == 1 ? _idle(b, 1) : _loaded(b, sections[i]);
            bytes memory tape = bytes.concat(bytes4(uint32(raws[i].length)), raws[i], _siblings());
            assertEq(part.step(context, _idle(b, 0), _proof(b, tape)), expected, names[i]);
        }
    }

    function test_step_tooLarge_isSkippedByItsHash() public view {
        bytes32 hash = keccak256("any bytes");
        uint256[3] memory lengths = [uint256(98_305), 114_684, type(uint32).max];
        for (uint256 i = 0; i < lengths.length; ++i) {
            Block memory b = Block(901, 7, _txRoot(lengths[i], hash));
            bytes memory tape = bytes.concat(bytes4(uint32(lengths[i])), hash, _siblings());
            assertEq(part.step(context, _idle(b, 0), _proof(b, tape)), _idle(b, 1));
        }
    }

    function test_step_largestEntry_isSkippedByItsBytes() public view {
        bytes memory raw = new bytes(98_304);
        Block memory b = Block(901, 7, _txRoot(raw.length, keccak256(raw)));
        bytes memory tape = bytes.concat(bytes4(uint32(raw.length)), raw, _siblings());
        assertEq(part.step(context, _idle(b, 0), _proof(b, tape)), _idle(b, 1));
    }

    function test_step_otherEntry_reverts() public {
        bytes memory raw = hex"c0";
        Block memory b = Block(901, 7, _txRoot(raw.length, keccak256(raw)));
        bytes32 before = _idle(b, 0);
        bytes memory proof = _proof(b, bytes.concat(hex"00000001c1", _siblings()));
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        part.step(context, before, proof);
        // By its hash alone only what is too large.
        proof = _proof(b, bytes.concat(hex"00000001", keccak256(raw), _siblings()));
        vm.expectRevert();
        part.step(context, before, proof);
        proof = _proof(b, bytes.concat(hex"00018001", keccak256(raw), _siblings()));
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        part.step(context, before, proof);
    }

    function test_step_trailingByte_reverts() public {
        bytes memory raw = hex"c0";
        Block memory b = Block(901, 7, _txRoot(raw.length, keccak256(raw)));
        bytes32 before = _idle(b, 0);
        bytes memory proof = _proof(b, bytes.concat(hex"00000001c0", _siblings(), hex"00"));
        vm.expectRevert();
        part.step(context, before, proof);
    }

    /// @dev Entry 0 alone: every sibling is an empty subtree.
    function _txRoot(uint256 size, bytes32 hash) private pure returns (bytes32 root) {
        root = keccak256(abi.encode(Tags.TX_ENTRY, 0, size, hash));
        for (uint256 i = 0; i < 12; ++i) root = keccak256(abi.encode(Tags.NODE, root, NaiveTree.zero(i)));
    }

    function _siblings() private pure returns (bytes memory list) {
        for (uint256 i = 0; i < 12; ++i) list = bytes.concat(list, NaiveTree.zero(i));
    }

    function _run(uint256 nextEntry) private pure returns (bytes memory) {
        uint256[15] memory list;
        list[3] = nextEntry;
        return abi.encodePacked(list);
    }

    function _block(Block memory b) private pure returns (bytes memory) {
        uint256[19] memory list;
        (list[2], list[3], list[10], list[11], list[17]) = (30_000_000, b.baseFee, 1, uint256(b.txRoot), b.chainId);
        return abi.encodePacked(list);
    }

    function _zeros(bytes32 tag, uint256 count) private pure returns (bytes32) {
        return keccak256(bytes.concat(tag, new bytes(count * 32)));
    }

    /// @dev Hash between two segments.
    function _idle(Block memory b, uint256 nextEntry) private pure returns (bytes32) {
        return _machine(b, nextEntry, _zeros(Tags.TX_SECTION, 36), _zeros(Tags.MICRO_OP_SECTION, 23), SEGMENT_END);
    }

    /// @dev Hash with txBuy due.
    function _loaded(Block memory b, bytes32 section) private pure returns (bytes32) {
        bytes32 x = keccak256(bytes.concat(Tags.MICRO_OP_SECTION, bytes32(MicroOp.TX_BUY), new bytes(22 * 32)));
        return _machine(b, 1, section, x, 0);
    }

    function _machine(Block memory b, uint256 nextEntry, bytes32 t, bytes32 x, uint256 packed) private pure returns (bytes32) {
        bytes memory rest = bytes.concat(
            Tags.MACHINE,
            STATE_ROOT,
            MptWalk.EMPTY_ROOT,
            keccak256(bytes.concat(Tags.RUN_SECTION, _run(nextEntry))),
            keccak256(bytes.concat(Tags.BLOCK_SECTION, _block(b))),
            t,
            _zeros(Tags.FRAME_SECTION, 23),
            x
        );
        return keccak256(bytes.concat(keccak256(rest), bytes32(packed), bytes32(0), NaiveTree.zero(17)));
    }

    function _proof(Block memory b, bytes memory tape) private pure returns (bytes memory) {
        bytes memory head =
            bytes.concat(hex"0103", bytes32(SEGMENT_END), bytes32(0), NaiveTree.zero(17), STATE_ROOT, MptWalk.EMPTY_ROOT);
        bytes memory hashes = bytes.concat(
            _zeros(Tags.TX_SECTION, 36), _zeros(Tags.FRAME_SECTION, 23), _zeros(Tags.MICRO_OP_SECTION, 23)
        );
        return bytes.concat(head, _run(0), _block(b), hashes, tape);
    }
}
