// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";
import {MicroOp} from "../../../src/step/MicroOp.sol";
import {MptWalk} from "../../../src/step/mpt/MptWalk.sol";
import {NaiveTree} from "../../utils/NaiveTree.sol";

/// @dev States and proofs of txLoad for a block with one entry, word by word as docs/protocol/machine.md says.
abstract contract LoadProof {
    bytes32 private constant STATE_ROOT = MptWalk.EMPTY_ROOT;
    uint256 private constant SEGMENT_END = 1 << 144;

    struct Block {
        uint256 chainId;
        uint256 baseFee;
        bytes32 txRoot;
    }

    /// @dev What the tape holds of an entry that is not too large.
    function tapeOf(bytes memory raw) internal pure returns (bytes memory) {
        return bytes.concat(bytes4(uint32(raw.length)), raw, siblings());
    }

    /// @dev Entry 0 alone: every sibling is an empty subtree.
    function txRoot(uint256 size, bytes32 hash) internal pure returns (bytes32 root) {
        root = keccak256(abi.encode(Tags.TX_ENTRY, 0, size, hash));
        for (uint256 i = 0; i < 12; ++i) root = keccak256(abi.encode(Tags.NODE, root, NaiveTree.zero(i)));
    }

    function siblings() internal pure returns (bytes memory list) {
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
    function idle(Block memory b, uint256 nextEntry) internal pure returns (bytes32) {
        return _machine(b, nextEntry, _zeros(Tags.TX_SECTION, 36), _zeros(Tags.MICRO_OP_SECTION, 23), SEGMENT_END);
    }

    /// @dev Hash with txBuy due.
    function loaded(Block memory b, bytes32 section) internal pure returns (bytes32) {
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

    function proof(Block memory b, bytes memory tape) internal pure returns (bytes memory) {
        bytes memory head =
            bytes.concat(hex"0103", bytes32(SEGMENT_END), bytes32(0), NaiveTree.zero(17), STATE_ROOT, MptWalk.EMPTY_ROOT);
        bytes memory hashes = bytes.concat(
            _zeros(Tags.TX_SECTION, 36), _zeros(Tags.FRAME_SECTION, 23), _zeros(Tags.MICRO_OP_SECTION, 23)
        );
        return bytes.concat(head, _run(0), _block(b), hashes, tape);
    }
}
