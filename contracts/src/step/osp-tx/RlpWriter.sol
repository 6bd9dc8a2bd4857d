// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptRlp} from "../mpt/MptRlp.sol";

/// @title Items and lists of transactions (yellow paper, appendix B)
library RlpWriter {
    /// @notice The item of an integer: no leading zeros, 0 is the empty string.
    function integer(uint256 value) internal pure returns (bytes memory) {
        unchecked {
            if (value < 0x80) return abi.encodePacked(value == 0 ? bytes1(0x80) : bytes1(uint8(value)));
            uint256 size = 1;
            while (size < 32 && value >> (8 * size) != 0) ++size;
            bytes memory encoded = abi.encodePacked(bytes1(uint8(0x80 + size)), value << (256 - 8 * size));
            assembly ("memory-safe") {
                mstore(encoded, add(1, size))
            }
            return encoded;
        }
    }

    /// @notice `txType ‖ list` (without type 0: the list), its items being `size` bytes at the address `begin`, then those of `tail`.
    function list(uint256 txType, uint256 begin, uint256 size, bytes memory tail) internal pure returns (bytes memory encoded) {
        unchecked {
            uint256 total = size + tail.length;
            uint256 start = MptRlp.allocate(total + 64);
            uint256 place = start + 32;
            if (txType > 0) MptRlp.storeByte(place++, txType);
            place = MptRlp.writeHeader(place, 0xc0, total);
            assembly ("memory-safe") {
                mcopy(place, begin, size)
                mcopy(add(place, size), add(tail, 0x20), mload(tail))
                mstore(start, sub(add(place, total), add(start, 0x20)))
                encoded := start
            }
        }
    }
}
