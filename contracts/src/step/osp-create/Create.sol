// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind} from "../Kind.sol";
import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Enter} from "../osp-call/Enter.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Leave} from "../osp-call/Leave.sol";
import {CopyChunk} from "../osp-mem/CopyChunk.sol";
import {Accounts} from "../state/Accounts.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {MicroOpSection} from "../state/Sections.sol";
import {Scratch} from "../state/Scratch.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Stack} from "../state/Stack.sol";
import {Address} from "./Address.sol";

/// @title CREATE, CREATE2
/// @notice Init code is known by its hash from the opcode on. Twin of shared/machine/src/step/osp-create/create.ts.
library Create {
    using Stack for Machine;

    /// @dev A creation under way.
    struct Creation {
        uint256 kind;
        uint256 value;
        bytes32 initCodeHash;
        uint256 initCodeLength;
        address target;
    }

    uint256 private constant MAX_INITCODE = 49_152;

    function create(Machine memory m) internal pure {
        Creation memory c;
        c.kind = Kind.CREATE;
        c.value = m.pop();
        uint256 offset = m.pop();
        if (!_takeInitcode(m, c, offset, m.pop(), 2)) return Halt.halt(m);
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.f.self);
        c.target = Address.createAddress(m.f.self, account.nonce);
        beginCreate(m, c);
    }

    function create2(Machine memory m) internal pure {
        Creation memory c;
        c.kind = Kind.CREATE2;
        c.value = m.pop();
        uint256 offset = m.pop();
        uint256 length = m.pop();
        uint256 salt = m.pop();
        if (!_takeInitcode(m, c, offset, length, 8)) return Halt.halt(m);
        c.target = Address.create2Address(m.f.self, salt, c.initCodeHash);
        beginCreate(m, c);
    }

    /// @notice Sets the gas aside (EIP-150).
    function beginCreate(Machine memory m, Creation memory c) internal pure {
        Leave.setReturnData(m, Bytes.none());
        uint256 gas = m.f.gas - m.f.gas / 64;
        m.f.gas -= gas;
        MicroOpSection memory x = m.x;
        x.op = MicroOp.CREATE_NONCE;
        x.kind = c.kind;
        x.gas = gas;
        x.target = c.target;
        x.caller = m.f.self;
        x.value = c.value;
        x.sourceKind = CopyChunk.CODE;
        x.sourceRoot = c.initCodeHash;
        x.sourceLength = c.initCodeLength;
    }

    /// @notice Balance, nonce and depth, which fail softly; then the creator's nonce is raised.
    function createNonce(Machine memory m) internal pure {
        (, MptAccount.Account memory creator) = Accounts.readAccount(m, m.x.caller);
        if (creator.balance < m.x.value || creator.nonce == type(uint64).max || m.f.depth >= Enter.MAX_DEPTH) return Enter.failSoftly(m);
        creator.nonce += 1;
        Accounts.writeAccount(m, m.x.caller, creator);
        m.x.op = MicroOp.CREATE_COLLISION;
    }

    /// @notice The address gets warm; if something is there, the gas is gone (EIP-684, EIP-7610).
    function createCollision(Machine memory m) internal pure {
        Scratch.warmAddress(m, m.x.target);
        (, MptAccount.Account memory account) = Accounts.readAccount(m, m.x.target);
        if (account.nonce == 0 && !Accounts.hasCode(account) && account.storageRoot == MptWalk.EMPTY_ROOT) {
            m.x.op = MicroOp.CREATE_DEBIT;
            return;
        }
        if (m.f.depth == 0) return Leave.leaveTransaction(m, false, 0);
        SectionWords.clearX(m);
        m.push(0);
    }

    /// @notice Takes the endowment from the creator. A failing creation goes back to the state before this.
    function createDebit(Machine memory m) internal pure {
        m.x.before = m.stateRoot;
        Accounts.debit(m, m.x.caller, m.x.value);
        m.x.op = MicroOp.CREATE_ACCOUNT;
    }

    /// @notice The new account, with nonce 1 (EIP-161) and what it had and is given.
    function createAccount(Machine memory m) internal pure {
        (, MptAccount.Account memory before) = Accounts.readAccount(m, m.x.target);
        MptAccount.Account memory account = Accounts.noAccount();
        account.nonce = 1;
        account.balance = before.balance + m.x.value;
        Accounts.writeAccount(m, m.x.target, account);
        m.x.op = MicroOp.CREATE_ENTER;
    }

    /// @notice Runs the init code.
    function createEnter(Machine memory m) internal pure {
        Enter.enterFrame(m, m.x.sourceRoot, Bytes.none());
        Scratch.markCreated(m, m.f.self);
    }

    /// @dev The init code, charged by the word (EIP-3860, hashing of CREATE2); false when that fails.
    function _takeInitcode(Machine memory m, Creation memory c, uint256 offset, uint256 length, uint256 wordGas) private pure returns (bool) {
        if (m.f.isStatic != 0 || length > MAX_INITCODE) return false;
        if (!Memory.expand(m, offset, length)) return false;
        if (!Memory.charge(m, wordGas * ((length + 31) / 32))) return false;
        c.initCodeHash = keccak256(Memory.readMemory(m, offset, length));
        c.initCodeLength = length;
        return true;
    }
}
