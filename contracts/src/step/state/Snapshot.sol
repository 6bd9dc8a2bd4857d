// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Machine} from "./Machine.sol";

/// @title What a failing frame goes back to
/// @notice Roots and counters: whoever goes back to them has undone all since. Twin of shared/machine/src/state/snapshot.ts.
library Snapshot {
    /// @notice Notes in F what is now, and the world state `state`, which may be of a moment before.
    function takeSnapshot(Machine memory m, bytes32 state) internal pure {
        m.f.snapState = state;
        m.f.snapScratch = m.scratchRoot;
        m.f.snapRefund = m.t.refund;
        m.f.snapDestroyed = m.t.destroyedChain;
        m.f.snapLogCount = m.t.logCount;
        m.f.snapLogsSize = m.t.logsSize;
        m.f.snapLogsRoot = m.t.logsRoot;
    }

    /// @notice Undoes all that was done since F's snapshot.
    function restoreSnapshot(Machine memory m) internal pure {
        m.stateRoot = m.f.snapState;
        m.scratchRoot = m.f.snapScratch;
        m.t.refund = m.f.snapRefund;
        m.t.destroyedChain = m.f.snapDestroyed;
        m.t.logCount = m.f.snapLogCount;
        m.t.logsSize = m.f.snapLogsSize;
        m.t.logsRoot = m.f.snapLogsRoot;
    }
}
