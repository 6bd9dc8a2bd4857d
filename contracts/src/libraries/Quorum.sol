// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ICommitteeRegistry} from "../interfaces/ICommitteeRegistry.sol";
import {Certificate} from "../types/Ordering.sol";

/// @title Certificates of a committee
/// @notice Members come packed, 20 bytes each, in ascending order. Twin of `quorum` and `verifySignatures` in shared/protocol.
library Quorum {
    uint256 internal constant MAX_MEMBERS = 256;
    uint256 private constant MEMBER_BYTES = 20;
    uint256 private constant SIGNATURE_BYTES = 64;

    /// @notice Signers that a committee of `memberCount` needs: floor(2N/3) + 1.
    function quorum(uint256 count) internal pure returns (uint256) {
        return (2 * count) / 3 + 1;
    }

    /// @notice Packs 1 to 256 distinct non-zero addresses given in strictly ascending order.
    function packMembers(address[] calldata members) internal pure returns (bytes memory packed) {
        uint256 count = members.length;
        if (count == 0 || count > MAX_MEMBERS) revert ICommitteeRegistry.BadMemberCount(count);
        packed = new bytes(count * MEMBER_BYTES);
        address previous = address(0);
        for (uint256 i = 0; i < count; ++i) {
            address current = members[i];
            if (current <= previous) revert ICommitteeRegistry.BadMember(i, current);
            assembly ("memory-safe") {
                let slot := add(add(packed, 0x20), mul(i, MEMBER_BYTES))
                // Keeps the 12 bytes that follow; the last word may reach past the array into its own padding only.
                mstore(slot, or(shl(96, current), and(mload(slot), 0xffffffffffffffffffffffff)))
            }
            previous = current;
        }
    }

    /// @notice Member `index` of a packed list.
    function memberAt(bytes memory packed, uint256 index) internal pure returns (address member) {
        assembly ("memory-safe") {
            member := shr(96, mload(add(add(packed, 0x20), mul(index, MEMBER_BYTES))))
        }
    }

    /// @notice Number of members of a packed list.
    function memberCount(bytes memory packed) internal pure returns (uint256) {
        return packed.length / MEMBER_BYTES;
    }

    /// @notice Reverts unless the certificate holds one valid signature of `digest` for every bit, and a quorum of bits.
    function verifySignatures(bytes32 digest, bytes memory packed, Certificate calldata certificate) internal pure {
        uint256 count = memberCount(packed);
        uint256 bitmap = certificate.bitmap;
        bytes calldata signatures = certificate.signatures;
        _checkShape(bitmap, count, signatures.length);
        uint256 offset = 0;
        for (uint256 i = 0; bitmap != 0; ++i) {
            if (bitmap & 1 == 1) {
                _checkSignature(digest, signatures, offset, i, memberAt(packed, i));
                offset += SIGNATURE_BYTES;
            }
            bitmap >>= 1;
        }
    }

    function _checkShape(uint256 bitmap, uint256 count, uint256 signatureBytes) private pure {
        if (count < MAX_MEMBERS && bitmap >> count != 0) revert ICommitteeRegistry.BitmapOutOfRange(bitmap, count);
        uint256 signers = _countBits(bitmap);
        if (signers < quorum(count)) revert ICommitteeRegistry.QuorumNotReached(signers, quorum(count));
        uint256 expected = signers * SIGNATURE_BYTES;
        if (signatureBytes != expected) revert ICommitteeRegistry.BadSignatureLength(signatureBytes, expected);
    }

    /// @dev `offset + 64 <= signatures.length` holds by `_checkShape`. A high s or a failed recovery gives address zero, never a member.
    function _checkSignature(bytes32 digest, bytes calldata signatures, uint256 offset, uint256 index, address member)
        private
        pure
    {
        bytes32 r;
        bytes32 vs;
        assembly ("memory-safe") {
            r := calldataload(add(signatures.offset, offset))
            vs := calldataload(add(add(signatures.offset, offset), 0x20))
        }
        (address recovered,,) = ECDSA.tryRecover(digest, r, vs);
        if (recovered != member) revert ICommitteeRegistry.BadSignature(index, recovered, member);
    }

    function _countBits(uint256 bitmap) private pure returns (uint256 bits) {
        while (bitmap != 0) {
            bitmap &= bitmap - 1;
            ++bits;
        }
    }
}
