// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DecodeTransaction} from "../../../src/step/osp-tx/DecodeTransaction.sol";
import {VectorFile} from "../../utils/VectorFile.sol";
import {TxHarness} from "./TxHarness.sol";

/// @dev The transactions of shared/protocol/vectors.
contract TransactionsVectorsTest is VectorFile {
    TxHarness private harness = new TxHarness();
    TxHarness.Entry[] private entries;
    bytes[] private raws;

    function _loadValid() private {
        load("transactions-valid");
        bytes[] memory column = vm.parseJsonBytesArray(json, ".transactions.raw");
        assertTrue(column.length > 15);
        for (uint256 i = 0; i < column.length; ++i) {
            raws.push(column[i]);
            entries.push(harness.classify(column[i], 901));
            assertTrue(!entries[i].isSkipped, vm.toString(i));
        }
    }

    function test_valid_fields_work() public {
        _loadValid();
        uint256[] memory types = uints(".transactions.type");
        uint256[] memory nonces = uints(".transactions.nonce");
        uint256[] memory gasLimits = uints(".transactions.gasLimit");
        uint256[] memory values = uints(".transactions.value");
        address[] memory targets = addresses(".transactions.to");
        bytes[] memory datas = vm.parseJsonBytesArray(json, ".transactions.data");
        string[] memory names = strings(".transactions.name");
        for (uint256 i = 0; i < entries.length; ++i) {
            DecodeTransaction.Transaction memory t = entries[i].transaction;
            assertEq(t.txType, types[i], names[i]);
            assertEq(t.nonce, nonces[i], names[i]);
            assertEq(t.gasLimit, gasLimits[i], names[i]);
            assertEq(t.value, values[i], names[i]);
            assertEq(t.to, uint160(targets[i]), names[i]);
            assertTrue(t.isCreation == (targets[i] == address(0)), names[i]);
            assertTrue((t.dataOffset == 0) == (datas[i].length == 0), names[i]);
            assertEq(keccak256(_slice(raws[i], t.dataOffset, t.dataLength)), keccak256(datas[i]), names[i]);
        }
    }

    function test_valid_signaturesAndGas_work() public {
        _loadValid();
        uint256[] memory parities = uints(".transactions.yParity");
        uint256[] memory rs = uints(".transactions.r");
        uint256[] memory ss = uints(".transactions.s");
        uint256[] memory intrinsic = uints(".transactions.intrinsicGas");
        uint256[] memory floors = uints(".transactions.floorGas");
        address[] memory senders = addresses(".transactions.sender");
        bytes32[] memory digests = words(".transactions.signingHash");
        bytes32[] memory hashes = words(".transactions.hash");
        for (uint256 i = 0; i < entries.length; ++i) {
            DecodeTransaction.Transaction memory t = entries[i].transaction;
            assertEq(t.yParity, parities[i]);
            assertEq(t.r, rs[i]);
            assertEq(t.s, ss[i]);
            assertEq(t.signingHash, digests[i]);
            assertEq(keccak256(raws[i]), hashes[i]);
            assertEq(entries[i].sender, senders[i]);
            assertEq(entries[i].intrinsicGas, intrinsic[i]);
            assertEq(entries[i].floorGas, floors[i]);
        }
    }

    function test_valid_otherChain_isSkipped() public {
        _loadValid();
        for (uint256 i = 0; i < entries.length; ++i) {
            // Only the unprotected one has no chain.
            assertTrue(harness.classify(raws[i], 902).isSkipped == entries[i].transaction.isProtected, vm.toString(i));
        }
    }

    function test_invalid_areSkipped() public {
        load("transactions-invalid");
        bytes[] memory column = vm.parseJsonBytesArray(json, ".transactions.raw");
        string[] memory names = strings(".transactions.name");
        string[] memory reasons = strings(".transactions.reason");
        assertTrue(column.length > 200);
        for (uint256 i = 0; i < column.length; ++i) {
            assertTrue(harness.classify(column[i], 901).isSkipped, names[i]);
            if (keccak256(bytes(reasons[i])) != keccak256("undecodable")) continue;
            (bool isValid,) = harness.decode(column[i]);
            assertTrue(!isValid, names[i]);
        }
    }

    /// @dev Every byte of every valid transaction changed: another transaction or none, and the machine never stops.
    function test_everyByteChanged_neverReverts() public {
        _loadValid();
        for (uint256 i = 0; i < raws.length; ++i) {
            bytes memory raw = raws[i];
            if (raw.length > 1_000) continue;
            for (uint256 j = 0; j < raw.length; ++j) {
                bytes1 old = raw[j];
                for (uint256 k = 0; k < 4; ++k) {
                    raw[j] = bytes1(uint8(old) ^ [1, 0x40, 0x80, 0xff][k]);
                    TxHarness.Entry memory entry = harness.classify(raw, 901);
                    assertTrue(entry.isSkipped || entry.sender != entries[i].sender, "malleable");
                }
                raw[j] = old;
            }
        }
    }

    function testFuzz_mutations_neverRevert(uint256 pick, uint256 place, bytes calldata inserted, uint256 removed) public {
        _loadValid();
        bytes memory raw = raws[pick % raws.length];
        place %= raw.length;
        removed %= (raw.length - place < 40 ? raw.length - place : 40) + 1;
        bytes memory changed =
            bytes.concat(_slice(raw, 0, place), inserted, _slice(raw, place + removed, raw.length - place - removed));
        TxHarness.Entry memory entry = harness.classify(changed, 901);
        if (keccak256(changed) == keccak256(raw)) return;
        assertTrue(entry.isSkipped || entry.sender != entries[pick % raws.length].sender, "malleable");
    }

    function testFuzz_anyBytes_neverRevert(bytes calldata raw) public view {
        harness.classify(raw, 901);
    }

    function _slice(bytes memory data, uint256 from, uint256 size) private pure returns (bytes memory part) {
        part = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(data, 0x20), from), size)
        }
    }
}
