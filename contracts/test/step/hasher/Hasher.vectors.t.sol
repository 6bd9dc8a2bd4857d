// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {Test} from "../../utils/Test.sol";

/// @dev The rows of shared/machine/vectors/sponge.json: the state within a message, and at its end.
contract HasherVectorsTest is Test {
    function test_vectors_work() public view {
        string memory text = vm.readFile("shared/machine/vectors/sponge.json");
        bytes[] memory messages = vm.parseJsonBytesArray(text, ".message");
        uint256[] memory splits = vm.parseJsonUintArray(text, ".split");
        bytes[][2] memory words = [vm.parseJsonBytesArray(text, ".words"), vm.parseJsonBytesArray(text, ".wordsAfter")];
        bytes32[][3] memory hashes = [
            vm.parseJsonBytes32Array(text, ".hash"), vm.parseJsonBytes32Array(text, ".hashAfter"), vm.parseJsonBytes32Array(text, ".digest")
        ];
        assertTrue(messages.length > 60);
        for (uint256 i = 0; i < messages.length; ++i) {
            uint256 start = _start(messages[i]);
            uint256[31] memory hasher = Hasher.fresh();
            Hasher.absorb(hasher, start, splits[i]);
            assertEq(abi.encode(hasher), words[0][i]);
            assertEq(Hasher.hash(hasher), hashes[0][i]);
            hasher = this.take(words[0][i], hashes[0][i]);
            Hasher.absorb(hasher, start + splits[i], messages[i].length - splits[i]);
            assertEq(abi.encode(hasher), words[1][i]);
            assertEq(Hasher.hash(hasher), hashes[1][i]);
            assertEq(Hasher.finish(hasher), hashes[2][i]);
        }
    }

    function test_take_otherWords_reverts() public {
        bytes memory words = abi.encode(Hasher.fresh());
        bytes32 expected = Hasher.hash(Hasher.fresh());
        this.take(words, expected);
        words[31] = 0x01;
        vm.expectPartialRevert(Tape.WrongPreimage.selector);
        this.take(words, expected);
    }

    function take(bytes calldata tape, bytes32 expected) external pure returns (uint256[31] memory) {
        return Hasher.take(MptProof.open(tape), expected);
    }

    function _start(bytes memory data) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := add(data, 0x20)
        }
    }
}
