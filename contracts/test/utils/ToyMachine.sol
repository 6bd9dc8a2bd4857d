// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertions} from "../../src/libraries/Assertions.sol";
import {Context} from "../../src/step/state/Machine.sol";
import {BlockState, STATUS_ASSERTION_END} from "../../src/types/Assertion.sol";

/// @dev A tiny machine on hashes: each block of the target has `SEGMENTS` segments of `STEPS` steps, each of which hashes; what lies behind repeats its state. The frame and
///      the position are hashed in, so that a wrong one gives a wrong state. The last step makes the assertion's end.
library ToyMachine {
    uint64 internal constant SEGMENTS = 3;
    uint64 internal constant STEPS = 20;
    uint64 internal constant GENESIS_NUMBER = 100;

    function blocks(Context memory context) internal pure returns (uint64) {
        return context.targetCount - context.startInboxCount;
    }

    /// @dev Whether (b, x, i) is the last step that does anything, or lies behind it.
    function isEnd(Context memory context, uint64 b, uint64 x, uint64 i) internal pure returns (bool) {
        uint64 last = blocks(context) - 1;
        if (b != last) return b > last;
        if (x != SEGMENTS - 1) return x > SEGMENTS - 1;
        return i >= STEPS - 1;
    }

    function step(Context memory context, bytes32 before, uint64 b, uint64 x, uint64 i) internal pure returns (bytes32) {
        if (b >= blocks(context) || x >= SEGMENTS || i >= STEPS) return before;
        if (isEnd(context, b, x, i)) return Assertions.stateHash(end(context, before));
        return keccak256(abi.encode(context, before, b, x, i));
    }

    /// @dev The end that the last step makes of the state before it.
    function end(Context memory context, bytes32 before) internal pure returns (BlockState memory) {
        return BlockState({
            number: GENESIS_NUMBER + context.targetCount,
            blockHash: before,
            stateRoot: before,
            withdrawalsRoot: before,
            inboxCount: context.targetCount,
            gasSinceAssertionStart: 0,
            status: STATUS_ASSERTION_END
        });
    }
}
