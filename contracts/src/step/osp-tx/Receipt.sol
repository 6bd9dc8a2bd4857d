// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {Accounts} from "../state/Accounts.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_R, OPEN_T, OPEN_X, Run, Tx} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {WordTree} from "../state/WordTree.sol";
import {Bloom} from "./Bloom.sol";
import {LogsBloom} from "./LogsBloom.sol";

/// @title The end of a transaction
/// @notice Twin of shared/machine/src/step/osp-tx/receipt.ts.
library Receipt {
    /// @notice Deletes one contract that destroyed itself (EIP-6780), whose address and rest of the chain the tape holds; without one, goes on.
    function txSelfdestruct(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        bytes32 chain = m.t.destroyedChain;
        if (chain == 0) {
            m.x.op = m.t.logCount > 0 ? MicroOp.TX_BLOOM : MicroOp.TX_RECEIPT;
            return;
        }
        (uint256 destroyed, bytes32 rest) = (Tape.takeWord(m.tape), bytes32(Tape.takeWord(m.tape)));
        Tape.check(chain, keccak256(abi.encode(Tags.DESTROYED, rest, destroyed)));
        Accounts.deleteAccount(m, address(uint160(destroyed)));
        m.t.destroyedChain = rest;
    }

    /// @notice Appends the transaction's record to those of the block, and ends the segment. The tape holds the record's place: leaf R.included.
    function txReceipt(Machine memory m) internal pure {
        MachineState.need(m, OPEN_R | OPEN_T | OPEN_X);
        Run memory r = m.r;
        r.cumulativeGas += m.t.gasUsed;
        (, WordTree.Range memory range) = WordTree.takeLeaf(m.tape, r.records, r.included, WordTree.RECORDS_DEPTH);
        r.records = WordTree.setLeaf(range, _record(m.t, r.cumulativeGas));
        ++r.included;
        LogsBloom.unite(_bloomOf(r), Bloom.bloomOf(m.t));
        MachineState.endSegment(m);
    }

    function _record(Tx memory t, uint256 cumulativeGas) private pure returns (bytes32) {
        uint256[8] memory words = [
            uint256(t.txHash), t.rawLength, t.txType, t.success, cumulativeGas, t.logCount, t.logsSize, uint256(t.logsRoot)
        ];
        return keccak256(abi.encodePacked(Tags.RECORD, words, Bloom.bloomOf(t)));
    }

    /// @dev The eight words of R's bloom, where they are.
    function _bloomOf(Run memory r) private pure returns (uint256[8] memory bloom) {
        assembly ("memory-safe") {
            // bloom0 is word 6 of the struct.
            bloom := add(r, 0xc0)
        }
    }
}
