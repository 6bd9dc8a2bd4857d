// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {Certificate} from "../../src/types/Ordering.sol";
import {Committee} from "../utils/Committee.sol";

contract CommitteeRegistryHandoverTest is Committee {
    bytes32 private constant HEADER = keccak256("header");

    CommitteeRegistry private registry = new CommitteeRegistry();
    uint256[] private oldKeys;
    uint256[] private newKeys;
    bytes32 private setId;

    function setUp() public {
        oldKeys = makeKeys("old", 4);
        newKeys = makeKeys("new", 7);
        setId = registry.createSet(addressesOf(oldKeys), 0);
    }

    function _certificate(uint256[] memory signers, uint64 epoch, uint64 startHeight, uint256[] memory next)
        private
        view
        returns (Certificate memory)
    {
        bytes32 digest = registry.handoverDigest(setId, epoch, startHeight, keccak256(abi.encode(addressesOf(next))));
        return certify(signers, digest, quorumBits(signers.length));
    }

    function _handover(uint64 startHeight) private {
        registry.handover(setId, addressesOf(newKeys), startHeight, _certificate(oldKeys, 1, startHeight, newKeys));
    }

    function _attest(uint256[] memory signers, uint64 epoch, uint64 height) private view returns (Certificate memory) {
        return certify(signers, registry.attestDigest(setId, epoch, height, HEADER), quorumBits(signers.length));
    }

    function test_handoverDigest_eip712_works() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Crema Committee"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
        bytes32 typeHash = keccak256("Handover(bytes32 setId,uint64 epoch,uint64 startHeight,bytes32 membersHash)");
        bytes32 message = keccak256(abi.encode(typeHash, setId, uint64(3), uint64(9), bytes32("members")));
        assertEq(registry.handoverDigest(setId, 3, 9, "members"), keccak256(bytes.concat(hex"1901", domain, message)));
    }

    function testFuzz_handover_quorumOfCurrentEpoch_succeeds(uint64 startHeight) public {
        startHeight = uint64(bound(startHeight, 2, type(uint32).max));
        Certificate memory certificate = _certificate(oldKeys, 1, startHeight, newKeys);
        vm.expectEmit(address(registry));
        emit ICommitteeRegistry.EpochHandedOver(setId, 1, startHeight, addressesOf(newKeys));
        registry.handover(setId, addressesOf(newKeys), startHeight, certificate);

        assertEq(registry.currentEpoch(setId), 1);
        assertEq(abi.encode(registry.members(setId, 1)), abi.encode(addressesOf(newKeys)));
        (uint64 start0, uint64 end0,,) = registry.epochInfo(setId, 0);
        (uint64 start1, uint64 end1, uint256 memberCount, uint256 quorum) = registry.epochInfo(setId, 1);
        assertEq(start0, 1);
        assertEq(end0, startHeight - 1);
        assertEq(start1, startHeight);
        assertEq(end1, type(uint64).max);
        assertEq(memberCount, 7);
        assertEq(quorum, 5);
    }

    function test_handover_bothEpochsInTheirRange_succeeds() public {
        _handover(100);
        registry.verify(setId, 0, 1, HEADER, _attest(oldKeys, 0, 1));
        registry.verify(setId, 0, 99, HEADER, _attest(oldKeys, 0, 99));
        registry.verify(setId, 1, 100, HEADER, _attest(newKeys, 1, 100));
    }

    function test_handover_oldEpochBeyondItsEnd_reverts() public {
        _handover(100);
        Certificate memory certificate = _attest(oldKeys, 0, 100);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.HeightOutsideEpoch.selector, 100, 1, 99));
        registry.verify(setId, 0, 100, HEADER, certificate);
    }

    function test_handover_newEpochBelowItsStart_reverts() public {
        _handover(100);
        Certificate memory certificate = _attest(newKeys, 1, 99);
        vm.expectRevert(
            abi.encodeWithSelector(ICommitteeRegistry.HeightOutsideEpoch.selector, 99, 100, type(uint64).max)
        );
        registry.verify(setId, 1, 99, HEADER, certificate);
    }

    function test_handover_oldMembersInNewEpoch_reverts() public {
        _handover(100);
        uint256[] memory five = makeKeys("old", 5);
        Certificate memory certificate =
            certify(five, registry.attestDigest(setId, 1, 100, HEADER), quorumBits(7));
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        registry.verify(setId, 1, 100, HEADER, certificate);
    }

    function test_handover_replayed_reverts() public {
        Certificate memory certificate = _certificate(oldKeys, 1, 100, newKeys);
        registry.handover(setId, addressesOf(newKeys), 100, certificate);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadStartHeight.selector, 100, 100));
        registry.handover(setId, addressesOf(newKeys), 100, certificate);
        vm.expectPartialRevert(ICommitteeRegistry.QuorumNotReached.selector);
        registry.handover(setId, addressesOf(newKeys), 101, certificate);
    }

    function test_handover_back_succeeds() public {
        _handover(100);
        registry.handover(setId, addressesOf(oldKeys), 101, _certificate(newKeys, 2, 101, oldKeys));
        registry.verify(setId, 1, 100, HEADER, _attest(newKeys, 1, 100));
        registry.verify(setId, 2, 101, HEADER, _attest(oldKeys, 2, 101));
    }

    function test_handover_startNotAboveCurrent_reverts() public {
        for (uint64 startHeight = 0; startHeight < 2; ++startHeight) {
            Certificate memory certificate = _certificate(oldKeys, 1, startHeight, newKeys);
            vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadStartHeight.selector, startHeight, 1));
            registry.handover(setId, addressesOf(newKeys), startHeight, certificate);
        }
    }

    function testFuzz_handover_startBeyond32Bits_reverts(uint64 startHeight) public {
        uint64 maximum = type(uint32).max;
        startHeight = startHeight % 4 == 0 ? maximum + 1 : uint64(bound(startHeight, maximum + 1, type(uint64).max));
        Certificate memory certificate = _certificate(oldKeys, 1, startHeight, newKeys);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.StartHeightTooHigh.selector, startHeight, maximum));
        registry.handover(setId, addressesOf(newKeys), startHeight, certificate);
        _handover(maximum);
        assertEq(registry.currentEpoch(setId), 1);
    }

    function test_handover_signedForOtherEpoch_reverts() public {
        Certificate memory certificate = _certificate(oldKeys, 2, 100, newKeys);
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        registry.handover(setId, addressesOf(newKeys), 100, certificate);
    }

    function test_handover_signedForOtherMembers_reverts() public {
        Certificate memory certificate = _certificate(oldKeys, 1, 100, oldKeys);
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        registry.handover(setId, addressesOf(newKeys), 100, certificate);
    }

    function test_handover_unknownSet_reverts() public {
        Certificate memory certificate = _certificate(oldKeys, 1, 100, newKeys);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownSet.selector, bytes32("none")));
        registry.handover("none", addressesOf(newKeys), 100, certificate);
    }

    function test_handover_badMembers_reverts() public {
        Certificate memory certificate = _certificate(oldKeys, 1, 100, newKeys);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadMemberCount.selector, 0));
        registry.handover(setId, new address[](0), 100, certificate);
    }
}
