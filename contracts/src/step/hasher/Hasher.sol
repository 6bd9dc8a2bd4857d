// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {Tape} from "../state/Tape.sol";
import {KeccakF} from "./KeccakF.sol";

/// @title keccak256 of more than one step can take in
/// @notice A hasher is what keccak256 has come to between two micro-ops (docs/protocol/machine.md): 25 lanes, the number of bytes that wait for the rest of
///         their block, and these bytes in five words. Twin of shared/machine/src/commit/sponge.ts.
library Hasher {
    /// @notice Bytes of a block of keccak256.
    uint256 internal constant RATE = 136;
    /// @dev Words of a hasher, and where the number of waiting bytes and the bytes stand.
    uint256 internal constant WORDS = 31;
    uint256 private constant LENGTH_AT = 25 * 32;
    uint256 private constant BLOCK_AT = 26 * 32;

    /// @dev Bytes of each lane in reverse: swaps bytes, pairs, quadruples.
    uint256 private constant BYTES = 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
    uint256 private constant PAIRS = 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
    uint256 private constant QUADS = 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;

    /// @notice A hasher that has taken in nothing.
    function fresh() internal pure returns (uint256[WORDS] memory words) {}

    /// @notice Takes the hasher with this hash from the tape.
    function take(MptProof.Cursor memory tape, bytes32 expected) internal pure returns (uint256[WORDS] memory words) {
        uint256 place;
        assembly ("memory-safe") {
            place := words
        }
        Tape.takeWords(tape, place, WORDS);
        Tape.check(expected, hash(words));
    }

    /// @notice `H(hasher, words)`
    function hash(uint256[WORDS] memory words) internal pure returns (bytes32 result) {
        bytes32 tag = Tags.HASHER;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mcopy(add(free, 0x20), words, 0x3e0)
            result := keccak256(free, 0x400)
        }
    }

    /// @notice Takes `data` in.
    function absorb(uint256[WORDS] memory words, bytes memory data) internal pure {
        uint256 from;
        assembly ("memory-safe") {
            from := add(data, 0x20)
        }
        absorb(words, from, data.length);
    }

    /// @notice Takes in `size` bytes of memory at `from`.
    function absorb(uint256[WORDS] memory words, uint256 from, uint256 size) internal pure {
        unchecked {
            uint256 waiting = words[25];
            uint256 total = waiting + size;
            uint256 next;
            assembly ("memory-safe") {
                // All that is not yet in a block, one after another, with room to read whole words.
                next := mload(0x40)
                mstore(0x40, and(add(add(next, total), 0x5f), not(0x1f)))
                mcopy(next, add(words, BLOCK_AT), waiting)
                mcopy(add(next, waiting), from, size)
            }
            if (total >= RATE) {
                uint256 state = KeccakF.allocate();
                assembly ("memory-safe") {
                    mcopy(state, words, LENGTH_AT)
                }
                for (; total >= RATE; total -= RATE) {
                    _absorbBlock(state, next);
                    next += RATE;
                }
                assembly ("memory-safe") {
                    mcopy(words, state, LENGTH_AT)
                }
            }
            words[25] = total;
            assembly ("memory-safe") {
                let waits := add(words, BLOCK_AT)
                calldatacopy(waits, calldatasize(), 0xa0)
                mcopy(waits, next, total)
            }
        }
    }

    /// @notice keccak256 of all that was taken in; the hasher is of no use any more.
    function finish(uint256[WORDS] memory words) internal pure returns (bytes32 digest) {
        uint256 state = KeccakF.allocate();
        assembly ("memory-safe") {
            mcopy(state, words, LENGTH_AT)
            let waits := add(words, BLOCK_AT)
            mstore8(add(waits, mload(add(words, LENGTH_AT))), 0x01)
            let last := add(waits, 135)
            mstore8(last, or(0x80, byte(0, mload(last))))
        }
        uint256 block_;
        assembly ("memory-safe") {
            block_ := add(words, BLOCK_AT)
        }
        _absorbBlock(state, block_);
        assembly ("memory-safe") {
            digest := or(or(shl(192, mload(state)), shl(128, mload(add(state, 0x20)))), or(shl(64, mload(add(state, 0x40))), mload(add(state, 0x60))))
        }
        return bytes32(_reverse(uint256(digest)));
    }

    /// @dev Xors the 136 bytes at `from` into the first 17 lanes and permutes. Reads up to 24 bytes behind them.
    function _absorbBlock(uint256 state, uint256 from) private pure {
        unchecked {
            for (uint256 i = 0; i < 4; ++i) {
                uint256 four;
                assembly ("memory-safe") {
                    four := mload(from)
                }
                four = _reverse(four);
                assembly ("memory-safe") {
                    mstore(state, xor(mload(state), shr(192, four)))
                    let lane := add(state, 0x20)
                    mstore(lane, xor(mload(lane), and(shr(128, four), 0xffffffffffffffff)))
                    lane := add(state, 0x40)
                    mstore(lane, xor(mload(lane), and(shr(64, four), 0xffffffffffffffff)))
                    lane := add(state, 0x60)
                    mstore(lane, xor(mload(lane), and(four, 0xffffffffffffffff)))
                }
                state += 0x80;
                from += 0x20;
            }
            uint256 one;
            assembly ("memory-safe") {
                one := mload(from)
            }
            one = _reverse(one);
            assembly ("memory-safe") {
                mstore(state, xor(mload(state), shr(192, one)))
            }
            KeccakF.permute(state - 0x200);
        }
    }

    /// @dev The word with the bytes of each of its four lanes in reverse.
    function _reverse(uint256 word) private pure returns (uint256) {
        unchecked {
            word = ((word & BYTES) << 8) | ((word >> 8) & BYTES);
            word = ((word & PAIRS) << 16) | ((word >> 16) & PAIRS);
            return ((word & QUADS) << 32) | ((word >> 32) & QUADS);
        }
    }
}
