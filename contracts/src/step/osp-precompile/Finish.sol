// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Leave} from "../osp-call/Leave.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {ByteSlice} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";

/// @title End of a precompile's call
/// @notice Twin of shared/machine/src/step/osp-precompile/finish.ts.
library Finish {
    /// @notice Gives the caller what the precompile returned and the gas it left. The transaction ends if it called the precompile itself.
    function finishPrecompile(Machine memory m, ByteSlice memory output, uint256 gasLeft) internal pure {
        _finish(m, true, output, gasLeft);
    }

    /// @notice The precompile's gas is gone, the transfer of value undone, nothing is returned.
    function failPrecompile(Machine memory m) internal pure {
        m.stateRoot = m.x.before;
        _finish(m, false, Bytes.none(), 0);
    }

    function _finish(Machine memory m, bool success, ByteSlice memory output, uint256 gasLeft) private pure {
        (uint256 retOff, uint256 retLen) = (m.x.retOff, m.x.retLen);
        SectionWords.clearX(m);
        if (m.f.depth == 0) {
            Leave.leaveTransaction(m, success, gasLeft);
            return;
        }
        m.f.gas += gasLeft;
        Leave.finishCall(m, success, output, retOff, retLen);
    }
}
