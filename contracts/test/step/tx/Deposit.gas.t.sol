// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";
import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {MptWalk} from "../../../src/step/mpt/MptWalk.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {NaiveTree} from "../../utils/NaiveTree.sol";
import {Test} from "../../utils/Test.sol";
import {LoadProof} from "./LoadProof.sol";

/// @dev depositLoad of the largest deposit, and of others than the block's.
contract DepositGasTest is LoadProof, Test {
    OspTxLoad private part = new OspTxLoad();
    Context private context;

    function test_gas_snapshot() public {
        bytes memory data = new bytes(32_768);
        for (uint256 i = 0; i < data.length; ++i) data[i] = bytes1(uint8(i));
        (bytes32 before, bytes memory proof) = _proofOf(data, 5, 5);
        uint256 gas = gasleft();
        part.step(context, before, proof);
        gas -= gasleft();
        vm.snapshotValue("OspTx", "depositLoad: largest data", gas);
        assertTrue(gas < 1_500_000);
    }

    function test_otherDeposit_reverts() public {
        (bytes32 before, bytes memory proof) = _proofOf("data", 5, 4);
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        part.step(context, before, proof);
    }

    /// @dev A block with the one deposit of number 0 and this mint; a tape that says another.
    function _proofOf(bytes memory data, uint256 mint, uint256 toldMint) private pure returns (bytes32 before, bytes memory proof) {
        bytes memory words = abi.encode(uint256(7), uint256(8), uint256(0));
        bytes memory rest = abi.encode(uint256(3), uint256(8_000_000));
        bytes32 root = keccak256(bytes.concat(Tags.DEPOSIT, bytes32(0), words, bytes32(mint), rest, keccak256(data)));
        bytes memory tape = bytes.concat(words, bytes32(toldMint), rest, bytes4(uint32(data.length)), data);
        for (uint256 i = 0; i < 32; ++i) {
            root = keccak256(abi.encode(Tags.NODE, root, NaiveTree.zero(i)));
            tape = bytes.concat(tape, NaiveTree.zero(i));
        }
        uint256[19] memory b;
        (b[13], b[14], b[18]) = (1, uint256(root), 99);
        bytes memory r = new bytes(15 * 32);
        return _open(r, abi.encodePacked(b), tape);
    }

    function _open(bytes memory r, bytes memory b, bytes memory tape) private pure returns (bytes32 before, bytes memory proof) {
        bytes memory hashes =
            bytes.concat(zeros(Tags.TX_SECTION, 36), zeros(Tags.FRAME_SECTION, 23), zeros(Tags.MICRO_OP_SECTION, 23));
        bytes memory roots = bytes.concat(MptWalk.EMPTY_ROOT, MptWalk.EMPTY_ROOT);
        bytes memory frame = bytes.concat(bytes32(uint256(1 << 144)), bytes32(0), NaiveTree.zero(17));
        bytes32 rest = keccak256(
            bytes.concat(
                Tags.MACHINE,
                roots,
                keccak256(bytes.concat(Tags.RUN_SECTION, r)),
                keccak256(bytes.concat(Tags.BLOCK_SECTION, b)),
                hashes
            )
        );
        before = keccak256(bytes.concat(rest, frame));
        proof = bytes.concat(hex"0103", frame, roots, r, b, hashes, tape);
    }
}
