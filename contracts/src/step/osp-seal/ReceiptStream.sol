// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptPath} from "../mpt/MptPath.sol";
import {MptRlp} from "../mpt/MptRlp.sol";
import {RlpWriter} from "../osp-tx/RlpWriter.sol";
import {LeafPlace} from "./KeyOrder.sol";
import {LogRecord, Record} from "./Records.sol";
import {RlpBytes} from "./RlpBytes.sol";

/// @title The RLP of a receipt's leaf, piece by piece
/// @notice docs/protocol/machine.md, Seal. Twin of shared/machine/src/step/osp-seal/receipt-stream.ts.
library ReceiptStream {
    /// @notice The leaf of a receipt at `place` up to and including the header of its list of logs.
    function receiptHead(LeafPlace memory place, Record memory record) internal pure returns (bytes memory) {
        bytes memory fields = bytes.concat(
            record.success == 1 ? bytes1(0x01) : bytes1(0x80),
            RlpWriter.integer(record.cumulativeGas),
            hex"b90100",
            _bloom(record),
            RlpBytes.header(0xc0, record.logsSize)
        );
        bytes memory value = bytes.concat(
            record.txType == 0 ? bytes("") : abi.encodePacked(uint8(record.txType)),
            RlpBytes.header(0xc0, fields.length + record.logsSize),
            fields
        );
        bytes memory content = bytes.concat(_path(place), RlpBytes.header(0x80, value.length + record.logsSize), value);
        return bytes.concat(RlpBytes.header(0xc0, content.length + record.logsSize), content);
    }

    /// @notice A log's RLP up to its data's bytes. `first` is the data's first byte: of one byte, it tells whether that is its own item.
    function logHead(LogRecord memory log, uint8 first) internal pure returns (bytes memory) {
        bytes memory topics = _topics(log);
        bytes memory dataHeader = log.dataLength == 1 && first < 0x80 ? bytes("") : RlpBytes.header(0x80, log.dataLength);
        bytes memory fields = bytes.concat(hex"94", bytes20(log.emitter), RlpBytes.header(0xc0, topics.length), topics, dataHeader);
        return bytes.concat(RlpBytes.header(0xc0, fields.length + log.dataLength), fields);
    }

    /// @dev The topics' items.
    function _topics(LogRecord memory log) private pure returns (bytes memory topics) {
        if (log.topicCount > 0) topics = bytes.concat(hex"a0", log.topic0);
        if (log.topicCount > 1) topics = bytes.concat(topics, hex"a0", log.topic1);
        if (log.topicCount > 2) topics = bytes.concat(topics, hex"a0", log.topic2);
        if (log.topicCount > 3) topics = bytes.concat(topics, hex"a0", log.topic3);
    }

    function _bloom(Record memory record) private pure returns (bytes memory bloom) {
        bloom = new bytes(256);
        assembly ("memory-safe") {
            // The bloom is the record's words 9 to 16.
            mcopy(add(bloom, 0x20), add(record, 0x120), 0x100)
        }
    }

    /// @dev The item of the leaf's path in hex-prefix encoding.
    function _path(LeafPlace memory place) private pure returns (bytes memory item) {
        uint256 begin = MptRlp.allocate(128);
        uint256 length = place.keyLength - place.depth;
        uint256 next = begin + 32;
        if (length > 1) MptRlp.storeByte(next++, 0x81 + (length >> 1));
        next = MptPath.writeHexPrefix(next, true, MptPath.skip(place.key, place.depth), length);
        MptRlp.store(begin, bytes32(next - begin - 32));
        assembly ("memory-safe") {
            item := begin
        }
    }
}
