// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {Certificate} from "../../src/types/Ordering.sol";
import {VectorFile} from "../utils/VectorFile.sol";

/// @dev The registry, at the address of the vectors' domain, gives the same sets, digests and verdicts as TypeScript.
contract CommitteeRegistryVectorsTest is VectorFile {
    CommitteeRegistry private registry;

    function _load(string memory name) private {
        load(name);
        vm.chainId(uintAt(".chainId"));
        registry = CommitteeRegistry(vm.parseJsonAddress(json, ".registry"));
        vm.etch(address(registry), address(new CommitteeRegistry()).code);
    }

    function test_createSet_vectors_works() public {
        _load("committee-sets");
        address[] memory creators = addresses(".sets.creator");
        bytes32[] memory salts = words(".sets.salt");
        bytes32[] memory ids = words(".sets.setId");
        uint256[] memory quorums = uints(".sets.quorum");
        assertEq(ids.length, uintAt(".sets.count"));
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.prank(creators[i]);
            assertEq(registry.createSet(addresses(numbered(".sets.members", i)), salts[i]), ids[i]);
            (,,, uint256 quorum) = registry.epochInfo(ids[i], 0);
            assertEq(quorum, quorums[i]);
        }
    }

    function test_handoverDigest_vectors_works() public {
        _load("committee-sets");
        bytes32[] memory ids = words(".sets.setId");
        uint64[] memory epochs = uint64s(".sets.epoch");
        uint64[] memory starts = uint64s(".sets.startHeight");
        bytes32[] memory hashes = words(".sets.membersHash");
        bytes32[] memory digests = words(".sets.handoverDigest");
        for (uint256 i = 0; i < ids.length; ++i) {
            assertEq(keccak256(abi.encode(addresses(numbered(".sets.members", i)))), hashes[i]);
            assertEq(registry.handoverDigest(ids[i], epochs[i], starts[i], hashes[i]), digests[i]);
        }
    }

    function test_verify_vectors_works() public {
        _load("certificates");
        vm.prank(vm.parseJsonAddress(json, ".creator"));
        bytes32 setId = registry.createSet(addresses(".members"), word(".salt"));
        assertEq(setId, word(".setId"));
        string[] memory errors = strings(".cases.error");
        uint256[] memory bitmaps = uints(".cases.bitmap");
        bytes[] memory signatures = vm.parseJsonBytesArray(json, ".cases.signatures");
        assertEq(errors.length, uintAt(".cases.count"));
        for (uint256 i = 0; i < errors.length; ++i) _verify(i, errors[i], Certificate(bitmaps[i], signatures[i]));
    }

    function _verify(uint256 i, string memory error_, Certificate memory certificate) private {
        bytes32 setId = words(".cases.setId")[i];
        uint64 epoch = uint64s(".cases.epoch")[i];
        uint64 height = uint64s(".cases.height")[i];
        bytes32 headerHash = words(".cases.headerHash")[i];
        assertEq(registry.attestDigest(setId, epoch, height, headerHash), words(".cases.digest")[i]);
        if (bytes(error_).length != 0) vm.expectPartialRevert(_selector(error_));
        registry.verify(setId, epoch, height, headerHash, certificate);
    }

    function _selector(string memory name) private pure returns (bytes4) {
        bytes32 hash = keccak256(bytes(name));
        if (hash == keccak256("QuorumNotReached")) return ICommitteeRegistry.QuorumNotReached.selector;
        if (hash == keccak256("BitmapOutOfRange")) return ICommitteeRegistry.BitmapOutOfRange.selector;
        if (hash == keccak256("BadSignatureLength")) return ICommitteeRegistry.BadSignatureLength.selector;
        if (hash == keccak256("BadSignature")) return ICommitteeRegistry.BadSignature.selector;
        if (hash == keccak256("HeightOutsideEpoch")) return ICommitteeRegistry.HeightOutsideEpoch.selector;
        if (hash == keccak256("UnknownEpoch")) return ICommitteeRegistry.UnknownEpoch.selector;
        if (hash == keccak256("UnknownSet")) return ICommitteeRegistry.UnknownSet.selector;
        revert Failed(name);
    }
}
