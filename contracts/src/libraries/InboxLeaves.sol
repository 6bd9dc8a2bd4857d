// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "./Tags.sol";
import {InboxLeaf} from "../types/Inbox.sol";

/// @title Leaves of the Inbox
/// @notice Twin of shared/protocol's functions of the same names; docs/protocol/hashing.md.
library InboxLeaves {
    /// @notice `H(inboxLeaf, fields in order)`.
    function inboxLeafHash(InboxLeaf memory leaf) internal pure returns (bytes32 hash) {
        bytes32 tag = Tags.INBOX_LEAF;
        // The struct's 14 words lie in memory as abi.encode would write them; copying them leaves the free memory as it was.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mcopy(add(free, 0x20), leaf, 0x1c0)
            hash := keccak256(free, 0x1e0)
        }
    }

    /// @notice `H(prevRandao, mixHash, position)`; position is the sequencer's height, or a forced leaf's index.
    function prevRandao(bytes32 mixHash, uint64 position) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.PREV_RANDAO, mixHash, position));
    }
}
