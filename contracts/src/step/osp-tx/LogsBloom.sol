// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Blooms of logs (yellow paper, 4.3.1) in eight words
/// @notice Twin of shared/machine/src/commit/logs-bloom.ts.
library LogsBloom {
    /// @notice Adds the address of a log and its first `topicCount` topics to `bloom`.
    function addToBloom(uint256[8] memory bloom, uint256 account, uint256 topicCount, uint256[4] memory topics) internal pure {
        unchecked {
            _add(bloom, uint256(keccak256(abi.encodePacked(bytes20(uint160(account))))));
            for (uint256 i = 0; i < topicCount; ++i) _add(bloom, uint256(keccak256(abi.encode(topics[i]))));
        }
    }

    /// @notice Adds all that is in `other` to `bloom`.
    function unite(uint256[8] memory bloom, uint256[8] memory other) internal pure {
        for (uint256 i = 0; i < 8; ++i) bloom[i] |= other[i];
    }

    /// @dev Sets the bits whose numbers are the low eleven bits of the hash's first three pairs of bytes; bit 0 is the last of the last word.
    function _add(uint256[8] memory bloom, uint256 hash) private pure {
        unchecked {
            for (uint256 shift = 240; shift > 207; shift -= 16) {
                uint256 bit = (hash >> shift) & 2047;
                bloom[7 - (bit >> 8)] |= 1 << (bit & 255);
            }
        }
    }
}
