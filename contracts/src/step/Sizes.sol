// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title How much one micro-op does at most
/// @notice Bytes. They bound the gas and the proof of a step; consensus, as micro-ops are counted. Twin of shared/machine/src/step/sizes.ts.
library Sizes {
    /// @dev Copied by one copyChunk or identityChunk: an aligned block of memory.
    uint256 internal constant CHUNK = 2_048;
    /// @dev Hashed by KECCAK256 at once; more goes through the hasher.
    uint256 internal constant KECCAK_DIRECT = 32_768;
    /// @dev Absorbed by one kecAbsorb: 32 blocks of Keccak-f.
    uint256 internal constant KECCAK_ABSORBED = 32 * 136;
    /// @dev Of a log's data, hashed at once.
    uint256 internal constant LOG_PIECE = 4_096;
}
