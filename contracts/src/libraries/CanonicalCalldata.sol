// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Calldata as the ABI's strict encoding has it
/// @notice Solidity reads arguments through offsets that may point anywhere, even back; other decoders refuse what it accepts. Where
///         calldata is the data that everybody has to read, only the one encoding may pass: every tail at its place, nothing after the last.
library CanonicalCalldata {
    /// @dev Bytes of the selector.
    uint256 private constant SELECTOR = 4;

    /// @notice Whether the argument whose offset stands at `head` is encoded at `position`, and where the next one has to begin.
    ///         Both count from the end of the selector. Frees
    ///         `encoded`, which has to be the newest piece of memory.
    /// @param encoded  `abi.encode(argument)`: an offset word, then the tail.
    function checkTail(uint256 head, uint256 position, bytes memory encoded)
        internal
        pure
        returns (bool canonical, uint256 next)
    {
        uint256 length = encoded.length - 0x20;
        next = position + length;
        if (SELECTOR + next > msg.data.length) return (false, next);
        bytes32 wanted;
        assembly ("memory-safe") {
            wanted := keccak256(add(encoded, 0x40), length)
        }
        assembly {
            mstore(0x40, encoded)
        }
        uint256 begin = SELECTOR + position;
        canonical = uint256(bytes32(msg.data[SELECTOR + head:])) == position && keccak256(msg.data[begin:begin + length]) == wanted;
    }
}
