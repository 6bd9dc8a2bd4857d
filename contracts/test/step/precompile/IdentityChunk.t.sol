// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {WordTree} from "../../../src/step/state/WordTree.sol";
import {MachineFixture} from "./MachineFixture.sol";
import {NaiveWordTree} from "./NaiveWordTree.sol";
import {OspPrecompileFixture} from "./OspPrecompileFixture.sol";

/// @dev Identity from its call to its end, chunk by chunk.
contract IdentityChunkTest is OspPrecompileFixture {
    using MachineFixture for MachineFixture.Words;

    uint256 private constant CHUNK = 2_048;

    function test_identity_lengths_works() public view {
        uint256[14] memory lengths = [uint256(0), 1, 31, 32, 33, 2_047, 2_048, 2_049, 2_080, 4_095, 4_096, 4_097, 9_000, 20_480];
        for (uint256 i = 0; i < lengths.length; ++i) {
            this.check(lengths[i], i * 13, i % 3 == 0);
            this.check(lengths[i], 0, i % 3 == 1);
        }
    }

    function testFuzz_identity_works(uint256 length, uint256 offset, bool isTransaction) public view {
        this.check(bound(length, 0, 7_000), bound(offset, 0, 3_000), isTransaction);
    }

    function check(uint256 length, uint256 offset, bool isTransaction) external view {
        bytes memory input = noise(length);
        bytes memory source = bytes.concat(repeated(hex"77", offset), input, "behind");
        uint256 price = 15 + 3 * ((length + 31) / 32);
        MachineFixture.Words memory m = calling(4, source, offset, length, price + 99);
        if (isTransaction) m = withoutFrame(m);
        MachineFixture.Words memory end = finished(m, true, input, 99);
        if (length == 0) {
            assertEq(step(m, ""), end.hash(), "empty");
            return;
        }
        MachineFixture.Words memory chunk = _started(m, 99);
        assertEq(step(m, ""), chunk.hash(), "start");
        for (uint256 copied = 0; copied < length; copied += CHUNK) chunk = _checkChunk(chunk, source, input, offset, copied, end.hash());
        assertEq(chunk.hash(), end.hash(), "end");
    }

    /// @dev One chunk; returns the machine behind it.
    function _checkChunk(
        MachineFixture.Words memory m,
        bytes memory source,
        bytes memory input,
        uint256 offset,
        uint256 copied,
        bytes32 end
    ) private view returns (MachineFixture.Words memory next) {
        uint256 left = input.length - copied;
        uint256 size = left < CHUNK ? left : CHUNK;
        bytes memory tape = NaiveWordTree.tape(source, offset + copied, size);
        tape = bytes.concat(tape, NaiveWordTree.tape(part(input, copied), copied, size));
        next = m.copyOf();
        next.x[MachineFixture.X_DST_OFF] = bytes32(copied + size);
        next.x[MachineFixture.X_HASHER] = NaiveWordTree.root(part(input, copied + size));
        setSource(next, m.x[MachineFixture.X_SOURCE], offset + copied + size, left - size);
        if (left == size) next = finished(m, true, input, uint256(m.x[MachineFixture.X_GAS]));
        assertEq(step(m, tape), next.hash(), "chunk");
        assertEq(next.hash() == end, left == size, "end");
    }

    function test_identity_aGasTooFew_fails() public view {
        MachineFixture.Words memory m = calling(4, noise(100), 0, 100, 26);
        assertEq(step(m, ""), finished(m, false, "", 0).hash());
        m = calling(4, noise(100), 0, 100, 27);
        assertEq(step(m, ""), _started(m, 0).hash());
    }

    /// @dev No limit of the rollup holds: more bytes and more gas than any other precompile may take. Nothing of the input is on the tape.
    function test_identity_longest_starts() public view {
        MachineFixture.Words memory m = calling(4, "", 0, 0, 9_000_000);
        setSource(m, keccak256("any"), 5, 91_917 * 32);
        assertEq(step(m, ""), _started(m, 9_000_000 - 15 - 3 * 91_917).hash());
    }

    /// @dev The tree under construction is what X says, not what the tape says.
    function test_identityChunk_otherTree_reverts() public {
        bytes memory input = noise(5_000);
        MachineFixture.Words memory m = _started(calling(4, input, 0, 5_000, 1_000), 0);
        m.x[MachineFixture.X_DST_OFF] = bytes32(CHUNK);
        m.x[MachineFixture.X_HASHER] = NaiveWordTree.root(part(input, CHUNK));
        setSource(m, NaiveWordTree.root(input), CHUNK, 5_000 - CHUNK);
        bytes memory read = NaiveWordTree.tape(input, CHUNK, CHUNK);
        bytes memory other = NaiveWordTree.tape(noise(2_047), CHUNK, CHUNK);
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        this.stepOf(m, bytes.concat(read, other));
        bytes memory elsewhere = NaiveWordTree.tape(input, CHUNK - 32, CHUNK);
        vm.expectPartialRevert(WordTree.WrongRoot.selector);
        this.stepOf(m, bytes.concat(elsewhere, NaiveWordTree.tape(part(input, CHUNK), CHUNK, CHUNK)));
        assertTrue(this.stepOf(m, bytes.concat(read, NaiveWordTree.tape(part(input, CHUNK), CHUNK, CHUNK))) != 0);
    }

    function stepOf(MachineFixture.Words memory m, bytes memory tape) external view returns (bytes32) {
        return step(m, tape);
    }

    function _started(MachineFixture.Words memory m, uint256 gasLeft) private pure returns (MachineFixture.Words memory next) {
        next = m.copyOf();
        next.clearX();
        next.x[MachineFixture.X_OP] = bytes32(IDENTITY_CHUNK);
        next.x[MachineFixture.X_GAS] = bytes32(gasLeft);
        next.x[MachineFixture.X_RET_OFF] = m.x[MachineFixture.X_RET_OFF];
        next.x[MachineFixture.X_RET_LEN] = m.x[MachineFixture.X_RET_LEN];
        next.x[MachineFixture.X_HASHER] = NaiveWordTree.root("");
        for (uint256 i = 0; i < 3; ++i) next.x[MachineFixture.X_SOURCE + i] = m.x[MachineFixture.X_SOURCE + i];
    }

    /// @dev The first `size` bytes.
    function part(bytes memory data, uint256 size) internal pure returns (bytes memory result) {
        result = bytes.concat(data);
        assembly ("memory-safe") {
            mstore(result, size)
        }
    }

    function noise(uint256 length) internal pure returns (bytes memory data) {
        data = new bytes(length);
        for (uint256 i = 0; i < length; ++i) data[i] = bytes1(uint8(uint256(keccak256(abi.encode(i / 32))) >> (8 * (i % 32))));
    }
}
