// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Strict RLP in memory that anyone may have written (yellow paper, appendix B)
/// @notice Never reverts for what the bytes hold: what is malformed, not canonical or not of the kind asked for makes the reader `bad` for good, and all that is read
///         from then on is 0. Every read moves on or ends the list, so loops `while (hasMore)` are linear in the bytes. Twin of `decodeRlp` in shared/protocol.
library RlpReader {
    /// @param next  Address in memory of the first byte not yet read.
    /// @param end   Behind the last byte of the list that is being read.
    /// @param bad   Whether anything was refused.
    struct Reader {
        uint256 next;
        uint256 end;
        bool bad;
    }

    /// @notice A reader of `size` bytes from the address `begin`.
    function open(uint256 begin, uint256 size) internal pure returns (Reader memory self) {
        unchecked {
            (self.next, self.end) = (begin, begin + size);
        }
    }

    /// @notice Whether the list has another item.
    function hasMore(Reader memory self) internal pure returns (bool) {
        return self.next < self.end;
    }

    /// @notice Refuses what was read.
    function fail(Reader memory self) internal pure {
        self.bad = true;
        self.next = self.end;
    }

    /// @notice The next item: its kind, and address and size of its content. All zero if there is none in canonical form.
    function item(Reader memory self) internal pure returns (bool isList, uint256 content, uint256 size) {
        unchecked {
            (uint256 place, uint256 end) = (self.next, self.end);
            bool isGood = place < end;
            assembly ("memory-safe") {
                if isGood {
                    let word := mload(place)
                    let prefix := byte(0, word)
                    switch lt(prefix, 0x80)
                    case 1 {
                        content := place
                        size := 1
                    }
                    default {
                        isList := gt(prefix, 0xbf)
                        content := add(place, 1)
                        size := sub(sub(prefix, 0x80), shl(6, isList))
                        if gt(size, 55) {
                            let sizeOfSize := sub(size, 55)
                            content := add(content, sizeOfSize)
                            size := shr(sub(256, shl(3, sizeOfSize)), shl(8, word))
                            // The size ends within the list, has no leading zero and does not fit the short form.
                            isGood := and(iszero(gt(content, end)), and(gt(byte(1, word), 0), gt(size, 55)))
                        }
                        if and(eq(prefix, 0x81), lt(byte(1, word), 0x80)) { isGood := 0 }
                        // Where the size does not end within the list, this difference says nothing, but that is refused already.
                        if gt(size, sub(end, content)) { isGood := 0 }
                    }
                }
            }
            if (!isGood) {
                fail(self);
                return (false, 0, 0);
            }
            self.next = content + size;
        }
    }

    /// @notice A byte string: address and size.
    function byteString(Reader memory self) internal pure returns (uint256 content, uint256 size) {
        bool isList;
        (isList, content, size) = item(self);
        if (isList) {
            fail(self);
            return (0, 0);
        }
    }

    /// @notice An integer of at most `maxBytes` bytes, 1 to 32, without leading zeros.
    function integer(Reader memory self, uint256 maxBytes) internal pure returns (uint256 value) {
        bool isGood;
        assembly ("memory-safe") {
            let place := mload(self)
            let left := sub(mload(add(self, 0x20)), place)
            if left {
                let word := mload(place)
                let prefix := byte(0, word)
                switch lt(prefix, 0x80)
                case 1 {
                    isGood := gt(prefix, 0)
                    value := prefix
                    mstore(self, add(place, 1))
                }
                default {
                    // At most 32 bytes have the short form only; two bytes or more begin with one that is not 0, one byte is at least 0x80.
                    let size := sub(prefix, 0x80)
                    isGood := iszero(or(gt(size, maxBytes), gt(add(size, 1), left)))
                    let first := byte(1, word)
                    if eq(size, 1) { isGood := and(isGood, gt(first, 0x7f)) }
                    if size { isGood := and(isGood, gt(first, 0)) }
                    value := shr(sub(256, shl(3, size)), mload(add(place, 1)))
                    mstore(self, add(place, add(size, 1)))
                }
            }
        }
        if (isGood) return value;
        fail(self);
        return 0;
    }

    /// @notice A byte string of exactly `size` bytes, 2 to 32, as the low bytes of a word.
    function fixedBytes(Reader memory self, uint256 size) internal pure returns (uint256 value) {
        bool isGood;
        assembly ("memory-safe") {
            let place := mload(self)
            let left := sub(mload(add(self, 0x20)), place)
            isGood := and(gt(left, size), eq(byte(0, mload(place)), add(0x80, size)))
            if isGood {
                value := shr(sub(256, shl(3, size)), mload(add(place, 1)))
                mstore(self, add(place, add(size, 1)))
            }
        }
        if (!isGood) fail(self);
    }

    /// @notice Goes into the list that is the next item; `outer` is for `exit`.
    function enter(Reader memory self) internal pure returns (uint256 outer) {
        unchecked {
            outer = self.end;
            (bool isList, uint256 content, uint256 size) = item(self);
            if (!isList) {
                fail(self);
                return outer;
            }
            (self.next, self.end) = (content, content + size);
        }
    }

    /// @notice Goes back to the list around; refuses items that were not read.
    function exit(Reader memory self, uint256 outer) internal pure {
        if (self.next != self.end) self.bad = true;
        self.end = outer;
        if (self.bad) self.next = outer;
    }
}
