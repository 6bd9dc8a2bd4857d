// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev `Machine.status` while a segment runs.
uint256 constant STATUS_RUNNING = 0;
/// @dev `Machine.status` between two segments.
uint256 constant STATUS_SEGMENT_END = 1;

/// @dev Bits of the mask that says which sections are open.
uint256 constant OPEN_R = 1;
uint256 constant OPEN_B = 2;
uint256 constant OPEN_T = 4;
uint256 constant OPEN_F = 8;
uint256 constant OPEN_X = 16;

/// @notice Section B, constant within a block; docs/protocol/machine.md. `tag` makes the words and their hash's preimage one piece of memory.
struct Block {
    bytes32 tag;
    uint256 number;
    uint256 timestamp;
    uint256 gasLimit;
    uint256 baseFee;
    uint256 prevRandao;
    uint256 originNumber;
    bytes32 originHash;
    uint256 originTimestamp;
    uint256 originBaseFee;
    bytes32 parentHash;
    uint256 txCount;
    bytes32 txRoot;
    uint256 depositStart;
    uint256 depositEnd;
    bytes32 depositRoot;
    uint256 inboxCount;
    uint256 gasBefore;
    uint256 chainId;
    address portal;
}

/// @notice Section R: what the block's transactions came to so far.
struct Run {
    bytes32 tag;
    uint256 cumulativeGas;
    uint256 included;
    uint256 nextDeposit;
    uint256 nextEntry;
    bytes32 records;
    uint256 bloom0;
    uint256 bloom1;
    uint256 bloom2;
    uint256 bloom3;
    uint256 bloom4;
    uint256 bloom5;
    uint256 bloom6;
    uint256 bloom7;
    bytes32 transactionsRoot;
    bytes32 receiptsRoot;
}

/// @notice Section T: the transaction under way. Amounts in wei.
struct Tx {
    bytes32 tag;
    uint256 txType;
    address origin;
    uint256 nonce;
    uint256 gasLimit;
    uint256 gasPrice;
    uint256 tip;
    uint256 feeCap;
    uint256 value;
    uint256 isCreation;
    address to;
    bytes32 rawRoot;
    uint256 rawLength;
    bytes32 txHash;
    uint256 dataOffset;
    uint256 dataLength;
    uint256 intrinsicGas;
    uint256 floorGas;
    bytes32 warmChain;
    bytes32 authChain;
    bytes32 startState;
    uint256 refund;
    bytes32 destroyedChain;
    uint256 logCount;
    uint256 logsSize;
    bytes32 logsRoot;
    uint256 success;
    uint256 gasLeft;
    uint256 gasUsed;
    uint256 bloom0;
    uint256 bloom1;
    uint256 bloom2;
    uint256 bloom3;
    uint256 bloom4;
    uint256 bloom5;
    uint256 bloom6;
    uint256 bloom7;
}

/// @notice Section F, behind what changes at every opcode (the first six words, committed beside the sections). Offsets and lengths in bytes.
struct Frame {
    uint256 pc;
    uint256 gas;
    uint256 sp;
    uint256 memWords;
    bytes32 stackHash;
    bytes32 memRoot;
    bytes32 tag;
    uint256 depth;
    bytes32 parent;
    uint256 kind;
    uint256 isStatic;
    address self;
    address caller;
    uint256 value;
    bytes32 codeHash;
    bytes32 inputRoot;
    uint256 inputOffset;
    uint256 inputLength;
    bytes32 returnRoot;
    uint256 returnOffset;
    uint256 returnLength;
    uint256 retOff;
    uint256 retLen;
    bytes32 snapState;
    bytes32 snapScratch;
    uint256 snapRefund;
    bytes32 snapDestroyed;
    uint256 snapLogCount;
    uint256 snapLogsSize;
    bytes32 snapLogsRoot;
}

/// @notice Section X: the micro-op that is due and its operands.
struct MicroOpSection {
    bytes32 tag;
    uint256 op;
    uint256 i;
    uint256 kind;
    uint256 isStatic;
    uint256 gas;
    address target;
    address caller;
    uint256 value;
    address codeAddress;
    uint256 delegated;
    uint256 retOff;
    uint256 retLen;
    bytes32 before;
    uint256 sourceKind;
    bytes32 sourceRoot;
    uint256 sourceOffset;
    uint256 sourceLength;
    uint256 dstOff;
    bytes32 hasher;
    uint256 a0;
    uint256 a1;
    uint256 a2;
    uint256 a3;
}

/// @notice Bytes under a word tree; nothing is three zeros.
struct ByteSlice {
    bytes32 root;
    uint256 offset;
    uint256 length;
}
