// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Accounts} from "../../../src/step/state/Accounts.sol";
import {Machine} from "../../../src/step/state/Machine.sol";
import {Storage} from "../../../src/step/state/Storage.sol";

/// @dev Reads before and after a write that is undone.
contract LastWalkHarness {
    /// @dev Reads, writes, goes back to the state before, reads again.
    function balanceAfterUndo(bytes32 stateRoot, address who, uint256 balance, bytes calldata tape) external pure returns (uint256) {
        Machine memory m;
        m.tape = MptProof.open(tape);
        m.stateRoot = stateRoot;
        (, MptAccount.Account memory account) = Accounts.readAccount(m, who);
        account.balance = balance;
        Accounts.writeAccount(m, who, account);
        m.stateRoot = stateRoot;
        (, account) = Accounts.readAccount(m, who);
        MptProof.close(m.tape);
        return account.balance;
    }

    /// @dev The same of a slot.
    function wordAfterUndo(bytes32 stateRoot, address who, uint256 slot, uint256 word, bytes calldata tape) external pure returns (uint256 result) {
        Machine memory m;
        m.tape = MptProof.open(tape);
        m.stateRoot = stateRoot;
        Storage.readStorage(m, who, slot);
        Storage.writeStorage(m, who, slot, word);
        m.stateRoot = stateRoot;
        result = Storage.readStorage(m, who, slot);
        MptProof.close(m.tape);
    }

    /// @dev Reads twice: the second read takes nothing from the tape.
    function balanceTwice(bytes32 stateRoot, address who, bytes calldata tape) external pure returns (uint256 first, uint256 second) {
        Machine memory m;
        m.tape = MptProof.open(tape);
        m.stateRoot = stateRoot;
        MptAccount.Account memory account;
        (, account) = Accounts.readAccount(m, who);
        first = account.balance;
        (, account) = Accounts.readAccount(m, who);
        second = account.balance;
        MptProof.close(m.tape);
    }
}
