// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Context} from "../../../src/step/state/Machine.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {StepScene} from "./StepScene.sol";

/// @dev No proof leads anywhere but to the one state after: whatever is done to a good one, it is refused or leads there too.
abstract contract ProofMutations is StepScene {
    using MachineWords for Words;

    /// @dev Flips a bit, puts bytes in, takes bytes out, or writes bytes over; half of the time on the tape.
    function _mutate(Words memory w, bytes memory tape, uint256 seed, uint256 position, bytes memory bytes_) internal view {
        bytes32 before = w.hashOf();
        bytes memory proof = w.proofOf(tape);
        Context memory context;
        bytes32 expected = part.step(context, before, proof);
        uint256 first = (seed >> 2) % 2 == 0 ? 0 : proof.length - tape.length;
        position = bound(position, first, proof.length);
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
            other = _part(proof, 0, proof.length);
            if (position < other.length) other[position] ^= bytes1(uint8(1 << ((seed >> 8) % 8)));
        }
        try part.step{gas: 20_000_000}(context, before, other) returns (bytes32 result) {
            assertEq(result, expected, "another state");
        } catch {
            assertTrue(keccak256(other) != keccak256(proof), "refused a good proof");
        }
    }

    function _part(bytes memory data, uint256 from, uint256 end) private pure returns (bytes memory result) {
        result = new bytes(end - from);
        assembly ("memory-safe") {
            mcopy(add(result, 0x20), add(add(data, 0x20), from), sub(end, from))
        }
    }
}
