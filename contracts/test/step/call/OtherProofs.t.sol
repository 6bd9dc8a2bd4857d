// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCall} from "../../../src/step/OspCall.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {StepScene} from "./StepScene.sol";

/// @dev No proof leads anywhere but to the one state after: whatever is done to a good one, it is refused or leads there too.
contract OtherProofsTest is StepScene {
    using MachineWords for Words;

    bytes32 private before;
    bytes32 private after_;
    bytes private proof;

    function setUp() public {
        part = new OspCall();
        _putAccount(SELF, 1, 1_000, keccak256(hex"fd"));
        _putAccount(OTHER, 1, 5, keccak256("code"));
    }

    function testFuzz_ofAReturn(uint256 seed, uint256 position, bytes memory bytes_) public {
        Words memory caller = _frame(hex"f1");
        caller.push(3);
        Words memory w = _calleeOf(caller, hex"fd");
        (w.f[MachineWords.F_RET_OFF], w.f[MachineWords.F_RET_LEN]) = (96, 64);
        bytes memory stack = _pushAll(w, _words(40, 3));
        _mutate(w, bytes.concat(MachineWords.codeTape(hex"fd"), stack, caller.callerTape()), seed, position, bytes_);
    }

    function testFuzz_ofACallDebit(uint256 seed, uint256 position, bytes memory bytes_) public {
        Words memory w = _frame(hex"f1");
        w.x[MachineWords.X_OP] = 6;
        w.x[MachineWords.X_VALUE] = 7;
        w.x[MachineWords.X_CALLER] = uint160(SELF);
        _mutate(w, _accountProof(SELF), seed, position, bytes_);
    }

    /// @dev Flips bits, puts bytes in, takes bytes out, or writes bytes over.
    function _mutate(Words memory w, bytes memory tape, uint256 seed, uint256 position, bytes memory bytes_) private {
        before = w.hashOf();
        proof = w.proofOf(tape);
        Context memory context;
        after_ = part.step(context, before, proof);
        position = bound(position, 0, proof.length);
        bytes memory head = _part(proof, 0, position);
        bytes memory other;
        uint256 way = seed % 4;
        if (way == 0) {
            other = bytes.concat(head, bytes_, _part(proof, position, proof.length));
        } else if (way == 1) {
            uint256 skipped = position + bytes_.length > proof.length ? proof.length : position + bytes_.length;
            other = bytes.concat(head, _part(proof, skipped, proof.length));
        } else if (way == 2) {
            uint256 skipped = position + bytes_.length > proof.length ? proof.length : position + bytes_.length;
            other = bytes.concat(head, bytes_, _part(proof, skipped, proof.length));
        } else {
            other = proof;
            uint256 bit = (seed >> 8) % (8 * other.length);
            other[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        }
        try part.step{gas: 20_000_000}(context, before, other) returns (bytes32 result) {
            assertEq(result, after_, "another state");
        } catch {
            assertTrue(keccak256(other) != keccak256(proof), "refused a good proof");
        }
    }

    function _part(bytes memory data, uint256 from, uint256 end) private pure returns (bytes memory result) {
        result = new bytes(end - from);
        for (uint256 i = 0; i < result.length; ++i) result[i] = data[from + i];
    }
}
