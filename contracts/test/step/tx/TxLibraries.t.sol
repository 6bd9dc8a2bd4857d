// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../../utils/Test.sol";
import {TxHarness} from "./TxHarness.sol";

/// @dev Counting and blooms beside naive forms.
contract TxLibrariesTest is Test {
    TxHarness private harness = new TxHarness();

    function testFuzz_zeroBytes_works(bytes calldata data, uint256 seed, uint256 skip) public view {
        bytes memory sparse = data;
        uint256 zeros = 0;
        skip = data.length == 0 ? 0 : skip % data.length;
        for (uint256 i = 0; i < sparse.length; ++i) {
            if ((seed >> (i % 256)) & 1 == 1) sparse[i] = 0;
            if (i >= skip && sparse[i] == 0) ++zeros;
        }
        assertEq(harness.zeroBytes(sparse, skip), zeros);
    }

    function test_zeroBytes_boundaryBytes_work() public view {
        // Bytes that a carry or a borrow would miscount.
        assertEq(harness.zeroBytes(hex"0001008000ff007f01008001", 0), 5);
        assertEq(harness.zeroBytes(new bytes(98_304), 0), 98_304);
        assertEq(harness.zeroBytes(new bytes(33), 0), 33);
    }

    function testFuzz_bloom_works(address account, uint256[4] calldata topics, uint256 topicCount, uint256[8] calldata before) public view {
        topicCount %= 5;
        bytes memory expected = abi.encodePacked(before);
        _naive(expected, abi.encodePacked(account));
        for (uint256 i = 0; i < topicCount; ++i) _naive(expected, abi.encodePacked(topics[i]));
        assertEq(abi.encodePacked(harness.bloom(before, account, topicCount, topics)), expected);
    }

    /// @dev Lists of any shape, right and with some bytes changed, beside the general reader.
    function testFuzz_accessList_works(uint8[] calldata keyCounts, uint256[4] calldata places, bytes4 values, uint8 changes) public view {
        bytes memory list = hex"";
        for (uint256 i = 0; i < keyCounts.length && i < 12; ++i) {
            uint256 count = keyCounts[i] % (i == 0 ? 40 : 11);
            bytes memory keys = hex"";
            for (uint256 j = 0; j < count; ++j) keys = bytes.concat(keys, hex"a0", keccak256(abi.encode(i, j)));
            list = bytes.concat(list, _list(bytes.concat(hex"94", bytes20(keccak256(abi.encode(i))), _list(keys))));
        }
        for (uint256 i = 0; i < changes % 4 && list.length > 0; ++i) {
            // Headers are near the front: half of the changes go there.
            uint256 place = i % 2 == 0 ? places[i] % list.length : places[i] % (list.length < 30 ? list.length : 30);
            list[place] = values[i];
        }
        (bool isGood, uint256 addressCount, uint256 keyCount, bytes32 chain) = harness.accessList(list);
        (bool isGoodNaive, uint256 addressesNaive, uint256 keysNaive, bytes32 chainNaive) = harness.accessListNaive(list);
        assertEq(isGood, isGoodNaive);
        if (changes % 4 == 0) assertTrue(isGood);
        if (!isGood) return;
        assertEq(addressCount, addressesNaive);
        assertEq(keyCount, keysNaive);
        assertEq(chain, chainNaive);
    }

    function testFuzz_accessList_anyBytes_works(bytes calldata list) public view {
        (bool isGood,,,) = harness.accessList(list);
        (bool isGoodNaive,,,) = harness.accessListNaive(list);
        assertEq(isGood, isGoodNaive);
    }

    function _list(bytes memory content) private pure returns (bytes memory) {
        if (content.length <= 55) return bytes.concat(bytes1(uint8(0xc0 + content.length)), content);
        if (content.length < 256) return bytes.concat(hex"f8", bytes1(uint8(content.length)), content);
        return bytes.concat(hex"f9", bytes2(uint16(content.length)), content);
    }

    /// @dev Yellow paper, 4.3.1, byte by byte.
    function _naive(bytes memory bloom, bytes memory value) private pure {
        bytes32 hash = keccak256(value);
        for (uint256 i = 0; i < 6; i += 2) {
            uint256 bit = (uint256(uint8(hash[i])) * 256 + uint8(hash[i + 1])) % 2048;
            bloom[255 - bit / 8] |= bytes1(uint8(1 << (bit % 8)));
        }
    }
}
