// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertions} from "../../libraries/Assertions.sol";
import {BlockState} from "../../types/Assertion.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {Tape} from "./Tape.sol";

/// @title States between blocks, opened under their hash
library BlockStates {
    /// @dev First byte of a proof that opens a BlockState.
    uint256 internal constant FORM_BLOCK_STATE = 0;

    function isOpenedBy(bytes calldata proof) internal pure returns (bool) {
        return proof.length > 0 && uint8(proof[0]) == FORM_BLOCK_STATE;
    }

    /// @notice Opens the BlockState whose hash is `before`; the tape stands behind it.
    function open(bytes32 before, bytes calldata proof) internal pure returns (BlockState memory state, MptProof.Cursor memory tape) {
        tape = MptProof.open(proof);
        Tape.takeInteger(tape, 1);
        state.number = uint64(Tape.takeWord(tape));
        state.blockHash = bytes32(Tape.takeWord(tape));
        state.stateRoot = bytes32(Tape.takeWord(tape));
        state.withdrawalsRoot = bytes32(Tape.takeWord(tape));
        state.inboxCount = uint64(Tape.takeWord(tape));
        state.gasSinceAssertionStart = uint64(Tape.takeWord(tape));
        state.status = uint8(Tape.takeWord(tape));
        Tape.check(before, Assertions.stateHash(state));
    }
}
