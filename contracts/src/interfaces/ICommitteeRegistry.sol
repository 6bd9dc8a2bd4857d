// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Certificate} from "../types/Ordering.sol";

/// @title Sequencer sets and their epochs
/// @notice A set's epoch e certifies only heights in [start_e, end_e], both fixed on L1 at the handover to e + 1. One
///         EIP-712 digest `Attest(bytes32 setId,uint64 epoch,uint64 height,bytes32 headerHash)` with this contract as
///         `verifyingContract` serves every rollup of the set. Quorum: floor(2N/3) + 1 of N members, N at most 256.
interface ICommitteeRegistry {
    event SetCreated(bytes32 indexed setId, address indexed creator, address[] members);
    event EpochHandedOver(bytes32 indexed setId, uint64 indexed epoch, uint64 startHeight, address[] members);

    error UnknownSet(bytes32 setId);
    error SetExists(bytes32 setId);
    error BadMemberCount(uint256 count);
    error BadMember(uint256 index, address member);
    error UnknownEpoch(bytes32 setId, uint64 epoch);
    error HeightOutsideEpoch(uint64 height, uint64 startHeight, uint64 endHeight);
    error BitmapOutOfRange(uint256 bitmap, uint256 memberCount);
    error QuorumNotReached(uint256 signers, uint256 quorum);
    error BadSignatureLength(uint256 length, uint256 expected);
    error BadSignature(uint256 memberIndex, address recovered, address member);
    error BadStartHeight(uint64 startHeight, uint64 currentStart);
    error StartHeightTooHigh(uint64 startHeight, uint64 maximum);

    /// @notice Creates a set whose epoch 0 starts at height 1; `setId = H(committeeSet tag, msg.sender, salt, keccak256(abi.encode(members)))`.
    /// @dev Members: 1 to 256 distinct non-zero addresses in strictly ascending order.
    function createSet(address[] calldata members, bytes32 salt) external returns (bytes32 setId);

    /// @notice Ends the current epoch below `startHeight` and starts the next there. A quorum of the current epoch signs
    ///         EIP-712 `Handover(bytes32 setId,uint64 epoch,uint64 startHeight,bytes32 membersHash)`, `epoch` being the new one.
    ///         `startHeight` is above the current epoch's and fits 32 bits, as does every height that a history root can hold, so
    ///         that no handover ends a set's certificates for ever.
    function handover(bytes32 setId, address[] calldata members, uint64 startHeight, Certificate calldata certificate) external;

    /// @notice Reverts unless `certificate` is a quorum's attestation of `headerHash` at `height` in `epoch`.
    function verify(bytes32 setId, uint64 epoch, uint64 height, bytes32 headerHash, Certificate calldata certificate) external view;

    /// @notice Digest that members sign for a header.
    function attestDigest(bytes32 setId, uint64 epoch, uint64 height, bytes32 headerHash) external view returns (bytes32);

    /// @notice Digest that members of the current epoch sign for a handover to `epoch`.
    function handoverDigest(bytes32 setId, uint64 epoch, uint64 startHeight, bytes32 membersHash) external view returns (bytes32);

    /// @notice Members of an epoch, in order.
    function members(bytes32 setId, uint64 epoch) external view returns (address[] memory);

    /// @notice Heights that an epoch may certify (`endHeight` is type(uint64).max while it is current), its members and its quorum.
    function epochInfo(bytes32 setId, uint64 epoch) external view returns (uint64 startHeight, uint64 endHeight, uint256 memberCount, uint256 quorum);

    /// @notice Newest epoch of a set.
    function currentEpoch(bytes32 setId) external view returns (uint64);
}
