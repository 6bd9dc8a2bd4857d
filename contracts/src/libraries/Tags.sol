// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Domain tags of every hash
/// @notice `tag = keccak256("crema.NAME.v1")`. Twin of shared/protocol/src/tags.ts; both are checked against vectors/tags.json.
library Tags {
    bytes32 internal constant NODE = keccak256("crema.node.v1");
    bytes32 internal constant SEQUENCER_HEADER = keccak256("crema.sequencerHeader.v1");
    bytes32 internal constant HISTORY_LEAF = keccak256("crema.historyLeaf.v1");
    bytes32 internal constant COMMITTEE_SET = keccak256("crema.committeeSet.v1");
    bytes32 internal constant FIRST_LANE_TIP = keccak256("crema.firstLaneTip.v1");
    bytes32 internal constant LANE_TIP = keccak256("crema.laneTip.v1");
    bytes32 internal constant LANE_LEAF = keccak256("crema.laneLeaf.v1");
    bytes32 internal constant LANES_ROOT = keccak256("crema.lanesRoot.v1");
    bytes32 internal constant TX_ENTRY = keccak256("crema.txEntry.v1");
    bytes32 internal constant PREV_RANDAO = keccak256("crema.prevRandao.v1");
    bytes32 internal constant INBOX_LEAF = keccak256("crema.inboxLeaf.v1");
    bytes32 internal constant DEPOSIT = keccak256("crema.deposit.v1");
    bytes32 internal constant DEPOSIT_SOURCE = keccak256("crema.depositSource.v1");
    bytes32 internal constant BLOCK_STATE = keccak256("crema.blockState.v1");
    bytes32 internal constant ASSERTION = keccak256("crema.assertion.v1");
    bytes32 internal constant CONFIG = keccak256("crema.config.v1");
    bytes32 internal constant BOND = keccak256("crema.bond.v1");
    bytes32 internal constant STACK_WORD = keccak256("crema.stackWord.v1");
    bytes32 internal constant BLOCK_SECTION = keccak256("crema.blockSection.v1");
    bytes32 internal constant RUN_SECTION = keccak256("crema.runSection.v1");
    bytes32 internal constant TX_SECTION = keccak256("crema.txSection.v1");
    bytes32 internal constant FRAME_SECTION = keccak256("crema.frameSection.v1");
    bytes32 internal constant MICRO_OP_SECTION = keccak256("crema.microOpSection.v1");
    bytes32 internal constant SUSPENDED_FRAME = keccak256("crema.suspendedFrame.v1");
    bytes32 internal constant MACHINE = keccak256("crema.machine.v1");
    bytes32 internal constant RECORD = keccak256("crema.record.v1");
    bytes32 internal constant WARM_ITEM = keccak256("crema.warmItem.v1");
    bytes32 internal constant AUTHORIZATION = keccak256("crema.authorization.v1");
    bytes32 internal constant DESTROYED = keccak256("crema.destroyed.v1");
    bytes32 internal constant LOG = keccak256("crema.log.v1");
    bytes32 internal constant LOG_DATA = keccak256("crema.logData.v1");
    bytes32 internal constant HASHER = keccak256("crema.hasher.v1");
    bytes32 internal constant OPEN_TRIE = keccak256("crema.openTrie.v1");
    bytes32 internal constant SEGMENT_LEAF = keccak256("crema.segmentLeaf.v1");
    bytes32 internal constant BLOCK_LEAF = keccak256("crema.blockLeaf.v1");
    bytes32 internal constant DISPUTE = keccak256("crema.dispute.v1");
    bytes32 internal constant COMMITMENT = keccak256("crema.commitment.v1");
    bytes32 internal constant DUEL = keccak256("crema.duel.v1");
    bytes32 internal constant CREDIT = keccak256("crema.credit.v1");
}
