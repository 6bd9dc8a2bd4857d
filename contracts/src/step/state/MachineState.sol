// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Machine} from "./Machine.sol";
import {OPEN_F, OPEN_T, OPEN_X, STATUS_SEGMENT_END} from "./Sections.sol";
import {SectionWords} from "./SectionWords.sol";
import {Stack} from "./Stack.sol";
import {Tape} from "./Tape.sol";
import {WordTree} from "./WordTree.sol";

/// @title Opening the machine under its hash, and closing it again
/// @notice docs/protocol/machine.md, Commitments and Proofs. Twin of shared/machine/src/commit/machine-hash.ts.
library MachineState {
    /// @notice The proof opens a BlockState, or something else altogether.
    error NotAMachine(uint256 form);
    /// @notice The proof opens another state.
    error WrongState(bytes32 expected, bytes32 actual);
    /// @notice The step needs these sections, and these are open.
    error SectionClosed(uint256 needed, uint256 open);

    /// @dev First byte of a proof that opens a machine.
    uint256 internal constant FORM_MACHINE = 1;

    /// @notice Opens the machine whose hash is `before`; the tape stands behind the opening. F is always open.
    function open(bytes32 before, bytes calldata proof) internal pure returns (Machine memory m) {
        MptProof.Cursor memory tape = MptProof.open(proof);
        m.tape = tape;
        uint256 form = Tape.takeInteger(tape, 1);
        if (form != FORM_MACHINE) revert NotAMachine(form);
        uint256 mask = Tape.takeInteger(tape, 1);
        uint256 packed = Tape.takeWord(tape);
        m.f.stackHash = bytes32(Tape.takeWord(tape));
        m.f.memRoot = bytes32(Tape.takeWord(tape));
        m.stateRoot = bytes32(Tape.takeWord(tape));
        m.scratchRoot = bytes32(Tape.takeWord(tape));
        unpack(m, packed);
        SectionWords.openAll(m, mask);
        bytes32 actual = _hash(m, packed);
        if (actual != before) revert WrongState(before, actual);
        need(m, OPEN_F);
        m.stackBase = m.f.stackHash;
    }

    /// @notice Reverts unless all sections of `mask` are open.
    function need(Machine memory m, uint256 mask) internal pure {
        if (m.open & mask != mask) revert SectionClosed(mask, m.open);
    }

    /// @notice Hash of the machine as it is now. The tape must be used up.
    function close(Machine memory m) internal pure returns (bytes32) {
        MptProof.close(m.tape);
        m.f.stackHash = Stack.close(m);
        SectionWords.hashAll(m);
        return _hash(m, pack(m));
    }

    /// @notice The transaction, its frame and its micro-op are over.
    function endSegment(Machine memory m) internal pure {
        m.status = STATUS_SEGMENT_END;
        m.scratchRoot = MptWalk.EMPTY_ROOT;
        need(m, OPEN_T | OPEN_F | OPEN_X);
        SectionWords.clearT(m);
        SectionWords.clearX(m);
        SectionWords.clearF(m);
        (m.stackTop, m.stackBase) = (0, 0);
    }

    /// @notice What changes at every opcode, in one word.
    function pack(Machine memory m) internal pure returns (uint256) {
        return m.f.pc | (m.f.gas << 32) | (m.f.sp << 96) | (m.f.memWords << 112) | (m.status << 144);
    }

    /// @notice Undoes `pack`.
    function unpack(Machine memory m, uint256 packed) internal pure {
        m.f.pc = uint32(packed);
        m.f.gas = uint64(packed >> 32);
        m.f.sp = uint16(packed >> 96);
        m.f.memWords = uint32(packed >> 112);
        m.status = packed >> 144;
    }

    function _hash(Machine memory m, uint256 packed) private pure returns (bytes32) {
        bytes32[5] memory hashes = m.hashes;
        bytes32 rest = keccak256(
            abi.encode(Tags.MACHINE, m.stateRoot, m.scratchRoot, hashes[0], hashes[1], hashes[2], hashes[3], hashes[4])
        );
        return keccak256(abi.encode(rest, packed, m.f.stackHash, m.f.memRoot));
    }
}
