// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {Machine} from "./Machine.sol";
import {MachineState} from "./MachineState.sol";
import {Frame} from "./Sections.sol";
import {SectionWords} from "./SectionWords.sol";
import {Stack} from "./Stack.sol";
import {Tape} from "./Tape.sol";
import {WordTree} from "./WordTree.sol";

/// @title The suspended callers of the running frame
/// @notice A hash chain: each frame holds `H(suspendedFrame, hash of F, packed, stackHash, memRoot)` of its caller, 0 for none.
library CallStack {
    /// @notice Suspends the running frame, if there is one, and starts an empty one below it.
    function suspend(Machine memory m) internal pure {
        Frame memory callee;
        callee.tag = m.f.tag;
        callee.depth = m.f.depth + 1;
        callee.memRoot = WordTree.EMPTY;
        if (m.f.depth > 0) {
            callee.parent = _hash(SectionWords.hashF(m), MachineState.pack(m), Stack.close(m), m.f.memRoot);
        }
        m.f = callee;
        (m.stackTop, m.stackBase) = (0, 0);
    }

    /// @notice Goes back to the running frame's caller, which the tape holds.
    function resume(Machine memory m) internal pure {
        bytes32 expected = m.f.parent;
        Frame memory resumed;
        uint256 start;
        assembly ("memory-safe") {
            start := resumed
        }
        bytes32 words = SectionWords.takeFrame(m, start);
        uint256 packed = Tape.takeWord(m.tape);
        resumed.stackHash = bytes32(Tape.takeWord(m.tape));
        resumed.memRoot = bytes32(Tape.takeWord(m.tape));
        Tape.check(expected, _hash(words, packed, resumed.stackHash, resumed.memRoot));
        m.f = resumed;
        MachineState.unpack(m, packed);
        (m.stackTop, m.stackBase) = (0, resumed.stackHash);
    }

    /// @notice No frame any more: the transaction's own one is left.
    function clear(Machine memory m) internal pure {
        SectionWords.clearF(m);
        (m.stackTop, m.stackBase) = (0, 0);
    }

    function _hash(bytes32 words, uint256 packed, bytes32 stackHash, bytes32 memRoot) private pure returns (bytes32) {
        return keccak256(abi.encode(Tags.SUSPENDED_FRAME, words, packed, stackHash, memRoot));
    }
}
