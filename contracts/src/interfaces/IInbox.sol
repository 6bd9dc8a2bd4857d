// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Certificate, HistoryProof, LaneBlock, LaneProof, SequencerHeader} from "../types/Ordering.sol";
import {InboxLeaf, Origin} from "../types/Inbox.sol";

/// @title The rollup's ordered input on L1
/// @notice An append-only tree of `InboxLeaf`, one per L2 block. What lands is what the quorum certified, or deposits that were forced.
interface IInbox {
    /// @notice One leaf, in order of `index`.
    event LeafAppended(uint64 indexed index, bytes32 leafHash, InboxLeaf leaf);
    /// @notice A batch appended `leafCount` leaves; the lane now stands at (`laneHeight`, `laneTip`).
    event BatchAppended(
        uint64 indexed firstIndex, uint64 leafCount, bytes32 headerHash, uint64 laneHeight, bytes32 laneTip, bytes32 inboxRoot
    );
    /// @notice A forced leaf was appended.
    event ForcedIncluded(uint64 indexed index, uint64 depositStart, uint64 depositEnd, bytes32 inboxRoot);

    error CallerNotEoa(address caller, address origin);
    error NonCanonicalCalldata();
    error WrongSet(bytes32 setId, bytes32 expected);
    error WrongVersion(uint64 version);
    error TargetNotInHistory(bytes32 headerHash, bytes32 historyRoot);
    error TargetNotBelowCertified(uint64 targetHeight, uint64 certifiedHeight);
    error ImpossibleLaneProof(uint64 index, uint64 laneCount, uint256 siblings);
    error LaneNotProven(bytes32 root, bytes32 lanesRoot);
    error WrongFirstLaneHeight(uint64 first, uint64 laneHeight);
    error WrongBlockCount(uint64 first, uint256 count, uint64 laneHeight);
    error SequencerHeightNotGrowing(uint64 sequencerHeight, uint64 last);
    error BlockAboveTarget(uint64 sequencerHeight, uint64 targetHeight);
    error WrongTip(bytes32 computed, bytes32 expected);
    error BadOversizedBlock(uint64 index, uint64 oversizedLength, uint256 payloadLength);
    error MissingOriginHeader(uint64 originNumber);
    error WrongOriginHeader(bytes32 headerHash, bytes32 originHash);
    error OriginOutOfRange(uint64 originNumber, uint64 earliest, uint64 latest);
    error NothingToForce(uint64 depositStart);
    error InboxFull();

    /// @notice Appends the lane's blocks up to the target header's lane tip. Blocks at or below the Inbox's lane height are
    ///         hashed and ignored; with nothing new the call changes nothing. The sequencer heights of new blocks grow from
    ///         `lastSequencerHeight` on and end at or below the target's, so that heights consumed once, whose committee may be retired,
    ///         order nothing more. The caller is an account without code and `tx.origin`, and the calldata the ABI's one strict encoding,
    ///         so that every node reads the data from top-level calldata.
    /// @param certifiedHeader  Header that `certificate` attests.
    /// @param targetHeader     The certified header itself, or one below it, under its `historyRoot`.
    /// @param laneProof        Lane tip and height under `targetHeader.lanesRoot`.
    /// @param firstTip         Lane tip before `blocks[0]`.
    /// @param firstLaneHeight  Lane height of `blocks[0]`; the last block has `laneProof.laneHeight`.
    /// @param originHeaders    RLP headers of the origins that the new leaves use for the first time, in order; others are passed over,
    ///                         so that a batch lands although a part of it, or a forced leaf, did before.
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
    ) external;

    /// @notice Appends one leaf that carries the deposits older than the force delay and made up to its origin, at least one. Never
    ///         blocked by a pause.
    /// @param originHeader  RLP header of the leaf's origin: any of the last 256 L1 blocks that is not before the last leaf's origin.
    function forceInclude(bytes calldata originHeader) external;

    /// @notice Leaves so far.
    function count() external view returns (uint64);
    /// @notice Root over all leaves so far.
    function root() external view returns (bytes32);
    /// @notice Where the lane stands: tip of the hash chain and number of its blocks consumed.
    function lanePosition() external view returns (bytes32 laneTip, uint64 laneHeight);
    /// @notice Sequencer height of the last lane block consumed; 0 before the first. Those of later blocks are above it.
    function lastSequencerHeight() external view returns (uint64);
    /// @notice What the next leaf starts from: last timestamp, last origin, next deposit.
    function lastLeaf() external view returns (uint64 timestamp, Origin memory origin, uint64 depositEnd);
    /// @notice Lane (L2 chain id).
    function lane() external view returns (uint64);
    /// @notice Sequencer set that orders the lane.
    function setId() external view returns (bytes32);
    /// @notice Seconds after which a deposit can be forced in.
    function forceDelay() external view returns (uint64);
}
