// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev `BlockState.status` between two blocks of an assertion.
uint8 constant STATUS_BLOCK_END = 0;
/// @dev `BlockState.status` of an assertion's last state.
uint8 constant STATUS_ASSERTION_END = 1;

/// @notice State of the rollup between two L2 blocks; what an assertion asserts and a dispute's machine starts from. Hash: tag `crema.blockState.v1`.
/// @param number                  L2 block number.
/// @param blockHash               Its hash.
/// @param stateRoot               Merkle-Patricia root of the L2 state.
/// @param withdrawalsRoot         Storage root of L2ToL1MessagePasser under `stateRoot`.
/// @param inboxCount              Inbox leaves consumed: number - genesis number.
/// @param gasSinceAssertionStart  Gas used by the blocks since the assertion's parent.
/// @param status                  `STATUS_BLOCK_END` or `STATUS_ASSERTION_END`.
struct BlockState {
    uint64 number;
    bytes32 blockHash;
    bytes32 stateRoot;
    bytes32 withdrawalsRoot;
    uint64 inboxCount;
    uint64 gasSinceAssertionStart;
    uint8 status;
}

/// @dev Life of an assertion. Lost: it can never be confirmed and its stake is slashed; Refunded: the guardian invalidated it or an ancestor.
enum AssertionStatus {
    None,
    Pending,
    Confirmed,
    Lost,
    Refunded
}

/// @notice An assertion as stored.
/// @param parentId       Assertion it builds on; zero for genesis.
/// @param stateHash      Hash of its end state.
/// @param outputRoot     OP version-0 output root of its end state.
/// @param l2BlockNumber  Block of its end state.
/// @param inboxCount     Inbox leaves consumed at its end.
/// @param createdAt      Seconds.
/// @param depth          Distance from genesis in assertions.
/// @param reopenEpoch    Times its parent's children had been reopened when it was made.
/// @param status         See `AssertionStatus`; stays Pending until somebody writes the fate down (`IAssertionChain.fate`).
/// @param proposer       Who made it.
/// @param bondId         The bond behind it; zero for genesis.
/// @param startHash      Hash of the state that a child's trace begins with: its end, status BLOCK_END, no gas.
/// @param blockNumberGetter  Contract whose `l2SequenceNumber()` returns `l2BlockNumber`, for tools of the OP Stack.
struct Assertion {
    bytes32 parentId;
    bytes32 stateHash;
    bytes32 outputRoot;
    uint64 l2BlockNumber;
    uint64 inboxCount;
    uint64 createdAt;
    uint32 depth;
    uint32 reopenEpoch;
    AssertionStatus status;
    address proposer;
    bytes32 bondId;
    bytes32 startHash;
    address blockNumberGetter;
}

/// @notice Children of an assertion.
/// @param targetFixed    Whether the target below is fixed.
/// @param targetCount    Inbox leaves that a child may consume up to.
/// @param targetRoot     Inbox root over exactly those leaves.
/// @param firstChildId   First child of the current epoch, or zero.
/// @param firstChildAt   When it was made, in seconds; 0 without one.
/// @param firstRivalAt   When the first rival was made, in seconds; 0 without one.
/// @param reopenEpoch    Times the children were reopened.
/// @param confirmedId    The confirmed child, or zero.
/// @param verifier       Step verifier pinned with the first child of the current epoch; zero without one.
struct Children {
    bool targetFixed;
    uint64 targetCount;
    bytes32 targetRoot;
    bytes32 firstChildId;
    uint64 firstChildAt;
    uint64 firstRivalAt;
    uint32 reopenEpoch;
    bytes32 confirmedId;
    address verifier;
}
