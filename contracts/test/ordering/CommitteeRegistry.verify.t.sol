// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {Certificate} from "../../src/types/Ordering.sol";
import {Committee} from "../utils/Committee.sol";

contract CommitteeRegistryVerifyTest is Committee {
    bytes32 private constant HEADER = keccak256("header");
    uint64 private constant HEIGHT = 77;

    CommitteeRegistry private registry = new CommitteeRegistry();
    uint256[] private keys;
    bytes32 private setId;
    bytes32 private digest;

    function setUp() public {
        keys = makeKeys("verify", 7);
        setId = registry.createSet(addressesOf(keys), 0);
        digest = registry.attestDigest(setId, 0, HEIGHT, HEADER);
    }

    function _verify(Certificate memory certificate) private view {
        registry.verify(setId, 0, HEIGHT, HEADER, certificate);
    }

    function test_attestDigest_eip712_works() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Crema Committee"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
        bytes32 typeHash = keccak256("Attest(bytes32 setId,uint64 epoch,uint64 height,bytes32 headerHash)");
        bytes32 message = keccak256(abi.encode(typeHash, setId, uint64(0), HEIGHT, HEADER));
        assertEq(digest, keccak256(bytes.concat(hex"1901", domain, message)));
    }

    function testFuzz_verify_anyQuorum_succeeds(uint256 bitmap) public view {
        bitmap = _quorumFrom(bitmap);
        _verify(certify(keys, digest, bitmap));
    }

    function test_verify_everySizeOfCommittee_succeeds() public {
        uint256[7] memory sizes = [uint256(1), 2, 3, 4, 21, 50, 256];
        for (uint256 i = 0; i < sizes.length; ++i) {
            uint256[] memory all = makeKeys("sizes", sizes[i]);
            bytes32 id = registry.createSet(addressesOf(all), "sizes");
            bytes32 digest_ = registry.attestDigest(id, 0, 1, HEADER);
            uint256 full = sizes[i] == 256 ? type(uint256).max : (uint256(1) << sizes[i]) - 1;
            registry.verify(id, 0, 1, HEADER, certify(all, digest_, full));
            registry.verify(id, 0, 1, HEADER, certify(all, digest_, quorumBits(sizes[i])));
        }
    }

    function testFuzz_verify_belowQuorum_reverts(uint256 bitmap) public {
        bitmap &= 0x7f;
        while (_bits(bitmap) > 4) bitmap &= bitmap - 1;
        Certificate memory certificate = certify(keys, digest, bitmap);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.QuorumNotReached.selector, _bits(bitmap), 5));
        _verify(certificate);
    }

    function testFuzz_verify_bitBeyondMembers_reverts(uint256 bitmap, uint8 bit) public {
        bitmap = _quorumFrom(bitmap) | (uint256(1) << bound(bit, 7, 255));
        Certificate memory certificate = certify(keys, digest, bitmap);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BitmapOutOfRange.selector, bitmap, 7));
        _verify(certificate);
    }

    function testFuzz_verify_otherLength_reverts(uint256 length) public {
        length = bound(length, 0, 1_000);
        if (length == 320) length = 321;
        Certificate memory certificate = Certificate(quorumBits(7), new bytes(length));
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.BadSignatureLength.selector, length, 320));
        _verify(certificate);
    }

    function testFuzz_verify_oneBitOfSignaturesFlipped_reverts(uint256 position) public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        position = bound(position, 0, certificate.signatures.length * 8 - 1);
        certificate.signatures[position / 8] ^= bytes1(uint8(1 << (position % 8)));
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        _verify(certificate);
    }

    function testFuzz_verify_otherBitmap_reverts(uint256 bitmap) public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        vm.assume(bitmap != certificate.bitmap);
        certificate.bitmap = bitmap;
        vm.expectRevert();
        _verify(certificate);
        certificate.bitmap = bitmap & 0x7f;
        vm.assume(certificate.bitmap != quorumBits(7));
        vm.expectRevert();
        _verify(certificate);
    }

    function testFuzz_verify_otherStatement_reverts(uint64 height, bytes32 header) public {
        vm.assume(height != HEIGHT && height != 0 && header != HEADER);
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        registry.verify(setId, 0, height, HEADER, certificate);
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        registry.verify(setId, 0, HEIGHT, header, certificate);
    }

    function test_verify_otherRegistryOrChain_reverts() public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        CommitteeRegistry other = new CommitteeRegistry();
        other.createSet(addressesOf(keys), 0);
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        other.verify(setId, 0, HEIGHT, HEADER, certificate);
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(ICommitteeRegistry.BadSignature.selector);
        _verify(certificate);
    }

    function test_verify_highS_reverts() public {
        (, bytes32 r,) = vm.sign(keys[0], digest);
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        bytes memory signature = abi.encode(r, HALF_ORDER + 1);
        for (uint256 i = 0; i < 64; ++i) certificate.signatures[i] = signature[i];
        vm.expectRevert(
            abi.encodeWithSelector(ICommitteeRegistry.BadSignature.selector, 0, address(0), vm.addr(keys[0]))
        );
        _verify(certificate);
    }

    function test_verify_zeroSignature_reverts() public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        for (uint256 i = 128; i < 192; ++i) certificate.signatures[i] = 0;
        vm.expectRevert(
            abi.encodeWithSelector(ICommitteeRegistry.BadSignature.selector, 2, address(0), vm.addr(keys[2]))
        );
        _verify(certificate);
    }

    function test_verify_oneSignatureForTwoMembers_reverts() public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        for (uint256 i = 0; i < 64; ++i) certificate.signatures[64 + i] = certificate.signatures[i];
        vm.expectRevert(
            abi.encodeWithSelector(ICommitteeRegistry.BadSignature.selector, 1, vm.addr(keys[0]), vm.addr(keys[1]))
        );
        _verify(certificate);
    }

    function test_verify_heightZero_reverts() public {
        Certificate memory certificate = certify(keys, registry.attestDigest(setId, 0, 0, HEADER), quorumBits(7));
        vm.expectRevert(
            abi.encodeWithSelector(ICommitteeRegistry.HeightOutsideEpoch.selector, 0, 1, type(uint64).max)
        );
        registry.verify(setId, 0, 0, HEADER, certificate);
    }

    function test_verify_unknownSetOrEpoch_reverts() public {
        Certificate memory certificate = certify(keys, digest, quorumBits(7));
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownSet.selector, bytes32("none")));
        registry.verify("none", 0, HEIGHT, HEADER, certificate);
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownEpoch.selector, setId, 1));
        registry.verify(setId, 1, HEIGHT, HEADER, certificate);
    }

    function test_verify_gas_works() public {
        uint256[4] memory sizes = [uint256(4), 7, 21, 50];
        string[4] memory names = ["verify N=4", "verify N=7", "verify N=21", "verify N=50"];
        for (uint256 i = 0; i < sizes.length; ++i) {
            uint256[] memory all = makeKeys("gas", sizes[i]);
            bytes32 id = registry.createSet(addressesOf(all), "gas");
            Certificate memory certificate = certify(all, registry.attestDigest(id, 0, 1, HEADER), quorumBits(sizes[i]));
            vm.cool(address(registry));
            registry.verify(id, 0, 1, HEADER, certificate);
            assertTrue(vm.snapshotGasLastCall("CommitteeRegistry", names[i]) < 400_000, "gas");
        }
    }

    /// @dev At least five of the seven bits, the rest as in `bitmap`.
    function _quorumFrom(uint256 bitmap) private pure returns (uint256) {
        bitmap &= 0x7f;
        for (uint256 i = 0; _bits(bitmap) < 5; ++i) bitmap |= uint256(1) << i;
        return bitmap;
    }

    function _bits(uint256 bitmap) private pure returns (uint256 bits) {
        for (uint256 i = 0; i < 256; ++i) bits += bitmap >> i & 1;
    }
}
