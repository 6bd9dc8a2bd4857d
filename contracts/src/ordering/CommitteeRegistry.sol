// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ICommitteeRegistry} from "../interfaces/ICommitteeRegistry.sol";
import {CodeStorage} from "../libraries/CodeStorage.sol";
import {Quorum} from "../libraries/Quorum.sol";
import {Tags} from "../libraries/Tags.sol";
import {Certificate} from "../types/Ordering.sol";

/// @title Registry of sequencer sets
/// @notice See `ICommitteeRegistry`. Members are stored as code, an epoch in one slot.
contract CommitteeRegistry is ICommitteeRegistry, EIP712 {
    /// @dev An epoch ends below the start of the next one. One slot.
    struct Epoch {
        address members;
        uint64 startHeight;
    }

    bytes32 private constant ATTEST_TYPEHASH =
        keccak256("Attest(bytes32 setId,uint64 epoch,uint64 height,bytes32 headerHash)");
    bytes32 private constant HANDOVER_TYPEHASH =
        keccak256("Handover(bytes32 setId,uint64 epoch,uint64 startHeight,bytes32 membersHash)");

    mapping(bytes32 setId => Epoch[]) private _epochs;

    constructor() EIP712("Crema Committee", "1") {}

    /// @inheritdoc ICommitteeRegistry
    function createSet(address[] calldata members_, bytes32 salt) external returns (bytes32 setId) {
        bytes memory packed = Quorum.packMembers(members_);
        setId = keccak256(abi.encode(Tags.COMMITTEE_SET, msg.sender, salt, keccak256(abi.encode(members_))));
        if (_epochs[setId].length != 0) revert SetExists(setId);
        _epochs[setId].push(Epoch({members: CodeStorage.write(packed), startHeight: 1}));
        emit SetCreated(setId, msg.sender, members_);
    }

    /// @inheritdoc ICommitteeRegistry
    function handover(bytes32 setId, address[] calldata members_, uint64 startHeight, Certificate calldata certificate) external {
        uint64 current = currentEpoch(setId);
        Epoch storage epoch = _epochs[setId][current];
        if (startHeight <= epoch.startHeight) revert BadStartHeight(startHeight, epoch.startHeight);
        if (startHeight > type(uint32).max) revert StartHeightTooHigh(startHeight, type(uint32).max);
        bytes memory packed = Quorum.packMembers(members_);
        bytes32 digest = handoverDigest(setId, current + 1, startHeight, keccak256(abi.encode(members_)));
        Quorum.verifySignatures(digest, CodeStorage.read(epoch.members), certificate);
        _epochs[setId].push(Epoch({members: CodeStorage.write(packed), startHeight: startHeight}));
        emit EpochHandedOver(setId, current + 1, startHeight, members_);
    }

    /// @inheritdoc ICommitteeRegistry
    function verify(bytes32 setId, uint64 epoch, uint64 height, bytes32 headerHash, Certificate calldata certificate)
        external
        view
    {
        Epoch storage found = _epoch(setId, epoch);
        uint64 startHeight = found.startHeight;
        uint64 endHeight = _endHeight(setId, epoch);
        if (height < startHeight || height > endHeight) revert HeightOutsideEpoch(height, startHeight, endHeight);
        Quorum.verifySignatures(attestDigest(setId, epoch, height, headerHash), CodeStorage.read(found.members), certificate);
    }

    /// @inheritdoc ICommitteeRegistry
    function members(bytes32 setId, uint64 epoch) external view returns (address[] memory list) {
        bytes memory packed = CodeStorage.read(_epoch(setId, epoch).members);
        list = new address[](Quorum.memberCount(packed));
        for (uint256 i = 0; i < list.length; ++i) list[i] = Quorum.memberAt(packed, i);
    }

    /// @inheritdoc ICommitteeRegistry
    function epochInfo(bytes32 setId, uint64 epoch)
        external
        view
        returns (uint64 startHeight, uint64 endHeight, uint256 memberCount, uint256 quorum)
    {
        Epoch storage found = _epoch(setId, epoch);
        startHeight = found.startHeight;
        endHeight = _endHeight(setId, epoch);
        memberCount = Quorum.memberCount(CodeStorage.read(found.members));
        quorum = Quorum.quorum(memberCount);
    }

    /// @inheritdoc ICommitteeRegistry
    function currentEpoch(bytes32 setId) public view returns (uint64) {
        uint256 length = _epochs[setId].length;
        if (length == 0) revert UnknownSet(setId);
        return uint64(length - 1);
    }

    /// @inheritdoc ICommitteeRegistry
    function attestDigest(bytes32 setId, uint64 epoch, uint64 height, bytes32 headerHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ATTEST_TYPEHASH, setId, epoch, height, headerHash)));
    }

    /// @inheritdoc ICommitteeRegistry
    function handoverDigest(bytes32 setId, uint64 epoch, uint64 startHeight, bytes32 membersHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(HANDOVER_TYPEHASH, setId, epoch, startHeight, membersHash)));
    }

    function _epoch(bytes32 setId, uint64 epoch) private view returns (Epoch storage) {
        if (epoch > currentEpoch(setId)) revert UnknownEpoch(setId, epoch);
        return _epochs[setId][epoch];
    }

    /// @dev Last height of an existing epoch. The next epoch starts above this one, so the subtraction is safe.
    function _endHeight(bytes32 setId, uint64 epoch) private view returns (uint64) {
        if (epoch == currentEpoch(setId)) return type(uint64).max;
        return _epochs[setId][uint256(epoch) + 1].startHeight - 1;
    }
}
