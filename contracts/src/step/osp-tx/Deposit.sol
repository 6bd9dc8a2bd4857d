// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../libraries/AppendOnlyTree.sol";
import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Accounts} from "../state/Accounts.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {OPEN_B, OPEN_F, OPEN_R, OPEN_T, OPEN_X, Tx} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {DepositTransaction} from "./DepositTransaction.sol";
import {Gas} from "./Gas.sol";
import {NewTransaction} from "./NewTransaction.sol";
import {Siblings} from "./Siblings.sol";
import {WarmChain} from "./WarmChain.sol";

/// @title Deposits
/// @notice Twin of shared/machine/src/step/osp-tx/deposit.ts.
library Deposit {
    /// @notice The leaf's next deposit as a transaction of type 0x7e; it is never skipped. The tape holds from, to, isCreation, mint, value, gasLimit, the data,
    ///         and 32 siblings under B.depositRoot.
    function depositLoad(Machine memory m) internal pure {
        MachineState.need(m, OPEN_R | OPEN_B | OPEN_T | OPEN_F | OPEN_X);
        DepositTransaction.Deposit memory deposit = _take(m, m.b.depositStart + m.r.nextDeposit++);
        (bytes memory raw, uint256 dataOffset) = DepositTransaction.encode(deposit, m.b.portal);
        _fill(m.t, deposit);
        m.t.dataOffset = dataOffset;
        NewTransaction.newTransaction(m, raw, keccak256(raw));
        m.x.value = deposit.mint;
        m.x.op = MicroOp.DEPOSIT_MINT;
    }

    /// @notice X.value, the mint, and the nonce, which stand whatever follows.
    function depositMint(Machine memory m) internal pure {
        MachineState.need(m, OPEN_T | OPEN_X);
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.t.origin);
        m.t.nonce = account.nonce;
        account.balance += m.x.value;
        ++account.nonce;
        Accounts.writeAccount(m, m.t.origin, account);
        m.t.startState = m.stateRoot;
        m.x.value = 0;
        m.x.op = MicroOp.TX_WARM;
    }

    function _take(Machine memory m, uint256 index) private pure returns (DepositTransaction.Deposit memory deposit) {
        deposit.index = index;
        deposit.from = Tape.takeWord(m.tape);
        deposit.to = Tape.takeWord(m.tape);
        uint256 isCreation = Tape.takeWord(m.tape);
        deposit.isCreation = isCreation == 1;
        deposit.mint = Tape.takeWord(m.tape);
        deposit.value = Tape.takeWord(m.tape);
        deposit.gasLimit = Tape.takeWord(m.tape);
        deposit.data = Tape.takeBytes(m.tape);
        uint256[7] memory words =
            [index, deposit.from, deposit.to, isCreation, deposit.mint, deposit.value, deposit.gasLimit];
        bytes32 leaf = keccak256(abi.encodePacked(Tags.DEPOSIT, words, keccak256(deposit.data)));
        Siblings.check(m.tape, m.b.depositRoot, leaf, index, AppendOnlyTree.DEPTH);
    }

    function _fill(Tx memory t, DepositTransaction.Deposit memory deposit) private pure {
        uint256 size = deposit.data.length;
        uint256 begin;
        bytes memory data = deposit.data;
        assembly ("memory-safe") {
            begin := add(data, 0x20)
        }
        uint256 zeros = Gas.zeroBytes(begin, size);
        t.txType = 0x7e;
        t.origin = address(uint160(deposit.from));
        t.gasLimit = deposit.gasLimit;
        t.value = deposit.value;
        t.isCreation = deposit.isCreation ? 1 : 0;
        t.to = address(uint160(deposit.to));
        t.dataLength = size;
        t.intrinsicGas = Gas.intrinsicGas(size, zeros, deposit.isCreation, 0, 0, 0);
        t.floorGas = Gas.floorGas(size, zeros);
        t.warmChain = WarmChain.withParties(0, deposit.from, deposit.isCreation, deposit.to);
    }
}
