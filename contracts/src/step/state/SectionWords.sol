// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {Machine} from "./Machine.sol";
import {OPEN_B, OPEN_F, OPEN_R, OPEN_T, OPEN_X} from "./Sections.sol";
import {Tape} from "./Tape.sol";
import {WordTree} from "./WordTree.sol";

/// @title The words of the sections in memory
/// @notice A section's struct is its tag and its words in one piece, so that it is read and hashed as a whole. F begins with what is committed beside the
///         sections.
library SectionWords {
    uint256 internal constant R_WORDS = 15;
    uint256 internal constant B_WORDS = 19;
    uint256 internal constant T_WORDS = 36;
    uint256 internal constant F_WORDS = 23;
    uint256 internal constant X_WORDS = 23;
    /// @dev Bytes of `Frame` before its tag.
    uint256 internal constant F_OFFSET = 192;

    // Hashes of sections that are not in use: of zero words.
    bytes32 internal constant EMPTY_R = 0x0a90c351bbfd1ad9a67362d2e604b974a6983f2abaac3af8bc596c58d8b06495;
    bytes32 internal constant EMPTY_B = 0xcbede67d9b1e93ba0cee2ba85d33bd06d885e87705802628af37baa750ed2f01;
    bytes32 internal constant EMPTY_T = 0x116c9e6d1464593178062a6bca6855b07b5d99e22ac847c1ac39bf80f90e5ce2;
    bytes32 internal constant EMPTY_F = 0x16de7cd67c4e4172f3fa59605f2ad033fdbe78123b37823130dc83b2f3e07764;
    bytes32 internal constant EMPTY_X = 0x571a2940d2b9a18656091e2464131cacdbd17941a0b99351f027bd2a81c576b8;

    /// @notice Takes every section from the tape: its words where `mask` says so, else its hash. What is not open gets out of reach.
    function openAll(Machine memory m, uint256 mask) internal pure {
        m.r.tag = Tags.RUN_SECTION;
        m.b.tag = Tags.BLOCK_SECTION;
        m.t.tag = Tags.TX_SECTION;
        m.f.tag = Tags.FRAME_SECTION;
        m.x.tag = Tags.MICRO_OP_SECTION;
        _open(m, mask, 0, R_WORDS, EMPTY_R);
        _open(m, mask, 1, B_WORDS, EMPTY_B);
        _open(m, mask, 2, T_WORDS, EMPTY_T);
        _open(m, mask, 3, F_WORDS, EMPTY_F);
        _open(m, mask, 4, X_WORDS, EMPTY_X);
        uint256 isOpen = m.open;
        assembly ("memory-safe") {
            // Machine.r, .b, .t, .x are its words 5, 6, 7 and 9.
            let nowhere := 0xffffffff
            if iszero(and(isOpen, 1)) { mstore(add(m, 0xa0), nowhere) }
            if iszero(and(isOpen, 2)) { mstore(add(m, 0xc0), nowhere) }
            if iszero(and(isOpen, 4)) { mstore(add(m, 0xe0), nowhere) }
            if iszero(and(isOpen, 16)) { mstore(add(m, 0x120), nowhere) }
        }
    }

    /// @notice Hashes the open sections. B never changes within a block.
    function hashAll(Machine memory m) internal pure {
        if (m.open & OPEN_R != 0) m.hashes[0] = _hash(_begin(m, 0), R_WORDS);
        if (m.open & OPEN_T != 0) m.hashes[2] = _hash(_begin(m, 2), T_WORDS);
        if (m.open & OPEN_F != 0) m.hashes[3] = _hash(_begin(m, 3), F_WORDS);
        if (m.open & OPEN_X != 0) m.hashes[4] = _hash(_begin(m, 4), X_WORDS);
    }

    /// @notice Hashes B too: at the block's begin.
    function hashB(Machine memory m) internal pure {
        m.hashes[1] = _hash(_begin(m, 1), B_WORDS);
    }

    function clearT(Machine memory m) internal pure {
        _clear(_begin(m, 2), T_WORDS);
    }

    function clearX(Machine memory m) internal pure {
        _clear(_begin(m, 4), X_WORDS);
    }

    /// @notice No frame: no words, nothing on the stack, empty memory.
    function clearF(Machine memory m) internal pure {
        _clear(_begin(m, 3), F_WORDS);
        (m.f.pc, m.f.gas, m.f.sp, m.f.memWords, m.f.stackHash) = (0, 0, 0, 0, 0);
        m.f.memRoot = WordTree.EMPTY;
    }

    /// @notice Takes F's words from the tape to the frame at `frame`, tagged; returns their hash.
    function takeFrame(Machine memory m, uint256 frame) internal pure returns (bytes32) {
        bytes32 tag = Tags.FRAME_SECTION;
        uint256 begin = frame + F_OFFSET;
        assembly ("memory-safe") {
            mstore(begin, tag)
        }
        Tape.takeWords(m.tape, begin + 32, F_WORDS);
        return _hash(begin, F_WORDS);
    }

    /// @notice Hash of F's words as they are.
    function hashF(Machine memory m) internal pure returns (bytes32) {
        return _hash(_begin(m, 3), F_WORDS);
    }

    function _open(Machine memory m, uint256 mask, uint256 section, uint256 words, bytes32 empty) private pure {
        if ((mask >> section) & 1 == 1) {
            uint256 begin = _begin(m, section);
            Tape.takeWords(m.tape, begin + 32, words);
            m.hashes[section] = _hash(begin, words);
            m.open |= 1 << section;
        } else {
            bytes32 hash = bytes32(Tape.takeWord(m.tape));
            m.hashes[section] = hash;
            if (hash == empty) m.open |= 1 << section;
        }
    }

    /// @dev Where a section's tag is in memory.
    function _begin(Machine memory m, uint256 section) private pure returns (uint256 begin) {
        assembly ("memory-safe") {
            begin := mload(add(add(m, 0xa0), shl(5, section)))
        }
        if (section == 3) begin += F_OFFSET;
    }

    function _hash(uint256 begin, uint256 words) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(begin, shl(5, add(words, 1)))
        }
    }

    function _clear(uint256 begin, uint256 words) private pure {
        assembly ("memory-safe") {
            calldatacopy(add(begin, 0x20), calldatasize(), shl(5, words))
        }
    }
}
