// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Accounts} from "./Accounts.sol";
import {SectionWords} from "./SectionWords.sol";
import {OPEN_B, OPEN_F, OPEN_R, OPEN_X} from "./Sections.sol";
import {MachineState} from "./MachineState.sol";

/// @title What a proof claims, read without opening it
/// @notice Tells which part to call. Nothing here is authentic: the part opens the same bytes under the state's hash and refuses what is not its own. Words lie as
///         `MachineState.open` takes them.
library Peek {
    /// @notice The proof is shorter than what it opens.
    error ProofTooShort(uint256 needed, uint256 length);

    /// @dev Form, mask; then packed, stackHash, memRoot, stateRoot, scratchRoot.
    uint256 private constant PACKED = 2;
    uint256 private constant SECTIONS = 162;

    /// @param mask  Sections whose words the proof holds.
    /// @param r     Where in the proof R starts, and so on: its words, or its hash.
    /// @param tape  Where the tape starts.
    struct Layout {
        uint256 mask;
        uint256 r;
        uint256 b;
        uint256 f;
        uint256 x;
        uint256 tape;
    }

    /// @notice Where the sections lie.
    function layoutOf(bytes calldata proof) internal pure returns (Layout memory places) {
        if (proof.length < SECTIONS) revert ProofTooShort(SECTIONS, proof.length);
        uint256 mask = uint8(proof[1]);
        places.mask = mask;
        places.r = SECTIONS;
        places.b = places.r + _size(mask, 0, SectionWords.R_WORDS);
        uint256 t = places.b + _size(mask, 1, SectionWords.B_WORDS);
        places.f = t + _size(mask, 2, SectionWords.T_WORDS);
        places.x = places.f + _size(mask, 3, SectionWords.F_WORDS);
        places.tape = places.x + _size(mask, 4, SectionWords.X_WORDS);
        if (proof.length < places.tape) revert ProofTooShort(places.tape, proof.length);
    }

    function status(bytes calldata proof) internal pure returns (uint256) {
        return _word(proof, PACKED) >> 144;
    }

    /// @notice X.op; 0 if X is not in use.
    function op(bytes calldata proof, Layout memory places) internal pure returns (uint256) {
        if (places.mask & OPEN_X != 0) return _word(proof, places.x);
        _needEmpty(proof, places.x, SectionWords.EMPTY_X, OPEN_X, places.mask);
        return 0;
    }

    /// @notice The opcode at pc.
    function opcode(bytes calldata proof, Layout memory places) internal pure returns (uint256) {
        if (places.mask & OPEN_F == 0) revert MachineState.SectionClosed(OPEN_F, places.mask);
        // Word 7 of F: the code's hash. The empty code is not on the tape.
        if (bytes32(_word(proof, places.f + 7 * 32)) == Accounts.EMPTY_CODE_HASH) return 0;
        if (proof.length < places.tape + 4) revert ProofTooShort(places.tape + 4, proof.length);
        uint256 length = _word(proof, places.tape) >> 224;
        uint256 pc = uint32(_word(proof, PACKED));
        if (pc >= length) return 0;
        return _word(proof, places.tape + 4 + pc) >> 248;
    }

    /// @notice Deposits and entries whose segments have not begun.
    function left(bytes calldata proof, Layout memory places) internal pure returns (bool deposits, bool entries) {
        uint256 needed = OPEN_R | OPEN_B;
        if (places.mask & needed != needed) revert MachineState.SectionClosed(needed, places.mask);
        unchecked {
            // R: cumulativeGas, included, nextDeposit, nextEntry. B: txCount is word 10, depositStart and depositEnd are words 12 and 13.
            uint256 count = _word(proof, places.b + 13 * 32) - _word(proof, places.b + 12 * 32);
            deposits = _word(proof, places.r + 2 * 32) < count;
            entries = _word(proof, places.r + 3 * 32) < _word(proof, places.b + 10 * 32);
        }
    }

    function _needEmpty(bytes calldata proof, uint256 at, bytes32 empty, uint256 section, uint256 mask) private pure {
        if (bytes32(_word(proof, at)) != empty) revert MachineState.SectionClosed(section, mask);
    }

    function _size(uint256 mask, uint256 section, uint256 words) private pure returns (uint256) {
        return (mask >> section) & 1 == 1 ? 32 * words : 32;
    }

    /// @dev Bytes behind the proof may be read: they decide nothing.
    function _word(bytes calldata proof, uint256 at) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(proof.offset, at))
        }
    }
}
