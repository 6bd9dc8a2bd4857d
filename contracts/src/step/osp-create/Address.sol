// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Addresses of new contracts
/// @notice Twin of shared/machine/src/step/osp-create/address.ts.
library Address {
    /// @notice Address of a contract made by CREATE or a transaction: of keccak256(rlp[creator, nonce]) (yellow paper, 7).
    function createAddress(address creator, uint64 nonce) internal pure returns (address result) {
        uint256 size = 0;
        for (uint256 rest = nonce; rest != 0; rest >>= 8) ++size;
        uint256 item = nonce;
        uint256 itemSize = 1;
        if (nonce == 0) item = 0x80;
        else if (nonce > 0x7f) (item, itemSize) = (((0x80 + size) << (8 * size)) | nonce, size + 1);
        // A list of 21 bytes for the creator and at most 9 for the nonce.
        uint256 preimage = ((0xd5 + itemSize) << 168) | (0x94 << 160) | uint160(creator);
        preimage = ((preimage << (8 * itemSize)) | item) << (80 - 8 * itemSize);
        assembly ("memory-safe") {
            mstore(0, preimage)
            result := and(keccak256(0, add(22, itemSize)), 0xffffffffffffffffffffffffffffffffffffffff)
        }
    }

    /// @notice Address of a contract made by CREATE2 (EIP-1014) from init code with this hash.
    function create2Address(address creator, uint256 salt, bytes32 initCodeHash) internal pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", creator, salt, initCodeHash)))));
    }
}
