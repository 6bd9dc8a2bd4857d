// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Predeploys} from "../../libraries/Predeploys.sol";
import {BlockState, STATUS_ASSERTION_END, STATUS_BLOCK_END} from "../../types/Assertion.sol";
import {Hasher} from "../hasher/Hasher.sol";
import {MicroOp} from "../MicroOp.sol";
import {Sizes} from "../Sizes.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Slice} from "../mpt/Slice.sol";
import {Accounts} from "../state/Accounts.sol";
import {Context, Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_R, OPEN_X, STATUS_RUNNING} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Tape} from "../state/Tape.sol";
import {HeaderFields, HeaderRlp} from "./HeaderRlp.sol";
import {KeyOrder, LeafPlace} from "./KeyOrder.sol";
import {OpenTrie, OpenTrieState} from "./OpenTrie.sol";
import {LogRecord, Record, Records} from "./Records.sol";
import {ReceiptStream} from "./ReceiptStream.sol";
import {TransactionLeaf} from "./TransactionLeaf.sol";

/// @title How a block is sealed: the tries of its transactions and receipts, and its header
/// @notice docs/protocol/machine.md, Seal. Twin of shared/machine/src/step/osp-seal/seal.ts.
library Seal {
    /// @notice Opens the tries of transactions and receipts.
    function sealBegin(Machine memory m) internal pure {
        MachineState.need(m, OPEN_R | OPEN_X);
        m.status = STATUS_RUNNING;
        if (m.r.included == 0) {
            (m.r.transactionsRoot, m.r.receiptsRoot) = (MptWalk.EMPTY_ROOT, MptWalk.EMPTY_ROOT);
            m.x.op = MicroOp.SEAL_HEADER;
        } else {
            m.x.op = MicroOp.SEAL_TRANSACTION;
            m.x.a0 = uint256(OpenTrie.emptyHash());
        }
    }

    /// @notice Takes the transaction at position X.i in key order into its trie.
    function sealTransaction(Machine memory m) internal pure {
        (LeafPlace memory place, Record memory record) = _takeRecord(m);
        (uint256 start, uint256 size) = Tape.takeString(m.tape);
        (Slice node, bytes32 txHash) = TransactionLeaf.leafNode(place, start, size);
        Tape.check(record.txHash, txHash);
        OpenTrieState memory open = OpenTrie.take(m.tape, bytes32(m.x.a0));
        (bytes32 ref, bool isInlined) = OpenTrie.refOf(node);
        (bool isWhole, bytes32 root) = OpenTrie.addLeaf(open, place, ref, isInlined);
        if (isWhole) {
            m.r.transactionsRoot = root;
            m.x.op = MicroOp.SEAL_RECEIPT;
            m.x.i = 0;
            m.x.a0 = uint256(OpenTrie.emptyHash());
        } else {
            m.x.i += 1;
            m.x.a0 = uint256(OpenTrie.hash(open));
        }
    }

    /// @notice Begins the receipt at position X.i; one without logs is taken in whole.
    function sealReceipt(Machine memory m) internal pure {
        (LeafPlace memory place, Record memory record) = _takeRecord(m);
        bytes memory head = ReceiptStream.receiptHead(place, record);
        if (record.logCount == 0) return _nextReceipt(m, place, keccak256(head));
        uint256[31] memory hasher = Hasher.fresh();
        Hasher.absorb(hasher, head);
        m.x.op = MicroOp.SEAL_LOG;
        m.x.hasher = Hasher.hash(hasher);
    }

    /// @notice Takes the head of log X.a1 in, with the first piece of its data.
    function sealLog(Machine memory m) internal pure {
        (LeafPlace memory place, Record memory record) = _takeRecord(m);
        uint256[31] memory hasher = Hasher.take(m.tape, m.x.hasher);
        LogRecord memory log = Records.takeLog(m.tape, record.logsRoot, m.x.a1);
        if (log.dataLength == 0) {
            Hasher.absorb(hasher, ReceiptStream.logHead(log, 0));
            return _nextLog(m, place, record, hasher);
        }
        (bytes memory piece, bytes32 rest) = _takePiece(m, log.dataChain, log.dataLength);
        Hasher.absorb(hasher, ReceiptStream.logHead(log, uint8(piece[0])));
        _absorbPiece(m, place, record, hasher, piece, rest, log.dataLength);
    }

    /// @notice Takes the next piece of the log's data in.
    function sealLogData(Machine memory m) internal pure {
        (LeafPlace memory place, Record memory record) = _takeRecord(m);
        uint256[31] memory hasher = Hasher.take(m.tape, m.x.hasher);
        uint256 left = m.x.sourceLength;
        (bytes memory piece, bytes32 rest) = _takePiece(m, m.x.sourceRoot, left);
        _absorbPiece(m, place, record, hasher, piece, rest, left);
    }

    /// @notice The state after the block; an assertion ends with it at its target, after `maxBlocks` blocks, or `maxGas` gas.
    function sealHeader(Machine memory m, Context calldata context, uint256 maxGas, uint256 maxBlocks)
        internal
        pure
        returns (BlockState memory)
    {
        MachineState.need(m, OPEN_R | OPEN_B);
        (, MptAccount.Account memory passer) = Accounts.readAccount(m, Predeploys.L2_TO_L1_MESSAGE_PASSER);
        uint256 inboxCount = m.b.inboxCount + 1;
        uint256 gas = m.b.gasBefore + m.r.cumulativeGas;
        bool ends =
            inboxCount >= context.targetCount || inboxCount - context.startInboxCount >= maxBlocks || gas >= maxGas;
        return BlockState({
            number: uint64(m.b.number),
            blockHash: keccak256(_encodeHeader(m, passer.storageRoot)),
            stateRoot: m.stateRoot,
            withdrawalsRoot: passer.storageRoot,
            inboxCount: uint64(inboxCount),
            gasSinceAssertionStart: uint64(gas),
            status: ends ? STATUS_ASSERTION_END : STATUS_BLOCK_END
        });
    }

    function _encodeHeader(Machine memory m, bytes32 withdrawalsRoot) private pure returns (bytes memory) {
        HeaderFields memory fields;
        fields.parentHash = m.b.parentHash;
        fields.stateRoot = m.stateRoot;
        fields.transactionsRoot = m.r.transactionsRoot;
        fields.receiptsRoot = m.r.receiptsRoot;
        fields.number = m.b.number;
        fields.gasLimit = m.b.gasLimit;
        fields.gasUsed = m.r.cumulativeGas;
        fields.timestamp = m.b.timestamp;
        fields.prevRandao = bytes32(m.b.prevRandao);
        fields.baseFee = m.b.baseFee;
        fields.withdrawalsRoot = withdrawalsRoot;
        fields.originHash = m.b.originHash;
        bytes memory bloom = abi.encode(
            m.r.bloom0, m.r.bloom1, m.r.bloom2, m.r.bloom3, m.r.bloom4, m.r.bloom5, m.r.bloom6, m.r.bloom7
        );
        return HeaderRlp.encodeHeader(fields, bloom);
    }

    /// @dev The leaf at position X.i and its record.
    function _takeRecord(Machine memory m) private pure returns (LeafPlace memory place, Record memory record) {
        MachineState.need(m, OPEN_R);
        place = KeyOrder.leafPlace(m.x.i, m.r.included);
        record = Records.takeRecord(m.tape, m.r.records, KeyOrder.indexAt(m.x.i, m.r.included));
    }

    function _takePiece(Machine memory m, bytes32 chain, uint256 left) private pure returns (bytes memory, bytes32) {
        return Records.takePiece(m.tape, chain, left < Sizes.LOG_PIECE ? left : Sizes.LOG_PIECE);
    }

    /// @dev Goes on behind the first piece of `left` bytes.
    function _absorbPiece(
        Machine memory m,
        LeafPlace memory place,
        Record memory record,
        uint256[31] memory hasher,
        bytes memory piece,
        bytes32 rest,
        uint256 left
    ) private pure {
        Hasher.absorb(hasher, piece);
        if (left == piece.length) return _nextLog(m, place, record, hasher);
        m.x.op = MicroOp.SEAL_LOG_DATA;
        m.x.hasher = Hasher.hash(hasher);
        m.x.sourceRoot = rest;
        m.x.sourceLength = left - piece.length;
    }

    /// @dev A log is taken in whole.
    function _nextLog(Machine memory m, LeafPlace memory place, Record memory record, uint256[31] memory hasher) private pure {
        (m.x.sourceRoot, m.x.sourceLength) = (0, 0);
        m.x.a1 += 1;
        if (m.x.a1 == record.logCount) return _nextReceipt(m, place, Hasher.finish(hasher));
        m.x.op = MicroOp.SEAL_LOG;
        m.x.hasher = Hasher.hash(hasher);
    }

    /// @dev A receipt's leaf is whole; it is longer than 31 bytes.
    function _nextReceipt(Machine memory m, LeafPlace memory place, bytes32 leaf) private pure {
        OpenTrieState memory open = OpenTrie.take(m.tape, bytes32(m.x.a0));
        (bool isWhole, bytes32 root) = OpenTrie.addLeaf(open, place, leaf, false);
        uint256 next = m.x.i + 1;
        SectionWords.clearX(m);
        if (isWhole) {
            m.r.receiptsRoot = root;
            m.x.op = MicroOp.SEAL_HEADER;
        } else {
            m.x.op = MicroOp.SEAL_RECEIPT;
            m.x.i = next;
            m.x.a0 = uint256(OpenTrie.hash(open));
        }
    }
}
