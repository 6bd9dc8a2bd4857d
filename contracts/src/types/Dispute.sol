// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionStatus} from "./Assertion.sol";

/// @dev Side of a duel: the commitment that joined first.
uint8 constant OLDER = 0;
/// @dev Side of a duel: the commitment that joined later, which moves first.
uint8 constant NEWER = 1;

/// @dev Life of a commitment. Eliminated: lost a duel. Resolved: its dispute ended and its bond was set free or slashed.
enum CommitmentStatus {
    None,
    Alive,
    Eliminated,
    Resolved
}

/// @dev Life of a duel.
enum DuelStatus {
    None,
    Running,
    Over
}

/// @dev Why a commitment was eliminated.
enum Reason {
    None,
    Prove,
    Timeout
}

/// @notice What the AssertionChain knows of an assertion that a dispute needs.
/// @param parentId         Its parent.
/// @param reopenEpoch      Its epoch under that parent.
/// @param currentEpoch     The parent's epoch now.
/// @param fate             What became of it (see `IAssertionChain.fate`).
/// @param endHash          Hash of its end state.
/// @param startHash        Hash of the state its trace begins with: the parent's end, status BLOCK_END, no gas.
/// @param bondId           The bond behind it.
/// @param verifier         Step verifier pinned for its epoch.
/// @param startInboxCount  Inbox leaves consumed at its parent.
/// @param targetCount      Leaves it may consume up to.
/// @param inboxRoot        Inbox root over exactly those.
/// @param clockFrom        Since when its side's clock runs, in seconds: the first rival's time for a first child, the first
///                         child's time for a rival; 0 while not contested.
struct Terms {
    bytes32 parentId;
    uint32 reopenEpoch;
    uint32 currentEpoch;
    AssertionStatus fate;
    bytes32 endHash;
    bytes32 startHash;
    bytes32 bondId;
    address verifier;
    uint64 startInboxCount;
    uint64 targetCount;
    bytes32 inboxRoot;
    uint64 clockFrom;
}

/// @notice Proof that a trace ends in the assertion's end: block leaf 4,095 is `H(blockLeaf, end, segmentsRoot)`.
/// @param segmentsRoot  Root of that block's segments.
/// @param siblings      The leaf's 12 siblings, from the leaf up.
struct LastLeafProof {
    bytes32 segmentsRoot;
    bytes32[] siblings;
}

/// @notice Opening of a block or segment leaf on the way down.
/// @param stateAfter     State after the block or segment.
/// @param subRoot        Root of its segments or steps.
/// @param lastStepsRoot  Blocks only: root of the steps in the last segment leaf; 0 for a segment.
/// @param lastSiblings   Proof that the last leaf below `subRoot` carries `stateAfter`, from the leaf up to the last of the move's 16 children of
///                       `subRoot`: 8 siblings for a block, 20 for a segment.
/// @param prevState      State after the leaf before the disputed one, when the mover enters a leaf that is not the first; else 0.
/// @param prevSubRoot    That leaf's root; else 0.
/// @param prevSiblings   That leaf's 12 siblings when it is not among the mover's 16; else none.
struct LeafOpening {
    bytes32 stateAfter;
    bytes32 subRoot;
    bytes32 lastStepsRoot;
    bytes32[] lastSiblings;
    bytes32 prevState;
    bytes32 prevSubRoot;
    bytes32[] prevSiblings;
}

/// @notice The step leaf before the disputed one, when it is not among the mover's 16 (index in the node 0, step not 0); else empty.
/// @param state     State before the disputed step.
/// @param siblings  Its 24 siblings in the newer side's segment.
struct PreviousStep {
    bytes32 state;
    bytes32[] siblings;
}

/// @notice A committed trace.
/// @param assertionId  The assertion it is a trace of.
/// @param disputeId    `H(dispute, parentId, reopenEpoch)`.
/// @param traceRoot    Its root.
/// @param bondId       The bond behind it.
/// @param joinedAt     Seconds.
/// @param remaining    Seconds on its clock in every duel.
/// @param joinIndex    Position among the dispute's commitments, from 1; newer = larger.
/// @param status       See `CommitmentStatus`.
/// @param reason       Why it was eliminated.
/// @param paid         Whether its joining was credited.
/// @param credit       Wei due to the bond's owner for joining, if its assertion is confirmed.
struct Commitment {
    bytes32 assertionId;
    bytes32 disputeId;
    bytes32 traceRoot;
    bytes32 bondId;
    uint40 joinedAt;
    uint40 remaining;
    uint32 joinIndex;
    CommitmentStatus status;
    Reason reason;
    bool paid;
    uint96 credit;
}

/// @notice A duel of two commitments.
/// @param opened       Node at `depth` of the side that moved last, whose 16 children are known.
/// @param unopened     Node at `depth` of the side to move; at depths 12 and 24 the whole leaf's hash.
/// @param agreedState  State before the block or segment in dispute; 1: the assertion's start.
/// @param levelRoot    The newer side's tree at the level in dispute, against which the leaf before is shown: its segments, then its steps. 0 until
///                     it opened its block; for blocks it is the older side's trace.
/// @param ledger       Hash chain of all moves' credits.
/// @param clock0       Seconds left to the older side.
/// @param clock1       Seconds left to the newer side.
/// @param last         When the clock of the side to move began to run, in seconds.
/// @param pos          First differing position, `depth` bits: block, then segment, then step.
/// @param depth        Levels agreed on, 0 to 44.
/// @param turn         Side to move.
/// @param status       See `DuelStatus`.
/// @param collected    Whether its credits were paid.
struct Duel {
    bytes32 opened;
    bytes32 unopened;
    bytes32 agreedState;
    bytes32 levelRoot;
    bytes32 ledger;
    uint40 clock0;
    uint40 clock1;
    uint40 last;
    uint64 pos;
    uint8 depth;
    uint8 turn;
    DuelStatus status;
    bool collected;
}

/// @notice State of a parent's dispute in one epoch.
/// @param joins              Commitments that joined.
/// @param aliveAssertions    Assertions with at least one commitment alive.
/// @param lastEliminationAt  Seconds; 0 without one.
struct Dispute {
    uint32 joins;
    uint32 aliveAssertions;
    uint40 lastEliminationAt;
}

/// @notice One move's credit in a duel's ledger: `ledger' = H(credit, ledger, side, mover, amount)`.
/// @param side    Side that it was made for.
/// @param mover   Who made it.
/// @param amount  Wei.
struct Credit {
    uint8 side;
    address mover;
    uint256 amount;
}
