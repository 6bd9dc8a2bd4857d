// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RlpReader} from "../../../src/step/osp-tx/RlpReader.sol";
import {RlpWriter} from "../../../src/step/osp-tx/RlpWriter.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Forms of items, and that a reader stays bad.
contract RlpReaderTest is Test {
    using RlpReader for RlpReader.Reader;

    /// @dev What is no item in canonical form, alone in its list.
    function test_item_notCanonical_isBad() public pure {
        bytes[22] memory wrong = [
            bytes(hex""),
            hex"8100",
            hex"817f",
            hex"81",
            hex"8200",
            hex"b800",
            hex"b837",
            hex"b8",
            hex"b90038",
            hex"b9",
            hex"ba",
            hex"bfffffffffffffffff",
            hex"bf0000000000000038",
            hex"b7",
            hex"c1",
            hex"c20000ff",
            hex"f800",
            hex"f837",
            hex"f8",
            hex"ffffffffffffffffff",
            hex"ff",
            hex"f90038"
        ];
        // `c20000ff` is an item, with a byte behind it.
        for (uint256 i = 0; i < wrong.length; ++i) {
            RlpReader.Reader memory reader = _open(wrong[i]);
            reader.item();
            assertTrue(reader.bad != (i == 15), string.concat("item ", vm.toString(i)));
            assertTrue(reader.bad || reader.hasMore());
        }
    }

    function test_item_canonical_works() public pure {
        _check(hex"00", false, 0, 1);
        _check(hex"7f", false, 0, 1);
        _check(hex"8180", false, 1, 1);
        _check(hex"80", false, 1, 0);
        _check(hex"c0", true, 1, 0);
        _check(bytes.concat(hex"b7", new bytes(55)), false, 1, 55);
        _check(bytes.concat(hex"b838", new bytes(56)), false, 2, 56);
        _check(bytes.concat(hex"b90100", new bytes(256)), false, 3, 256);
        _check(bytes.concat(hex"ba010000", new bytes(65_536)), false, 4, 65_536);
        _check(bytes.concat(hex"f7", new bytes(55)), true, 1, 55);
        _check(bytes.concat(hex"f90100", new bytes(256)), true, 3, 256);
    }

    function testFuzz_integer_roundTrips(uint256 value, uint8 bits) public pure {
        value >>= bits;
        RlpReader.Reader memory reader = _open(RlpWriter.integer(value));
        assertEq(reader.integer(32), value);
        assertTrue(!reader.bad && !reader.hasMore());
        uint256 size = 0;
        while (size < 32 && value >> (8 * size) != 0) ++size;
        if (size == 0) return;
        reader = _open(RlpWriter.integer(value));
        assertEq(reader.integer(size - 1), size == 1 && value < 0x80 ? value : 0);
        assertTrue(reader.bad == !(size == 1 && value < 0x80));
    }

    /// @dev `integer` and `fixedBytes` take the short way; `item` tells the same of any bytes.
    function testFuzz_integer_anyBytes_agreesWithItem(bytes memory data, uint8 most) public pure {
        RlpReader.Reader memory reader = _open(data);
        uint256 value = reader.integer(uint256(most) % 33);
        RlpReader.Reader memory other = _open(data);
        (bool isList, uint256 content, uint256 size) = other.item();
        // A single byte below 0x80 has no header: it is one byte, whatever the bound, which is never 0 where it is used.
        bool isGood = !other.bad && !isList && (size <= uint256(most) % 33 || _isOwnItem(data));
        if (isGood && size > 0) isGood = _byteAt(content) != 0;
        assertTrue(reader.bad != isGood);
        if (isGood) assertEq(value, size == 0 ? 0 : _wordAt(content) >> (256 - 8 * size));
        if (isGood) assertEq(reader.next, other.next);
    }

    function testFuzz_fixedBytes_anyBytes_agreesWithItem(bytes memory data, uint8 pick) public pure {
        uint256 wanted = 2 + uint256(pick) % 31;
        // Often the right header.
        if (data.length > 0 && pick >= 128) data[0] = bytes1(uint8(0x80 + wanted));
        RlpReader.Reader memory reader = _open(data);
        uint256 value = reader.fixedBytes(wanted);
        RlpReader.Reader memory other = _open(data);
        (bool isList, uint256 content, uint256 size) = other.item();
        bool isGood = !other.bad && !isList && size == wanted;
        assertTrue(reader.bad != isGood);
        if (isGood) assertEq(value, _wordAt(content) >> (256 - 8 * size));
        if (isGood) assertEq(reader.next, other.next);
    }

    function test_exit_staysBad() public pure {
        // A list with two items, of which one is read.
        RlpReader.Reader memory reader = _open(hex"c2010205");
        uint256 outer = reader.enter();
        assertEq(reader.integer(1), 1);
        reader.exit(outer);
        assertTrue(reader.bad && !reader.hasMore());
        assertEq(reader.integer(1), 0);
        (, uint256 content, uint256 size) = reader.item();
        assertTrue(content == 0 && size == 0);
        // Not a list.
        reader = _open(hex"01");
        outer = reader.enter();
        assertTrue(reader.bad && !reader.hasMore());
        reader.exit(outer);
        assertTrue(reader.bad && !reader.hasMore());
    }

    function _check(bytes memory data, bool isList, uint256 offset, uint256 size) private pure {
        RlpReader.Reader memory reader = _open(bytes.concat(data, hex"05"));
        uint256 begin = reader.next;
        (bool isListRead, uint256 content, uint256 sizeRead) = reader.item();
        assertTrue(isListRead == isList && content == begin + offset && sizeRead == size && !reader.bad);
        assertEq(reader.integer(1), 5);
        // One byte less is too little.
        if (data.length == 1) return;
        reader = _open(data);
        reader.end -= 1;
        reader.item();
        assertTrue(reader.bad);
    }

    function _open(bytes memory data) private pure returns (RlpReader.Reader memory) {
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(data, 0x20)
        }
        return RlpReader.open(begin, data.length);
    }

    function _isOwnItem(bytes memory data) private pure returns (bool) {
        return data.length > 0 && uint8(data[0]) < 0x80;
    }

    function _byteAt(uint256 place) private pure returns (uint256) {
        return _wordAt(place) >> 248;
    }

    function _wordAt(uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(place)
        }
    }
}
