// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Access} from "../osp-state/Access.sol";
import {Accounts} from "../state/Accounts.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Memory} from "../state/Memory.sol";
import {OPEN_T} from "../state/Sections.sol";
import {Scratch} from "../state/Scratch.sol";
import {Stack} from "../state/Stack.sol";
import {Halt} from "./Halt.sol";
import {Return} from "./Return.sol";

/// @title SELFDESTRUCT
/// @notice Twin of shared/machine/src/step/osp-call/selfdestruct.ts.
library Selfdestruct {
    uint256 private constant NEW_ACCOUNT_GAS = 25_000;

    /// @notice Gas and warmth; a contract of this transaction is deleted at its end (EIP-6780).
    function selfDestruct(Machine memory m) internal pure {
        if (m.f.isStatic != 0) return Halt.halt(m);
        address heir = address(uint160(Stack.pop(m)));
        if (Scratch.warmAddress(m, heir) && !Memory.charge(m, Access.COLD_ACCOUNT)) return Halt.halt(m);
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.f.self);
        uint256 balance = account.balance;
        if (balance != 0) {
            (bool exists,) = Accounts.readAccount(m, heir);
            if (!exists && !Memory.charge(m, NEW_ACCOUNT_GAS)) return Halt.halt(m);
        }
        bool created = Scratch.isCreated(m, m.f.self);
        if (created) {
            MachineState.need(m, OPEN_T);
            m.t.destroyedChain = destroyedChain(m.t.destroyedChain, m.f.self);
        }
        // Who inherits from itself keeps the balance, unless it is deleted: then the balance is burned.
        if (heir == m.f.self && !created) return Return.stop(m);
        m.x.op = MicroOp.SELFDESTRUCT_DEBIT;
        m.x.target = heir;
        m.x.value = balance;
    }

    /// @notice Empties the contract's balance.
    function selfdestructDebit(Machine memory m) internal pure {
        Accounts.debit(m, m.f.self, m.x.value);
        m.x.op = MicroOp.SELFDESTRUCT_CREDIT;
    }

    /// @notice Pays the heir, and stops.
    function selfdestructCredit(Machine memory m) internal pure {
        if (m.x.target != m.f.self) Accounts.credit(m, m.x.target, m.x.value);
        Return.stop(m);
    }

    /// @notice Chain of the contracts to delete, the latest outermost: `H(destroyed, rest, address)`.
    function destroyedChain(bytes32 rest, address who) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.DESTROYED, rest, who));
    }
}
