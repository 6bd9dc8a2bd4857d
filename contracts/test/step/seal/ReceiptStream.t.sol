// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {KeyOrder} from "../../../src/step/osp-seal/KeyOrder.sol";
import {LogRecord, Record} from "../../../src/step/osp-seal/Records.sol";
import {ReceiptStream} from "../../../src/step/osp-seal/ReceiptStream.sol";
import {SealVectors} from "./SealVectors.sol";

/// @dev Leaves of receipts piece by piece, against what TypeScript gives.
contract ReceiptStreamTest is SealVectors {
    function test_receipts_vectors_work() public view {
        bytes[] memory records = strings(".receipts.record");
        bytes[] memory heads = strings(".receipts.head");
        bytes[] memory logs = strings(".receipts.logs");
        bytes[] memory data = strings(".receipts.data");
        uint256[] memory leaves = uints(".receipts.leaves");
        uint256[] memory positions = uints(".receipts.position");
        assertTrue(records.length > 15);
        for (uint256 i = 0; i < records.length; ++i) {
            Record memory record = abi.decode(bytes.concat(bytes32(0), records[i]), (Record));
            bytes memory head = ReceiptStream.receiptHead(KeyOrder.leafPlace(positions[i], leaves[i]), record);
            assertEq(head, heads[i]);
            assertEq(record.logCount, logs[i].length / 256);
            (bytes32 hashes, bytes32 leaf) = _stream(head, logs[i], unpack(data[i], 4));
            assertEq(hashes, words(".receipts.hashes")[i]);
            assertEq(leaf, words(".receipts.leaf")[i]);
        }
    }

    /// @dev As the steps take it in, and all at once.
    function _stream(bytes memory head, bytes memory logs, bytes[] memory data) private pure returns (bytes32, bytes32) {
        uint256[31] memory hasher = Hasher.fresh();
        Hasher.absorb(hasher, head);
        bytes memory whole = head;
        bytes memory hashes;
        for (uint256 i = 0; i < data.length; ++i) {
            hashes = bytes.concat(hashes, Hasher.hash(hasher));
            LogRecord memory log = abi.decode(bytes.concat(bytes32(0), slice(logs, 256 * i, 256)), (LogRecord));
            assertEq(log.dataLength, data[i].length);
            bytes memory logHead = ReceiptStream.logHead(log, data[i].length == 0 ? 0 : uint8(data[i][0]));
            Hasher.absorb(hasher, logHead);
            for (uint256 from = 0; from < data[i].length; from += 4096) {
                if (from > 0) hashes = bytes.concat(hashes, Hasher.hash(hasher));
                uint256 left = data[i].length - from;
                Hasher.absorb(hasher, slice(data[i], from, left < 4096 ? left : 4096));
            }
            whole = bytes.concat(whole, logHead, data[i]);
        }
        bytes32 digest = Hasher.finish(hasher);
        assertEq(digest, keccak256(whole));
        return (keccak256(hashes), digest);
    }
}
