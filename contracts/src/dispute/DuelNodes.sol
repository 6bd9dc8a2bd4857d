// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../libraries/Tags.sol";

/// @title Sixteen children and the node four levels above them
/// @notice `TraceTree.fold` straight from calldata, at a third of its gas.
library DuelNodes {
    /// @notice The node above `children`.
    function fold(bytes32[16] calldata children) internal pure returns (bytes32) {
        uint256 buffer;
        assembly ("memory-safe") {
            buffer := mload(0x40)
            calldatacopy(buffer, children, 0x200)
        }
        return _fold(buffer);
    }

    /// @notice The node above the first 16 − suffix.length of `prefix` and then `suffix`, which has 1 to 16 words.
    function foldMixed(bytes32[16] calldata prefix, bytes32[] calldata suffix) internal pure returns (bytes32) {
        uint256 buffer;
        assembly ("memory-safe") {
            buffer := mload(0x40)
            calldatacopy(buffer, prefix, 0x200)
            let size := mul(suffix.length, 0x20)
            calldatacopy(add(buffer, sub(0x200, size)), suffix.offset, size)
        }
        return _fold(buffer);
    }

    /// @dev Folds the 16 words at `buffer` in place; uses the three words behind them.
    function _fold(uint256 buffer) private pure returns (bytes32 node) {
        bytes32 tag = Tags.NODE;
        assembly ("memory-safe") {
            let preimage := add(buffer, 0x200)
            mstore(preimage, tag)
            for { let size := 0x100 } gt(size, 0x10) { size := shr(1, size) } {
                for { let at := 0 } lt(at, size) { at := add(at, 0x20) } {
                    mcopy(add(preimage, 0x20), add(buffer, shl(1, at)), 0x40)
                    mstore(add(buffer, at), keccak256(preimage, 0x60))
                }
            }
            node := mload(buffer)
        }
    }
}
