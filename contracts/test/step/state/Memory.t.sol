// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ByteSlice} from "../../../src/step/state/Sections.sol";
import {MemoryHarness} from "./MemoryHarness.sol";
import {NaiveWords} from "./NaiveWords.sol";
import {WorldTest} from "./WorldTest.sol";

/// @dev Prices of memory; bytes of slices and of memory against whole buffers.
contract MemoryTest is WorldTest {
    MemoryHarness internal harness = new MemoryHarness();

    function testFuzz_expand(uint64 gas, uint16 memWords, uint256 offset, uint256 length) public view {
        (offset, length) = (bound(offset, 0, 3_000_000), bound(length, 1, 3_000_000));
        uint256 words = (offset + length + 31) / 32;
        uint256 price = words <= memWords ? 0 : memoryGas(words) - memoryGas(memWords);
        (bool paid, uint256 left, uint256 grown) = harness.expand(gas, memWords, offset, length);
        assertEq(paid, price <= gas, "paid");
        if (!paid) return;
        assertEq(left, gas - price, "gas");
        assertEq(grown, words > memWords ? words : memWords, "words");
    }

    function testFuzz_expand_noLength(uint64 gas, uint16 memWords, uint256 offset) public view {
        (bool paid, uint256 left, uint256 grown) = harness.expand(gas, memWords, offset, 0);
        assertTrue(paid && left == gas && grown == memWords);
    }

    /// @dev Neither overflows nor is paid for, whatever the gas.
    function testFuzz_expand_far(uint256 offset, uint256 length) public view {
        if (offset % 2 == 0) offset = bound(offset, 2 ** 32, type(uint256).max);
        else length = bound(length, 2 ** 32, type(uint256).max);
        if (length == 0) length = 1;
        (bool paid,,) = harness.expand(type(uint64).max, 0, offset, length);
        assertTrue(!paid);
    }

    function testFuzz_charge(uint256 gas, uint256 price) public view {
        (bool paid, uint256 left) = harness.charge(gas, price);
        assertEq(paid, price <= gas, "paid");
        assertEq(left, paid ? gas - price : gas, "gas");
    }

    /// @dev Within the slice, across its end and beyond: bytes behind the slice that its tree holds are never seen.
    function testFuzz_readBytes(bytes32 seed, uint256 offset, uint256 length, uint256 start, uint256 size) public view {
        (offset, length, start, size) = (offset % 200, length % 500, start % 700, size % 300);
        bytes memory under = noise(seed, offset + length + 100);
        bytes memory data = slice(under, offset, length);
        uint256 given = start >= length ? 0 : size < length - start ? size : length - start;
        bytes memory tape = NaiveWords.bytesTape(under, offset + start, given);
        assertEq(harness.readBytes(ByteSlice(NaiveWords.rootOf(under), offset, length), start, size, tape), slice(data, start, size));
    }

    function testFuzz_readBytes_far(uint256 start) public view {
        start = bound(start, 10, type(uint256).max);
        assertEq(harness.readBytes(ByteSlice(bytes32(uint256(1)), 5, 10), start, 33, ""), new bytes(33));
    }

    function testFuzz_writeBytes(bytes32 seed, uint256 size, uint256 offset, bytes memory data) public view {
        if (data.length == 0) data = hex"01";
        bytes memory under = noise(seed, size % 600);
        offset = offset % 700;
        bytes32 newRoot = harness.writeBytes(NaiveWords.rootOf(under), offset, data, NaiveWords.bytesTape(under, offset, data.length));
        assertEq(newRoot, NaiveWords.rootOf(overwrite(under, offset, data)));
    }

    function testFuzz_skip(bytes32 root, uint64 offset, uint64 length, uint256 size) public view {
        if (size % 2 == 0) size = size % (uint256(length) + 2);
        ByteSlice memory rest = harness.skip(ByteSlice(root, offset, length), size);
        if (size >= length) assertTrue(rest.root == 0 && rest.offset == 0 && rest.length == 0);
        else assertTrue(rest.root == root && rest.offset == offset + size && rest.length == length - size);
    }
}
