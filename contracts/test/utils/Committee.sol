// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Certificate} from "../../src/types/Ordering.sol";
import {Test} from "./Test.sol";

/// @dev Committees of real keys, in the order of their addresses.
abstract contract Committee is Test {
    uint256 internal constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    function makeKeys(string memory seed, uint256 count) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 key = uint256(keccak256(abi.encode(seed, i))) >> 1;
            uint256 slot = i;
            for (; slot > 0 && vm.addr(keys[slot - 1]) > vm.addr(key); --slot) keys[slot] = keys[slot - 1];
            keys[slot] = key;
        }
    }

    function addressesOf(uint256[] memory keys) internal pure returns (address[] memory list) {
        list = new address[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) list[i] = vm.addr(keys[i]);
    }

    /// @dev Signatures of the members in `bitmap`; bits beyond the keys are signed by nobody and add no bytes.
    function certify(uint256[] memory keys, bytes32 digest, uint256 bitmap) internal pure returns (Certificate memory certificate) {
        certificate.bitmap = bitmap;
        for (uint256 i = 0; i < keys.length; ++i) {
            if (bitmap >> i & 1 == 1) certificate.signatures = bytes.concat(certificate.signatures, signCompact(keys[i], digest));
        }
    }

    /// @dev EIP-2098.
    function signCompact(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encode(r, uint256(s) | (uint256(v - 27) << 255));
    }

    /// @dev The first floor(2N/3) + 1 members.
    function quorumBits(uint256 count) internal pure returns (uint256) {
        return (uint256(1) << ((2 * count) / 3 + 1)) - 1;
    }
}
