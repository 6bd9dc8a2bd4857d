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
}
