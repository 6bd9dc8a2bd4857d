// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {Tape} from "../state/Tape.sol";
import {WordTree} from "../state/WordTree.sol";

/// @notice What sealing needs of an executed transaction; `tag` makes the words and their hash's preimage one piece of memory.
struct Record {
    bytes32 tag;
    bytes32 txHash;
    uint256 rawLength;
    uint256 txType;
    uint256 success;
    uint256 cumulativeGas;
    uint256 logCount;
    uint256 logsSize;
    bytes32 logsRoot;
    uint256 bloom0;
    uint256 bloom1;
    uint256 bloom2;
    uint256 bloom3;
    uint256 bloom4;
    uint256 bloom5;
    uint256 bloom6;
    uint256 bloom7;
}

/// @notice A log of a transaction, its data apart: `dataChain` is what its pieces come to.
struct LogRecord {
    bytes32 tag;
    address emitter;
    uint256 topicCount;
    bytes32 topic0;
    bytes32 topic1;
    bytes32 topic2;
    bytes32 topic3;
    uint256 dataLength;
    bytes32 dataChain;
}

/// @title Records of executed transactions and their logs, from the tape
/// @notice Twins of `recordHash`, `logLeaf`, `logDataChain` in shared/machine/src/commit.
library Records {
    /// @dev Words without the tag.
    uint256 private constant RECORD_WORDS = 16;
    uint256 private constant LOG_WORDS = 8;

    /// @notice Takes record `index` under `root`.
    function takeRecord(MptProof.Cursor memory tape, bytes32 root, uint256 index) internal pure returns (Record memory record) {
        record.tag = Tags.RECORD;
        _take(tape, root, index, WordTree.RECORDS_DEPTH, _place(record), RECORD_WORDS);
    }

    /// @notice Takes log `index` under a record's `logsRoot`.
    function takeLog(MptProof.Cursor memory tape, bytes32 root, uint256 index) internal pure returns (LogRecord memory log) {
        log.tag = Tags.LOG;
        uint256 place;
        assembly ("memory-safe") {
            place := log
        }
        _take(tape, root, index, WordTree.DEPTH, place, LOG_WORDS);
    }

    /// @notice Takes the next `size` bytes of data, the first piece of `chain`; `rest` is the chain of those behind.
    function takePiece(MptProof.Cursor memory tape, bytes32 chain, uint256 size) internal pure returns (bytes memory piece, bytes32 rest) {
        piece = Tape.copy(Tape.skip(tape, size), size);
        rest = bytes32(Tape.takeWord(tape));
        Tape.check(chain, keccak256(abi.encode(Tags.LOG_DATA, keccak256(piece), rest)));
    }

    /// @dev The leaf with its siblings, then its `count` words, to the place behind the tag.
    function _take(MptProof.Cursor memory tape, bytes32 root, uint256 index, uint256 depth, uint256 place, uint256 count) private pure {
        (bytes32 leaf,) = WordTree.takeLeaf(tape, root, index, depth);
        Tape.takeWords(tape, place + 32, count);
        bytes32 actual;
        assembly ("memory-safe") {
            actual := keccak256(place, shl(5, add(count, 1)))
        }
        Tape.check(leaf, actual);
    }

    function _place(Record memory record) private pure returns (uint256 place) {
        assembly ("memory-safe") {
            place := record
        }
    }
}
