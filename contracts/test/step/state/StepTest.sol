// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Test} from "../../utils/Test.sol";
import {Picture, Pictures} from "./Picture.sol";

/// @dev Steps of one part, from picture to picture.
abstract contract StepTest is Test {
    using Pictures for Picture;

    IStepPart internal part;

    /// @dev The part must come from one picture to the other, and refuse every byte more or less on the tape.
    function expectStep(Picture memory before, bytes memory tape, Picture memory after_) internal view {
        bytes memory proof = bytes.concat(before.opening(Pictures.ALL), tape);
        assertEq(run(before, proof), after_.hash(), "state after");
        (bool longer,) = tryRun(before, bytes.concat(proof, hex"00"));
        assertTrue(!longer, "a byte more");
        assembly ("memory-safe") {
            mstore(proof, sub(mload(proof), 1))
        }
        (bool shorter,) = tryRun(before, proof);
        assertTrue(!shorter, "a byte less");
    }

    function run(Picture memory before, bytes memory proof) internal view returns (bytes32) {
        return part.step(context(), before.hash(), proof);
    }

    function tryRun(Picture memory before, bytes memory proof) internal view returns (bool, bytes memory) {
        return address(part).staticcall(abi.encodeCall(IStepPart.step, (context(), before.hash(), proof)));
    }

    /// @dev None of these parts uses it.
    function context() internal pure returns (Context memory) {
        return Context(0, 0, 0, 0);
    }

    function none() internal pure returns (uint256[] memory) {
        return new uint256[](0);
    }

    /// @dev The step through a call, so that its revert can be expected.
    function step(bytes32 before, bytes calldata proof) external view returns (bytes32) {
        return part.step(context(), before, proof);
    }

    function words(uint256 a) internal pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = a;
    }

    function words(uint256 a, uint256 b) internal pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (a, b);
    }

    function words(uint256 a, uint256 b, uint256 c) internal pure returns (uint256[] memory list) {
        list = new uint256[](3);
        (list[0], list[1], list[2]) = (a, b, c);
    }

    /// @dev `size` bytes that depend on the seed alone.
    function noise(bytes32 seed, uint256 size) internal pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; i += 32) {
            bytes32 word = keccak256(abi.encode(seed, i));
            if (size - i < 32) word = (word >> (8 * (32 + i - size))) << (8 * (32 + i - size));
            assembly ("memory-safe") {
                mstore(add(add(data, 0x20), i), word)
            }
        }
    }

    /// @dev `size` bytes from `offset` on, zeros beyond the end.
    function slice(bytes memory data, uint256 offset, uint256 size) internal pure returns (bytes memory result) {
        result = new bytes(size);
        if (offset >= data.length) return result;
        uint256 given = data.length - offset < size ? data.length - offset : size;
        assembly ("memory-safe") {
            mcopy(add(result, 0x20), add(add(data, 0x20), offset), given)
        }
    }

    /// @dev The data with `written` at `offset`, grown with zeros to hold it.
    function overwrite(bytes memory data, uint256 offset, bytes memory written) internal pure returns (bytes memory result) {
        uint256 end = offset + written.length;
        result = slice(data, 0, end > data.length ? end : data.length);
        assembly ("memory-safe") {
            mcopy(add(add(result, 0x20), offset), add(written, 0x20), mload(written))
        }
    }

    /// @dev Price of memory (yellow paper, appendix H).
    function memoryGas(uint256 size) internal pure returns (uint256) {
        return 3 * size + (size * size) / 512;
    }
}
