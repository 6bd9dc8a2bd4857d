// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";

/// @title Access lists (EIP-2930) in memory: `[[address, [hash, …]], …]`
/// @notice Written as loops without calls: a list of the largest entry has thousands of items. Twin of `decodeAccessList` in shared/protocol.
library AccessList {
    /// @notice Whether the bytes are entries in canonical form; the number of entries and of all their keys.
    /// @param place  Address in memory of the list's content.
    /// @param end    Behind it.
    function check(uint256 place, uint256 end) internal pure returns (bool isGood, uint256 addressCount, uint256 keyCount) {
        isGood = true;
        assembly ("memory-safe") {
            for {} and(isGood, lt(place, end)) {} {
                let next
                {
                    // The entry: a list that ends within the list of entries.
                    let word := mload(place)
                    let prefix := byte(0, word)
                    isGood := gt(prefix, 0xd5)
                    place := add(place, 1)
                    next := add(place, sub(prefix, 0xc0))
                    if gt(prefix, 0xf7) {
                        let sizeOfSize := sub(prefix, 0xf7)
                        let size := shr(sub(256, shl(3, sizeOfSize)), shl(8, word))
                        isGood := and(gt(byte(1, word), 0), gt(size, 55))
                        place := add(place, sizeOfSize)
                        next := add(place, size)
                    }
                    if gt(next, end) { isGood := 0 }
                }
                // The address, then the list of keys, which ends where the entry ends.
                isGood := and(isGood, eq(byte(0, mload(place)), 0x94))
                place := add(place, 21)
                {
                    let word := mload(place)
                    let prefix := byte(0, word)
                    let size := sub(prefix, 0xc0)
                    isGood := and(isGood, gt(prefix, 0xbf))
                    place := add(place, 1)
                    if gt(size, 55) {
                        let sizeOfSize := sub(size, 55)
                        size := shr(sub(256, shl(3, sizeOfSize)), shl(8, word))
                        isGood := and(isGood, and(gt(byte(1, word), 0), gt(size, 55)))
                        place := add(place, sizeOfSize)
                    }
                    keyCount := add(keyCount, div(size, 33))
                    isGood := and(isGood, and(eq(add(place, size), next), iszero(mod(size, 33))))
                }
                // The keys: 32 bytes have one form.
                if isGood {
                    for {} lt(place, next) { place := add(place, 33) } { isGood := and(isGood, eq(byte(0, mload(place)), 0xa0)) }
                }
                addressCount := add(addressCount, 1)
            }
        }
    }

    /// @notice The chain of warm items of a list that was checked: each address, then its keys; `rest` behind the last.
    function chain(uint256 begin, uint256 addressCount, bytes32 rest) internal pure returns (bytes32 result) {
        bytes32 tag = Tags.WARM_ITEM;
        result = rest;
        assembly ("memory-safe") {
            // Where the entries begin: they can be told apart from the front only.
            let begins := mload(0x40)
            let last := add(begins, shl(5, addressCount))
            for { let slot := begins } lt(slot, last) { slot := add(slot, 0x20) } {
                mstore(slot, begin)
                let word := mload(begin)
                let prefix := byte(0, word)
                switch gt(prefix, 0xf7)
                case 0 { begin := add(begin, sub(prefix, 0xbf)) }
                default {
                    let headerSize := sub(prefix, 0xf6)
                    begin := add(add(begin, headerSize), shr(sub(264, shl(3, headerSize)), shl(8, word)))
                }
            }
            // The preimage of a link stands behind them.
            let item := last
            mstore(item, tag)
            for { let end := begin } gt(last, begins) {} {
                last := sub(last, 0x20)
                let entry := mload(last)
                let prefix := byte(0, mload(entry))
                // The header of the entry, that of the address, the address, the header of the keys.
                let keys := add(entry, 2)
                if gt(prefix, 0xf7) { keys := add(keys, sub(prefix, 0xf7)) }
                let account := mload(keys)
                prefix := byte(20, account)
                keys := add(keys, 21)
                if gt(prefix, 0xf7) { keys := add(keys, sub(prefix, 0xf7)) }
                mstore(add(item, 0x20), 1)
                mstore(add(item, 0x40), shr(96, account))
                for {} gt(end, keys) { end := sub(end, 33) } {
                    mstore(add(item, 0x60), mload(sub(end, 0x20)))
                    mstore(add(item, 0x80), result)
                    result := keccak256(item, 0xa0)
                }
                mstore(add(item, 0x20), 0)
                mstore(add(item, 0x60), 0)
                mstore(add(item, 0x80), result)
                result := keccak256(item, 0xa0)
                end := entry
            }
        }
    }
}
