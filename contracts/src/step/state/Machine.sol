// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../mpt/MptProof.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Block, Frame, MicroOpSection, Run, Tx} from "./Sections.sol";

/// @notice The machine as far as a proof opens it. Twin of `Machine` in shared/machine/src/state/machine.ts. A section that is not open points nowhere: using it
///         runs out of gas; `MachineState.need` says so first.
/// @param status     `STATUS_RUNNING` or `STATUS_SEGMENT_END`.
/// @param open       Mask of open sections.
/// @param stateRoot  World state.
/// @param scratchRoot  What lives for one transaction.
/// @param hashes     Of sections R, B, T, F, X, as opened.
/// @param stack      Words of F's stack that are known, the deepest first; `stackTop` of them are there.
/// @param stackBase  Hash of the stack below them.
/// @param codeStart  Where the running code is in calldata, once an opcode is due.
/// @param codeLength Its bytes.
/// @param tape       The rest of the proof.
struct Machine {
    uint256 status;
    uint256 open;
    bytes32 stateRoot;
    bytes32 scratchRoot;
    bytes32[5] hashes;
    Run r;
    Block b;
    Tx t;
    Frame f;
    MicroOpSection x;
    uint256[] stack;
    uint256 stackTop;
    bytes32 stackBase;
    uint256 codeStart;
    uint256 codeLength;
    MptProof.Cursor tape;
    LastWalk account;
    LastWalk slot;
}

/// @notice The way to what was read last in a trie; `root` 0 for none.
struct LastWalk {
    bytes32 root;
    bytes32 key;
    MptWalk.Walk way;
}

/// @notice What `verify` is given beside the state: the assertion's frame.
/// @param startInboxCount  Inbox leaves consumed before the assertion.
/// @param targetCount      Leaves it may consume up to.
/// @param inboxRoot        Inbox root over exactly `targetCount` leaves.
/// @param forkId           Rules in force; 0.
struct Context {
    uint64 startInboxCount;
    uint64 targetCount;
    bytes32 inboxRoot;
    uint64 forkId;
}
