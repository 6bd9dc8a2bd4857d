// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev `InboxLeaf.kind` of a block that the sequencer ordered.
uint8 constant LEAF_ORDERED = 0;
/// @dev `InboxLeaf.kind` of a block that `forceInclude` appended: deposits only.
uint8 constant LEAF_FORCED = 1;

/// @notice The one input of an L2 block; leaf i makes L2 block `genesis number + i + 1`. Hash: tag `crema.inboxLeaf.v1` over the words in this order.
/// @param kind             `LEAF_ORDERED` or `LEAF_FORCED`.
/// @param sequencerHeight  Sequencer block that ordered it; 0 when forced.
/// @param timestamp        Seconds, never decreasing; equal timestamps are legal.
/// @param originNumber     L1 origin, never decreasing.
/// @param originHash       Its hash.
/// @param originTimestamp  Its timestamp in seconds.
/// @param originBaseFee    Its base fee in wei.
/// @param prevRandao       H(prevRandao tag, origin's mixHash, sequencerHeight; the leaf's index when forced).
/// @param payloadHash      keccak256 of the payload as executed (empty for forced leaves and oversized blocks).
/// @param txCount          Entries of the payload, at most 4,094.
/// @param txRoot           Depth-12 tree over H(txEntry tag, index, length, keccak256(raw)).
/// @param depositStart     First deposit executed here: the previous leaf's depositEnd.
/// @param depositEnd       One past the last deposit executed here.
/// @param depositRoot      Root of the Portal's deposit tree when the leaf was appended; opens every deposit of the range.
struct InboxLeaf {
    uint8 kind;
    uint64 sequencerHeight;
    uint64 timestamp;
    uint64 originNumber;
    bytes32 originHash;
    uint64 originTimestamp;
    uint256 originBaseFee;
    bytes32 prevRandao;
    bytes32 payloadHash;
    uint64 txCount;
    bytes32 txRoot;
    uint64 depositStart;
    uint64 depositEnd;
    bytes32 depositRoot;
}

/// @notice What L2 blocks use of an L1 block.
/// @param number     L1 block number.
/// @param hash       Its hash.
/// @param timestamp  Seconds.
/// @param baseFee    Wei.
/// @param mixHash    Its prevRandao.
struct Origin {
    uint64 number;
    bytes32 hash;
    uint64 timestamp;
    uint256 baseFee;
    bytes32 mixHash;
}

/// @notice What an Inbox is made with; none of it ever changes.
/// @param laneRegistry         `ILaneRegistry` that binds the lane to the new Inbox.
/// @param committeeRegistry    `ICommitteeRegistry` that knows `setId`.
/// @param depositQueue         `IDepositQueue`; may be an address where the contract does not stand yet.
/// @param lane                 L2 chain id, 1 to 2^32 - 1.
/// @param setId                Sequencer set that orders the lane.
/// @param forceDelay           Seconds after which a deposit can be forced in.
/// @param genesisTimestamp     Timestamp of the L2 genesis block in seconds, at most a minute ahead; no leaf is earlier.
/// @param genesisOriginHeader  RLP header of one of the last 8,191 L1 blocks, the origin before the first leaf.
/// @param l2BlockGasLimit      Gas limit of L2 blocks, at least 16,000,000; deposits take at most half of it.
struct InboxConfig {
    address laneRegistry;
    address committeeRegistry;
    address depositQueue;
    uint64 lane;
    bytes32 setId;
    uint64 forceDelay;
    uint64 genesisTimestamp;
    bytes genesisOriginHeader;
    uint64 l2BlockGasLimit;
}
