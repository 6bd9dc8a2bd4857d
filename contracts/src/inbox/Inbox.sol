// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {LeafStore} from "./LeafStore.sol";
import {ICommitteeRegistry} from "../interfaces/ICommitteeRegistry.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {ILaneRegistry} from "../interfaces/ILaneRegistry.sol";
import {CanonicalCalldata} from "../libraries/CanonicalCalldata.sol";
import {Lanes} from "../libraries/Lanes.sol";
import {Payload} from "../libraries/Payload.sol";
import {SequencerHeaders} from "../libraries/SequencerHeaders.sol";
import {InboxConfig, InboxLeaf, LEAF_FORCED} from "../types/Inbox.sol";
import {Certificate, HistoryProof, LaneBlock, LaneProof, SequencerHeader} from "../types/Ordering.sol";

/// @title Inbox of one rollup
/// @notice See `IInbox`; rules in docs/protocol.
contract Inbox is LeafStore {
    /// @notice Where lanes are bound to Inboxes.
    ILaneRegistry public immutable laneRegistry;
    /// @notice Who checks certificates.
    ICommitteeRegistry public immutable committeeRegistry;
    /// @inheritdoc IInbox
    uint64 public immutable lane;
    /// @inheritdoc IInbox
    bytes32 public immutable setId;
    /// @inheritdoc IInbox
    uint64 public immutable forceDelay;

    bytes32 private _laneTip;
    uint64 private _laneHeight;
    uint64 private _lastSequencerHeight;

    constructor(InboxConfig memory config) LeafStore(config) {
        laneRegistry = ILaneRegistry(config.laneRegistry);
        committeeRegistry = ICommitteeRegistry(config.committeeRegistry);
        lane = config.lane;
        setId = config.setId;
        forceDelay = config.forceDelay;
        _laneTip = Lanes.firstLaneTip(config.setId, config.lane, address(this));
        // Reverts for a set that does not exist.
        ICommitteeRegistry(config.committeeRegistry).currentEpoch(config.setId);
        ILaneRegistry(config.laneRegistry).bind(config.lane);
    }

    /// @inheritdoc IInbox
    function appendBatch(
        SequencerHeader calldata certifiedHeader,
        Certificate calldata certificate,
        SequencerHeader calldata targetHeader,
        HistoryProof calldata historyProof,
        LaneProof calldata laneProof,
        bytes32 firstTip,
        uint64 firstLaneHeight,
        LaneBlock[] calldata blocks,
        bytes[] calldata originHeaders
    ) external {
        // Code of any kind at the sender, an EIP-7702 delegation too, could call this from inside a transaction.
        if (msg.sender != tx.origin || msg.sender.code.length != 0) revert CallerNotEoa(msg.sender, tx.origin);
        _checkCanonical(certificate, historyProof, laneProof, blocks, originHeaders);
        bytes32 certifiedHash = _checkCertificate(certifiedHeader, certificate);
        bytes32 targetHash = _checkTarget(certifiedHash, certifiedHeader, targetHeader, historyProof);
        _checkLane(targetHeader.lanesRoot, laneProof);
        _checkLastBlock(targetHeader.height, blocks);
        _consume(targetHash, laneProof, firstTip, firstLaneHeight, blocks, originHeaders);
    }

    /// @inheritdoc IInbox
    function forceInclude(bytes calldata originHeader) external {
        Cursor memory cursor = _openCursor();
        if (block.timestamp < forceDelay) revert NothingToForce(cursor.depositEnd);
        cursor.origin = _openOrigin(originHeader, cursor.origin.number);
        _moveTime(cursor, uint64(block.timestamp));
        InboxLeaf memory leaf;
        leaf.kind = LEAF_FORCED;
        (leaf.payloadHash, leaf.txRoot) = (Payload.EMPTY_HASH, Payload.emptyTxRoot());
        leaf.depositStart = _moveDeposits(cursor, uint64(block.timestamp) - forceDelay);
        if (cursor.depositEnd == leaf.depositStart) revert NothingToForce(leaf.depositStart);
        uint64 index = _appendLeaf(cursor, leaf);
        _closeCursor(cursor);
        emit ForcedIncluded(index, leaf.depositStart, leaf.depositEnd, root());
    }

    /// @inheritdoc IInbox
    function lanePosition() external view returns (bytes32 laneTip, uint64 laneHeight) {
        return (_laneTip, _laneHeight);
    }

    /// @inheritdoc IInbox
    function lastSequencerHeight() external view returns (uint64) {
        return _lastSequencerHeight;
    }

    /// @dev Every node reads the batch from this calldata, with whatever decoder it has. The head is 29 words, two headers of 11 among them.
    function _checkCanonical(
        Certificate calldata certificate,
        HistoryProof calldata historyProof,
        LaneProof calldata laneProof,
        LaneBlock[] calldata blocks,
        bytes[] calldata originHeaders
    ) private pure {
        uint256 position = 29 * 32;
        position = _checkTail(11 * 32, position, abi.encode(certificate));
        position = _checkTail(23 * 32, position, abi.encode(historyProof));
        position = _checkTail(24 * 32, position, abi.encode(laneProof));
        position = _checkTail(27 * 32, position, abi.encode(blocks));
        position = _checkTail(28 * 32, position, abi.encode(originHeaders));
        if (msg.data.length != 4 + position) revert NonCanonicalCalldata();
    }

    function _checkTail(uint256 head, uint256 position, bytes memory encoded) private pure returns (uint256 next) {
        bool canonical;
        (canonical, next) = CanonicalCalldata.checkTail(head, position, encoded);
        if (!canonical) revert NonCanonicalCalldata();
    }

    function _checkCertificate(SequencerHeader calldata header, Certificate calldata certificate)
        private
        view
        returns (bytes32 headerHash)
    {
        _checkFormat(header);
        headerHash = SequencerHeaders.headerHash(header);
        committeeRegistry.verify(setId, header.epoch, header.height, headerHash, certificate);
    }

    /// @dev The target is the certified header itself or stands under its history root, which holds lower heights alone: a committee
    ///      certifies nothing beyond its epoch by a history that it made up.
    function _checkTarget(
        bytes32 certifiedHash,
        SequencerHeader calldata certified,
        SequencerHeader calldata target,
        HistoryProof calldata proof
    ) private view returns (bytes32 targetHash) {
        targetHash = SequencerHeaders.headerHash(target);
        if (targetHash == certifiedHash) return targetHash;
        _checkFormat(target);
        if (!SequencerHeaders.inHistory(target.height, targetHash, proof.siblings, certified.historyRoot)) {
            revert TargetNotInHistory(targetHash, certified.historyRoot);
        }
        if (target.height >= certified.height) revert TargetNotBelowCertified(target.height, certified.height);
    }

    function _checkFormat(SequencerHeader calldata header) private view {
        if (header.version != SequencerHeaders.VERSION) revert WrongVersion(header.version);
        if (header.setId != setId) revert WrongSet(header.setId, setId);
    }

    function _checkLane(bytes32 lanesRoot, LaneProof calldata proof) private view {
        bytes32 proven = Lanes.lanesRootOfProof(lane, proof);
        if (proven != lanesRoot) revert LaneNotProven(proven, lanesRoot);
    }

    /// @dev Heights grow from block to block, so the last one bounds all.
    function _checkLastBlock(uint64 targetHeight, LaneBlock[] calldata blocks) private pure {
        if (blocks.length == 0) return;
        uint64 last = blocks[blocks.length - 1].sequencerHeight;
        if (last > targetHeight) revert BlockAboveTarget(last, targetHeight);
    }

    /// @dev Hashes the blocks that are in already, appends the others, and compares the tip where the Inbox stands and at the end.
    function _consume(
        bytes32 targetHash,
        LaneProof calldata proof,
        bytes32 tip,
        uint64 first,
        LaneBlock[] calldata blocks,
        bytes[] calldata originHeaders
    ) private {
        uint256 known = _knownBlocks(first, blocks.length, proof.laneHeight);
        for (uint256 i = 0; i < known && i < blocks.length; ++i) {
            tip = _nextTip(tip, blocks[i], i);
        }
        if (known <= blocks.length && tip != _laneTip) revert WrongTip(tip, _laneTip);
        if (known < blocks.length) {
            uint64 firstIndex = count();
            tip = _appendBlocks(tip, known, blocks, originHeaders);
            if (tip != proof.laneTip) revert WrongTip(tip, proof.laneTip);
            (_laneTip, _laneHeight) = (tip, proof.laneHeight);
            emit BatchAppended(firstIndex, count() - firstIndex, targetHash, proof.laneHeight, tip, root());
        } else if (tip != proof.laneTip) {
            revert WrongTip(tip, proof.laneTip);
        }
    }

    /// @dev Number of blocks from lane height `first` up to the Inbox's; more than `blockCount` when the batch ends below that.
    function _knownBlocks(uint64 first, uint256 blockCount, uint64 proven) private view returns (uint256) {
        uint64 laneHeight = _laneHeight;
        if (first == 0 || first > uint256(laneHeight) + 1) revert WrongFirstLaneHeight(first, laneHeight);
        if (first + blockCount != uint256(proven) + 1) revert WrongBlockCount(first, blockCount, proven);
        return uint256(laneHeight) + 1 - first;
    }

    /// @dev Appends a leaf for each block from position `from` on; returns the tip after the last.
    function _appendBlocks(bytes32 tip, uint256 from, LaneBlock[] calldata blocks, bytes[] calldata originHeaders)
        private
        returns (bytes32)
    {
        Cursor memory cursor = _openCursor();
        InboxLeaf memory leaf;
        leaf.sequencerHeight = _lastSequencerHeight;
        for (uint256 i = from; i < blocks.length; ++i) {
            tip = _nextTip(tip, blocks[i], i);
            _appendBlock(cursor, leaf, blocks[i], originHeaders);
        }
        _closeCursor(cursor);
        _lastSequencerHeight = leaf.sequencerHeight;
        return tip;
    }

    /// @dev `leaf` is one piece of memory that every block of the batch fills anew; it comes with the last block's sequencer height.
    function _appendBlock(Cursor memory cursor, InboxLeaf memory leaf, LaneBlock calldata laneBlock, bytes[] calldata originHeaders)
        private
    {
        _moveTime(cursor, laneBlock.timestamp);
        _moveOrigin(cursor, laneBlock.originNumber, laneBlock.originHash, originHeaders);
        if (laneBlock.sequencerHeight <= leaf.sequencerHeight) {
            revert SequencerHeightNotGrowing(laneBlock.sequencerHeight, leaf.sequencerHeight);
        }
        leaf.sequencerHeight = laneBlock.sequencerHeight;
        // An oversized block has an empty payload here, as it is executed.
        leaf.payloadHash = keccak256(laneBlock.payload);
        (leaf.txCount, leaf.txRoot) = Payload.txRoot(laneBlock.payload);
        leaf.depositStart = _moveDeposits(cursor, type(uint64).max);
        _appendLeaf(cursor, leaf);
    }

    /// @dev Tip after a block, from its payload or, for an oversized one, from the stated length and hash.
    function _nextTip(bytes32 tip, LaneBlock calldata laneBlock, uint256 position) private view returns (bytes32) {
        uint256 length = laneBlock.payload.length;
        uint64 oversized = laneBlock.oversizedLength;
        bool bad = oversized == 0
            ? length > Payload.MAX_BYTES || laneBlock.oversizedHash != 0
            : oversized <= Payload.MAX_BYTES || length != 0;
        if (bad) revert BadOversizedBlock(uint64(position), oversized, length);
        if (oversized != 0) return Lanes.laneTip(lane, tip, laneBlock, oversized, laneBlock.oversizedHash);
        return Lanes.laneTip(lane, tip, laneBlock, uint64(length), keccak256(laneBlock.payload));
    }
}
