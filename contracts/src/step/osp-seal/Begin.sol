// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../libraries/AppendOnlyTree.sol";
import {InboxLeaves} from "../../libraries/InboxLeaves.sol";
import {Predeploys} from "../../libraries/Predeploys.sol";
import {Tags} from "../../libraries/Tags.sol";
import {BlockState} from "../../types/Assertion.sol";
import {InboxLeaf} from "../../types/Inbox.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Accounts} from "../state/Accounts.sol";
import {Context, Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_F, OPEN_R, OPEN_T, OPEN_X} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Storage} from "../state/Storage.sol";
import {Tape} from "../state/Tape.sol";
import {WordTree} from "../state/WordTree.sol";
import {BaseFee} from "./BaseFee.sol";
import {BlockConstants} from "./ChainConstants.sol";
import {HeaderRlp} from "./HeaderRlp.sol";

/// @title How a block begins
/// @notice Twin of shared/machine/src/step/osp-seal/begin.ts.
library Begin {
    /// @notice The leaf is not in the Inbox at this position.
    error WrongInboxRoot(bytes32 expected, bytes32 actual);

    /// @dev Root of a tree of records without leaves, `z[12]`.
    bytes32 internal constant EMPTY_RECORDS = 0x174df3d0b00a5731d1e25daf0db29b15524c9471b44ac49d5f58440cf3d80aea;
    /// @dev Ring size of both system contracts (EIP-4788, EIP-2935).
    uint256 private constant HISTORY_WINDOW = 8191;
    address internal constant BEACON_ROOTS = 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02;
    address internal constant HISTORY_STORAGE = 0x0000F90827F1C53a10cb7A02335B175320002935;
    /// @dev Entries and deposits of a block.
    uint256 private constant MAX_ENTRIES = 4094;

    /// @notice The first state of the block after `state`: section B from the leaf and the parent's header, both on the tape.
    function blockBegin(Context calldata context, BlockState memory state, MptProof.Cursor memory tape, BlockConstants memory chain)
        internal
        pure
        returns (Machine memory m)
    {
        _open(m, state, tape);
        uint256 baseFee = _baseFee(state, tape, chain);
        InboxLeaf memory leaf = _takeLeaf(tape, state.inboxCount, context.inboxRoot);
        uint256 room = MAX_ENTRIES - (leaf.depositEnd - leaf.depositStart);
        m.b.number = uint256(state.number) + 1;
        m.b.timestamp = leaf.timestamp;
        m.b.gasLimit = chain.gasLimit;
        m.b.baseFee = baseFee;
        m.b.prevRandao = uint256(leaf.prevRandao);
        m.b.originNumber = leaf.originNumber;
        m.b.originHash = leaf.originHash;
        m.b.originTimestamp = leaf.originTimestamp;
        m.b.originBaseFee = leaf.originBaseFee;
        m.b.parentHash = state.blockHash;
        m.b.txCount = leaf.txCount < room ? leaf.txCount : room;
        m.b.txRoot = leaf.txRoot;
        m.b.depositStart = leaf.depositStart;
        m.b.depositEnd = leaf.depositEnd;
        m.b.depositRoot = leaf.depositRoot;
        m.b.inboxCount = state.inboxCount;
        m.b.gasBefore = state.gasSinceAssertionStart;
        m.b.chainId = chain.chainId;
        m.b.portal = chain.portal;
        SectionWords.hashB(m);
        m.r.records = EMPTY_RECORDS;
        m.x.op = MicroOp.SYS_BEACON_TIMESTAMP;
    }

    /// @notice EIP-4788, the timestamp. As all writes of the system, without gas, and only where the account has code.
    function sysBeaconTimestamp(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B);
        _writeSystem(m, BEACON_ROOTS, m.b.timestamp % HISTORY_WINDOW, m.b.timestamp);
        m.x.op = MicroOp.SYS_BEACON_ROOT;
    }

    /// @notice EIP-4788, the origin's hash as root.
    function sysBeaconRoot(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B);
        _writeSystem(m, BEACON_ROOTS, m.b.timestamp % HISTORY_WINDOW + HISTORY_WINDOW, uint256(m.b.originHash));
        m.x.op = MicroOp.SYS_HISTORY;
    }

    /// @notice EIP-2935, the parent's hash.
    function sysHistory(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B);
        _writeSystem(m, HISTORY_STORAGE, (m.b.number - 1) % HISTORY_WINDOW, uint256(m.b.parentHash));
        m.x.op = MicroOp.SYS_L1_BLOCK;
    }

    /// @notice Slot X.i of L1Block (docs/protocol/block.md); after the third the segment ends.
    function sysL1Block(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B);
        uint256 slot = m.x.i;
        uint256 word = slot == 0
            ? (m.b.originTimestamp << 64) | m.b.originNumber
            : slot == 1 ? m.b.originBaseFee : uint256(m.b.originHash);
        _writeSystem(m, Predeploys.L1_BLOCK, slot, word);
        m.x.i = slot + 1;
        if (slot == 2) MachineState.endSegment(m);
    }

    /// @dev A running machine on the block's state, all sections in use open and empty.
    function _open(Machine memory m, BlockState memory state, MptProof.Cursor memory tape) private pure {
        m.tape = tape;
        m.stateRoot = state.stateRoot;
        m.scratchRoot = MptWalk.EMPTY_ROOT;
        m.open = OPEN_R | OPEN_B | OPEN_T | OPEN_F | OPEN_X;
        m.r.tag = Tags.RUN_SECTION;
        m.b.tag = Tags.BLOCK_SECTION;
        m.t.tag = Tags.TX_SECTION;
        m.f.tag = Tags.FRAME_SECTION;
        m.x.tag = Tags.MICRO_OP_SECTION;
        m.f.memRoot = WordTree.EMPTY;
    }

    /// @dev From the parent's header, which the tape holds.
    function _baseFee(BlockState memory state, MptProof.Cursor memory tape, BlockConstants memory chain) private pure returns (uint256) {
        bytes memory header = Tape.takeBytes(tape);
        Tape.check(state.blockHash, keccak256(header));
        (uint256 gasLimit, uint256 gasUsed, uint256 baseFee) = HeaderRlp.gasOf(header, chain.minBaseFee);
        return BaseFee.nextBaseFee(gasLimit, gasUsed, baseFee, chain.elasticity, chain.denominator, chain.minBaseFee);
    }

    /// @dev The leaf at `index` of the Inbox: its 14 words and 32 siblings.
    function _takeLeaf(MptProof.Cursor memory tape, uint256 index, bytes32 root) private pure returns (InboxLeaf memory leaf) {
        uint256 place;
        assembly ("memory-safe") {
            place := leaf
        }
        Tape.takeWords(tape, place, 14);
        bytes32 current = InboxLeaves.inboxLeafHash(leaf);
        for (uint256 height = 0; height < AppendOnlyTree.DEPTH; ++height) {
            bytes32 sibling = bytes32(Tape.takeWord(tape));
            current = (index >> height) & 1 == 1 ? AppendOnlyTree.node(sibling, current) : AppendOnlyTree.node(current, sibling);
        }
        if (current != root) revert WrongInboxRoot(root, current);
    }

    function _writeSystem(Machine memory m, address who, uint256 slot, uint256 value) private pure {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, who);
        if (Accounts.hasCode(account)) Storage.writeStorage(m, who, slot, value);
    }
}
