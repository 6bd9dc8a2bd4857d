// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Test} from "../../utils/Test.sol";
import {LoadProof} from "./LoadProof.sol";
import {TxHarness} from "./TxHarness.sol";

/// @dev Entries of the largest size made to cost as much as they can; all of it in well under a transaction's gas.
contract TransactionsGasTest is LoadProof, Test {
    uint256 private constant SIZE = 98_304;
    uint256 private constant LIMIT = 5_000_000;
    uint256 private constant KEY = 0xa11ce;
    uint256 private constant STEP_LIMIT = 8_000_000;
    TxHarness private harness = new TxHarness();
    OspTxLoad private part = new OspTxLoad();
    Context private context;

    function test_gas_snapshot() public {
        _record("data", _signed(2, hex"", SIZE - 200), true);
        _record("addresses", _signed(2, _repeat(_list(bytes.concat(hex"94", bytes20(uint160(7)), hex"c0")), 4_260), 0), true);
        _record("keys", _signed(2, _list(bytes.concat(hex"94", bytes20(uint160(7)), _list(_repeat(_key(), 2_950)))), 0), true);
        _record("addresses, one key each", _signed(2, _repeat(_oneKey(), 1_700), 0), true);
        _record("authorizations", _signed(4, _repeat(_authorization(), 660), 0), true);
        _record("too many authorizations", _signed(4, _repeat(_authorization(), 3_500), 0), false);
    }

    /// @dev Bytes that begin lists and never keep them.
    function test_gas_garbage_isBounded() public view {
        for (uint256 i = 0; i < 256; ++i) {
            bytes memory raw = new bytes(SIZE);
            for (uint256 j = 0; j < 256; ++j) raw[j] = bytes1(uint8(i));
            (raw[0], raw[1], raw[2], raw[3], raw[4]) = (0x02, 0xfa, 0x01, 0x7f, 0xfb);
            (uint256 gas, bool isSkipped) = harness.gasOfClassify(raw, 1);
            assertTrue(isSkipped && gas < LIMIT);
        }
        (uint256 tooLarge, bool isRefused) = harness.gasOfClassify(new bytes(SIZE + 1), 1);
        assertTrue(isRefused && tooLarge < 200_000);
    }

    /// @dev A call of ecrecover that lacks gas must not pass for a signature of nobody.
    function test_gas_tooLittle_reverts() public view {
        bytes memory raw = _signed(2, hex"", 0);
        Block memory b = Block(1, 1, txRoot(raw.length, keccak256(raw)));
        bytes memory data = abi.encodeCall(OspTxLoad.step, (context, idle(b, 0), proof(b, tapeOf(raw))));
        bytes32 expected = part.step(context, idle(b, 0), proof(b, tapeOf(raw)));
        assertTrue(expected != idle(b, 1));
        uint256 made = 0;
        for (uint256 gas = 20_000; gas < 120_000; gas += 41) {
            (bool success, bytes memory result) = address(part).staticcall{gas: gas}(data);
            if (!success) continue;
            ++made;
            assertEq(abi.decode(result, (bytes32)), expected);
        }
        assertTrue(made > 100 && made < 2_300);
    }

    function _record(string memory label, bytes memory raw, bool isValid) private {
        assertTrue(raw.length <= SIZE && raw.length > (isValid ? 10_000 : 90_000), label);
        (uint256 gas, bool isSkipped) = harness.gasOfClassify(raw, 1);
        assertTrue(isSkipped != isValid, label);
        assertTrue(gas < LIMIT, label);
        vm.snapshotValue("OspTx", string.concat("txLoad: ", label), _gasOfStep(raw));
    }

    /// @dev The whole step, with its call's data in the proof.
    function _gasOfStep(bytes memory raw) private view returns (uint256 gas) {
        Block memory b = Block(1, 1, txRoot(raw.length, keccak256(raw)));
        bytes32 before = idle(b, 0);
        bytes memory opened = proof(b, tapeOf(raw));
        gas = gasleft();
        part.step(context, before, opened);
        gas -= gasleft();
        assertTrue(gas < STEP_LIMIT);
    }

    /// @dev A transaction of chain 1 with these items in its last list and so many bytes of data.
    function _signed(uint256 txType, bytes memory items, uint256 dataLength) private pure returns (bytes memory) {
        bytes memory lists = txType == 4 ? bytes.concat(hex"c0", _list(items)) : _list(items);
        bytes memory data = dataLength == 0 ? bytes(hex"80") : bytes.concat(hex"ba", bytes3(uint24(dataLength)), new bytes(dataLength));
        bytes memory fields = bytes.concat(hex"018001018401000000", hex"94", bytes20(uint160(9)), hex"80", data, lists);
        bytes memory prefix = abi.encodePacked(uint8(txType));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, keccak256(bytes.concat(prefix, _list(fields))));
        bytes memory signature = bytes.concat(v == 27 ? bytes(hex"80") : bytes(hex"01"), _integer(r), _integer(s));
        return bytes.concat(prefix, _list(bytes.concat(fields, signature)));
    }

    function _oneKey() private pure returns (bytes memory) {
        return _list(bytes.concat(hex"94", bytes20(uint160(7)), _list(_key())));
    }

    function _key() private pure returns (bytes memory) {
        return bytes.concat(hex"a0", bytes32(uint256(5)));
    }

    function _authorization() private pure returns (bytes memory) {
        return _list(bytes.concat(hex"01", hex"94", bytes20(uint160(7)), hex"80800101"));
    }

    function _repeat(bytes memory item, uint256 times) private pure returns (bytes memory result) {
        result = new bytes(item.length * times);
        uint256 size = item.length;
        for (uint256 i = 0; i < times; ++i) {
            assembly ("memory-safe") {
                mcopy(add(add(result, 0x20), mul(i, size)), add(item, 0x20), size)
            }
        }
    }

    function _list(bytes memory content) private pure returns (bytes memory) {
        if (content.length <= 55) return bytes.concat(bytes1(uint8(0xc0 + content.length)), content);
        if (content.length < 256) return bytes.concat(hex"f8", bytes1(uint8(content.length)), content);
        if (content.length < 65_536) return bytes.concat(hex"f9", bytes2(uint16(content.length)), content);
        return bytes.concat(hex"fa", bytes3(uint24(content.length)), content);
    }

    function _integer(bytes32 value) private pure returns (bytes memory encoded) {
        uint256 size = 32;
        while (uint256(value) >> (8 * size - 8) == 0) --size;
        encoded = new bytes(size);
        for (uint256 i = 0; i < size; ++i) encoded[i] = value[32 - size + i];
        encoded = bytes.concat(bytes1(uint8(0x80 + size)), encoded);
    }
}
