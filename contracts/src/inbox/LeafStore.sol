// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDepositQueue} from "../interfaces/IDepositQueue.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {AppendOnlyTree} from "../libraries/AppendOnlyTree.sol";
import {InboxLeaves} from "../libraries/InboxLeaves.sol";
import {Origins} from "../libraries/Origins.sol";
import {InboxConfig, InboxLeaf, LEAF_FORCED, Origin} from "../types/Inbox.sol";

/// @title The Inbox's leaves
/// @notice Makes leaf after leaf from what the one before left: timestamps and origins never fall, deposit ranges join.
abstract contract LeafStore is IInbox {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    /// @dev What the next leaf starts from, as stored: four slots.
    struct Last {
        uint64 timestamp;
        uint64 depositEnd;
        uint64 originNumber;
        uint64 originTimestamp;
        bytes32 originHash;
        uint256 originBaseFee;
        bytes32 originMixHash;
    }

    /// @dev The same in memory while a call makes leaves, with what it reads of the deposit queue once.
    struct Cursor {
        uint64 timestamp;
        uint64 depositEnd;
        Origin origin;
        uint256 nextHeader;
        uint64 depositCount;
        bytes32 depositRoot;
    }

    /// @dev Seconds that a leaf's timestamp may be ahead of the L1 block that appends it.
    uint64 private constant MAX_TIMESTAMP_DRIFT = 60;
    /// @dev Most deposits of one leaf.
    uint64 private constant MAX_DEPOSITS = 256;
    /// @dev Largest gas limit of a deposit, the Portal's `MAX_DEPOSIT_GAS`: one that fits no leaf would stop the queue for ever.
    uint64 private constant MAX_DEPOSIT_GAS = 8_000_000;
    /// @dev L1 blocks whose hash BLOCKHASH gives.
    uint256 private constant BLOCKHASH_WINDOW = 256;

    /// @notice The rollup's Portal.
    IDepositQueue public immutable depositQueue;
    /// @notice Gas limit of L2 blocks; the deposits of one leaf take at most half of it.
    uint64 public immutable l2BlockGasLimit;
    /// @notice Timestamp of the L2 genesis block in seconds; no leaf is earlier.
    uint64 public immutable genesisTimestamp;
    /// @notice Number of the origin before the first leaf.
    uint64 public immutable genesisOriginNumber;
    /// @notice Hash of the origin before the first leaf.
    bytes32 public immutable genesisOriginHash;

    AppendOnlyTree.Tree private _tree;
    Last private _last;

    error GenesisTimestampTooLate(uint64 genesisTimestamp, uint256 latest);
    error UnknownGenesisOrigin(uint64 originNumber, bytes32 originHash);
    error ZeroDepositQueue();
    error BlockGasLimitTooLow(uint64 l2BlockGasLimit, uint64 minimum);

    constructor(InboxConfig memory config) {
        if (config.depositQueue == address(0)) revert ZeroDepositQueue();
        if (config.l2BlockGasLimit / 2 < MAX_DEPOSIT_GAS) {
            revert BlockGasLimitTooLow(config.l2BlockGasLimit, 2 * MAX_DEPOSIT_GAS);
        }
        uint256 latest = block.timestamp + MAX_TIMESTAMP_DRIFT;
        if (config.genesisTimestamp > latest) revert GenesisTimestampTooLate(config.genesisTimestamp, latest);
        Origin memory origin = Origins.decodeOrigin(config.genesisOriginHeader);
        if (!Origins.isKnown(origin.number, origin.hash)) revert UnknownGenesisOrigin(origin.number, origin.hash);

        depositQueue = IDepositQueue(config.depositQueue);
        l2BlockGasLimit = config.l2BlockGasLimit;
        genesisTimestamp = config.genesisTimestamp;
        genesisOriginNumber = origin.number;
        genesisOriginHash = origin.hash;
        _last.timestamp = config.genesisTimestamp;
        _storeOrigin(origin);
    }

    /// @inheritdoc IInbox
    function count() public view returns (uint64) {
        return _tree.count;
    }

    /// @inheritdoc IInbox
    function root() public view returns (bytes32) {
        return _tree.root();
    }

    /// @inheritdoc IInbox
    function lastLeaf() external view returns (uint64 timestamp, Origin memory origin, uint64 depositEnd) {
        return (_last.timestamp, _loadOrigin(), _last.depositEnd);
    }

    function _openCursor() internal view returns (Cursor memory cursor) {
        cursor.timestamp = _last.timestamp;
        cursor.depositEnd = _last.depositEnd;
        cursor.origin = _loadOrigin();
        cursor.depositCount = depositQueue.depositCount();
        cursor.depositRoot = depositQueue.depositRoot();
    }

    function _closeCursor(Cursor memory cursor) internal {
        _last.timestamp = cursor.timestamp;
        _last.depositEnd = cursor.depositEnd;
        if (_last.originNumber != cursor.origin.number) _storeOrigin(cursor.origin);
    }

    /// @dev max(previous, min(wanted, now + 60 s)).
    function _moveTime(Cursor memory cursor, uint64 wanted) internal view {
        uint64 latest = uint64(block.timestamp) + MAX_TIMESTAMP_DRIFT;
        if (wanted > latest) wanted = latest;
        if (wanted > cursor.timestamp) cursor.timestamp = wanted;
    }

    /// @dev Moves to the block's origin if it is a later L1 block that the chain still knows by this hash; otherwise the origin stays.
    ///      Leaving the header out would let a poster change what nodes executed already, so that reverts. Headers that no leaf needs
    ///      any more, because another poster or a forced leaf came first, are passed over.
    function _moveOrigin(Cursor memory cursor, uint64 number, bytes32 hash, bytes[] calldata headers) internal view {
        if (number <= cursor.origin.number || number >= block.number || !Origins.isKnown(number, hash)) return;
        uint256 next = cursor.nextHeader;
        while (next < headers.length && keccak256(headers[next]) != hash) ++next;
        if (next == headers.length) revert MissingOriginHeader(number);
        cursor.origin = Origins.decodeOrigin(headers[next]);
        cursor.nextHeader = next + 1;
    }

    /// @dev Decodes the header of one of the last 256 L1 blocks that is not before `last`.
    function _openOrigin(bytes calldata header, uint64 last) internal view returns (Origin memory origin) {
        origin = Origins.decodeOrigin(header);
        uint64 latest = uint64(block.number - 1);
        uint64 earliest = block.number > BLOCKHASH_WINDOW ? uint64(block.number - BLOCKHASH_WINDOW) : 0;
        if (earliest < last) earliest = last;
        if (origin.number < earliest || origin.number > latest) revert OriginOutOfRange(origin.number, earliest, latest);
        bytes32 known = blockhash(origin.number);
        if (origin.hash != known) revert WrongOriginHeader(origin.hash, known);
    }

    /// @dev Moves past the deposits of L1 blocks up to the cursor's origin, made at `maxTimestamp` or before. Returns where they start.
    function _moveDeposits(Cursor memory cursor, uint64 maxTimestamp) internal view returns (uint64 start) {
        start = cursor.depositEnd;
        if (start == cursor.depositCount) return start;
        cursor.depositEnd =
            depositQueue.depositEnd(start, cursor.origin.number, maxTimestamp, MAX_DEPOSITS, l2BlockGasLimit / 2);
    }

    /// @dev Fills what every leaf takes from the cursor and appends it. The caller has set kind, height, payload and depositStart.
    function _appendLeaf(Cursor memory cursor, InboxLeaf memory leaf) internal returns (uint64 index) {
        index = _tree.count;
        if (index >= type(uint32).max) revert InboxFull();
        Origin memory origin = cursor.origin;
        leaf.timestamp = cursor.timestamp;
        leaf.originNumber = origin.number;
        leaf.originHash = origin.hash;
        leaf.originTimestamp = origin.timestamp;
        leaf.originBaseFee = origin.baseFee;
        leaf.prevRandao = InboxLeaves.prevRandao(origin.mixHash, leaf.kind == LEAF_FORCED ? index : leaf.sequencerHeight);
        leaf.depositEnd = cursor.depositEnd;
        leaf.depositRoot = cursor.depositRoot;
        bytes32 leafHash = InboxLeaves.inboxLeafHash(leaf);
        _tree.append(leafHash);
        emit LeafAppended(index, leafHash, leaf);
    }

    function _storeOrigin(Origin memory origin) private {
        _last.originNumber = origin.number;
        _last.originTimestamp = origin.timestamp;
        _last.originHash = origin.hash;
        _last.originBaseFee = origin.baseFee;
        _last.originMixHash = origin.mixHash;
    }

    function _loadOrigin() private view returns (Origin memory) {
        return Origin({
            number: _last.originNumber,
            hash: _last.originHash,
            timestamp: _last.originTimestamp,
            baseFee: _last.originBaseFee,
            mixHash: _last.originMixHash
        });
    }
}
