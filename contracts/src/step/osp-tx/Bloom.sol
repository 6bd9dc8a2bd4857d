// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {WordTree} from "../state/WordTree.sol";
import {LogsBloom} from "./LogsBloom.sol";

/// @title The bloom of a transaction's logs
/// @notice Twin of shared/machine/src/step/osp-tx/bloom.ts.
library Bloom {
    /// @dev Words of a log: address, topic count, four topics, length and chain of the data.
    uint256 private constant LOG_WORDS = 8;

    /// @notice Takes log X.i into the bloom of T. The tape holds its leaf under T.logsRoot, then its words.
    function txBloom(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        (bytes32 leaf,) = WordTree.takeLeaf(m.tape, m.t.logsRoot, m.x.i, WordTree.DEPTH);
        uint256[9] memory log;
        log[0] = uint256(Tags.LOG);
        uint256 begin;
        assembly ("memory-safe") {
            begin := log
        }
        Tape.takeWords(m.tape, begin + 32, LOG_WORDS);
        Tape.check(leaf, keccak256(abi.encodePacked(log)));
        LogsBloom.addToBloom(bloomOf(m.t), log[1], log[2], [log[3], log[4], log[5], log[6]]);
        if (++m.x.i < m.t.logCount) return;
        m.x.i = 0;
        m.x.op = MicroOp.TX_RECEIPT;
    }

    /// @notice The eight words of T's bloom, where they are.
    function bloomOf(Tx memory t) internal pure returns (uint256[8] memory bloom) {
        assembly ("memory-safe") {
            // bloom0 is word 29 of the struct.
            bloom := add(t, 0x3a0)
        }
    }
}
