// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {Test} from "../../utils/Test.sol";

/// @dev The hasher against the EVM's own keccak256, however the bytes are cut.
contract HasherTest is Test {
    function testFuzz_finish_isKeccak(bytes memory data) public pure {
        uint256[31] memory words = Hasher.fresh();
        Hasher.absorb(words, data);
        assertEq(Hasher.finish(words), keccak256(data));
    }

    function testFuzz_absorb_inParts(bytes32 seed, uint256 size, uint256[6] memory cuts) public pure {
        bytes memory data = _noise(seed, size % 2_000);
        uint256[31] memory words = Hasher.fresh();
        uint256 from = 0;
        for (uint256 i = 0; i <= cuts.length; ++i) {
            uint256 part = i == cuts.length ? data.length - from : cuts[i] % (data.length - from + 1);
            Hasher.absorb(words, _start(data) + from, part);
            from += part;
            assertTrue(words[25] < Hasher.RATE);
            _isWaiting(words, data, from);
        }
        assertEq(Hasher.finish(words), keccak256(data));
    }

    function test_finish_everyLength() public pure {
        for (uint256 size = 0; size <= 280; ++size) {
            bytes memory data = _noise(bytes32(size), size);
            uint256[31] memory words = Hasher.fresh();
            Hasher.absorb(words, data);
            assertEq(Hasher.finish(words), keccak256(data));
        }
    }

    /// @dev Lanes of all ones, which a rotation by multiplication could get wrong.
    function test_finish_ones() public pure {
        bytes memory data = new bytes(400);
        for (uint256 i = 0; i < data.length; ++i) data[i] = 0xff;
        uint256[31] memory words = Hasher.fresh();
        Hasher.absorb(words, data);
        assertEq(Hasher.finish(words), keccak256(data));
    }

    /// @dev The same state whatever the parts; bytes behind the data do not enter it.
    function test_hash_ofState() public pure {
        bytes memory data = _noise("state", 777);
        uint256[31] memory whole = Hasher.fresh();
        Hasher.absorb(whole, data);
        uint256[31] memory parts = Hasher.fresh();
        for (uint256 i = 0; i < 777; i += 7) Hasher.absorb(parts, _start(data) + i, 7);
        assertEq(Hasher.hash(whole), Hasher.hash(parts));
        assertEq(Hasher.hash(whole), keccak256(abi.encode(keccak256("crema.hasher.v1"), whole)));
        Hasher.absorb(parts, "");
        assertEq(Hasher.hash(whole), Hasher.hash(parts));
        Hasher.absorb(parts, "x");
        assertTrue(Hasher.hash(whole) != Hasher.hash(parts));
    }

    function test_gas_snapshot() public {
        uint256[31] memory words = Hasher.fresh();
        bytes memory data = _noise("gas", 32 * 136);
        uint256 gas = gasleft();
        Hasher.absorb(words, data);
        gas -= gasleft();
        vm.snapshotValue("Hasher", "absorb 32 blocks", gas);
        assertTrue(gas < 32 * 70_000);
        gas = gasleft();
        bytes32 digest = Hasher.finish(words);
        gas -= gasleft();
        vm.snapshotValue("Hasher", "finish", gas);
        assertEq(digest, keccak256(data));
    }

    function _isWaiting(uint256[31] memory words, bytes memory data, uint256 end) private pure {
        uint256 waiting = words[25];
        bytes32 held;
        bytes32 expected;
        uint256 tail = 0;
        uint256 start = _start(data) + end - waiting;
        assembly ("memory-safe") {
            let block_ := add(words, 0x340)
            held := keccak256(block_, waiting)
            expected := keccak256(start, waiting)
            for { let i := waiting } lt(i, 160) { i := add(i, 1) } { tail := or(tail, byte(0, mload(add(block_, i)))) }
        }
        assertEq(held, expected);
        assertEq(tail, 0);
    }

    function _start(bytes memory data) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := add(data, 0x20)
        }
    }

    function _noise(bytes32 seed, uint256 size) private pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            if (i % 32 == 0) seed = keccak256(abi.encode(seed));
            data[i] = seed[i % 32];
        }
    }
}
