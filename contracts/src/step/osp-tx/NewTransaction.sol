// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "../state/Machine.sol";
import {STATUS_RUNNING} from "../state/Sections.sol";
import {WordTree} from "../state/WordTree.sol";

/// @title What every transaction begins with
/// @notice Twin of shared/machine/src/step/osp-tx/new-transaction.ts.
library NewTransaction {
    /// @notice Sets T's words that follow from the encoding and the state; fields, gas and chains are the caller's. The segment runs.
    function newTransaction(Machine memory m, bytes memory raw, bytes32 rawHash) internal pure {
        m.t.rawRoot = WordTree.rootOfBytes(raw);
        m.t.rawLength = raw.length;
        m.t.txHash = rawHash;
        m.t.startState = m.stateRoot;
        m.t.logsRoot = WordTree.EMPTY;
        m.status = STATUS_RUNNING;
    }
}
