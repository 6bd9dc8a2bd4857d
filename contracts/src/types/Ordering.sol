// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What the sequencer committee signs, one per height. Hash: `SequencerHeaders.headerHash`, tag `crema.sequencerHeader.v1`.
/// @param version        Format of this header; 1.
/// @param setId          Sequencer set, see `ICommitteeRegistry`.
/// @param epoch          Epoch of the set whose members sign this height.
/// @param height         Height of the sequencer's chain; the first header has height 1.
/// @param timestamp      Seconds since the Unix epoch, never decreasing.
/// @param parentHash     Hash of the header at `height - 1`; zero at height 1.
/// @param proposer       Member that proposed the block.
/// @param originNumber   L1 block the sequencers saw as final.
/// @param originHash     Hash of that L1 block.
/// @param lanesRoot      Root over (lane, laneTip, laneHeight) of every lane with a block so far, sorted by lane.
/// @param historyRoot    Append-only tree of the hashes of all headers below `height` (leaf i is height i + 1).
struct SequencerHeader {
    uint64 version;
    bytes32 setId;
    uint64 epoch;
    uint64 height;
    uint64 timestamp;
    bytes32 parentHash;
    address proposer;
    uint64 originNumber;
    bytes32 originHash;
    bytes32 lanesRoot;
    bytes32 historyRoot;
}

/// @notice A quorum's signatures over one header.
/// @param bitmap      Bit i set: member i signed. No bit at or above the number of members.
/// @param signatures  64 bytes (EIP-2098) per set bit, in the order of the bits, lowest first.
struct Certificate {
    uint256 bitmap;
    bytes signatures;
}

/// @notice Shows that a header is in `historyRoot` of a later one.
/// @param siblings  32 hashes from the leaf up; empty when the target header is the certified header itself.
struct HistoryProof {
    bytes32[] siblings;
}

/// @notice Shows one lane's leaf under `lanesRoot`.
/// @param laneTip     Hash chain over the lane's blocks.
/// @param laneHeight  Number of the lane's blocks so far.
/// @param laneCount   Number of leaves of the tree.
/// @param index       Position of the lane's leaf.
/// @param siblings    ceil(log2(laneCount)) hashes from the leaf up.
struct LaneProof {
    bytes32 laneTip;
    uint64 laneHeight;
    uint64 laneCount;
    uint64 index;
    bytes32[] siblings;
}

/// @notice One lane block as a poster supplies it.
/// @param sequencerHeight  Height of the sequencer block that holds it.
/// @param timestamp        Seconds, of that block's header.
/// @param originNumber     L1 origin of that block's header.
/// @param originHash       Its hash.
/// @param payload          `uint32 length ‖ raw transaction`, repeated; empty when the block is oversized.
/// @param oversizedLength  0, or the payload's length in bytes when it exceeds the cap: then `payload` is left out.
/// @param oversizedHash    keccak256 of the payload that is left out; 0 otherwise.
struct LaneBlock {
    uint64 sequencerHeight;
    uint64 timestamp;
    uint64 originNumber;
    bytes32 originHash;
    bytes payload;
    uint64 oversizedLength;
    bytes32 oversizedHash;
}
