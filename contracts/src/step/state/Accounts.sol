// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Mpt} from "../mpt/Mpt.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {LastWalk, Machine} from "./Machine.sol";

/// @title Accounts of the world state
/// @notice Twin of shared/machine/src/state/accounts.ts. The account read last is not walked to again while the state root is the same.
library Accounts {
    /// @dev keccak256("").
    bytes32 internal constant EMPTY_CODE_HASH = 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470;

    /// @notice The account at `who`; what no account reads as, if there is none.
    function readAccount(Machine memory m, address who) internal pure returns (bool exists, MptAccount.Account memory account) {
        bytes32 key = keyOf(who);
        LastWalk memory last = m.account;
        if (last.root != m.stateRoot || last.key != key) {
            last.root = m.stateRoot;
            last.key = key;
            last.way = MptWalk.walk(m.stateRoot, key, MptWalk.SECURE_LENGTH, m.tape);
        }
        return decode(Mpt.valueAt(last.way));
    }

    /// @notice The account at `who` in another world state.
    function readAccountIn(Machine memory m, bytes32 stateRoot, address who)
        internal
        pure
        returns (bool exists, MptAccount.Account memory account)
    {
        return decode(Mpt.read(stateRoot, keyOf(who), MptWalk.SECURE_LENGTH, m.tape));
    }

    /// @notice Writes an account; an empty one leaves the state (EIP-161).
    function writeAccount(Machine memory m, address who, MptAccount.Account memory account) internal pure {
        bool isEmpty = account.nonce == 0 && account.balance == 0 && account.codeHash == EMPTY_CODE_HASH;
        _write(m, who, isEmpty ? bytes("") : MptAccount.encodeAccount(account));
    }

    /// @notice Removes an account with all its storage.
    function deleteAccount(Machine memory m, address who) internal pure {
        _write(m, who, "");
    }

    /// @notice Adds wei to an account; 0 writes nothing.
    function credit(Machine memory m, address who, uint256 amount) internal pure {
        if (amount == 0) return;
        (, MptAccount.Account memory account) = readAccount(m, who);
        account.balance += amount;
        writeAccount(m, who, account);
    }

    /// @notice Takes wei from an account that has them; 0 writes nothing.
    function debit(Machine memory m, address who, uint256 amount) internal pure {
        if (amount == 0) return;
        (, MptAccount.Account memory account) = readAccount(m, who);
        account.balance -= amount;
        writeAccount(m, who, account);
    }

    /// @notice Whether an account has code.
    function hasCode(MptAccount.Account memory account) internal pure returns (bool) {
        return account.codeHash != EMPTY_CODE_HASH;
    }

    /// @notice What an address without account reads as.
    function noAccount() internal pure returns (MptAccount.Account memory account) {
        account.storageRoot = MptWalk.EMPTY_ROOT;
        account.codeHash = EMPTY_CODE_HASH;
    }

    function keyOf(address who) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(who));
    }

    function decode(bytes memory value) internal pure returns (bool, MptAccount.Account memory) {
        return value.length == 0 ? (false, noAccount()) : (true, MptAccount.decodeAccount(value));
    }

    function _write(Machine memory m, address who, bytes memory value) private pure {
        bytes32 key = keyOf(who);
        bytes32 root = m.stateRoot;
        if (m.account.root == root && m.account.key == key) {
            m.stateRoot = Mpt.writeAt(m.account.way, root, key, MptWalk.SECURE_LENGTH, value, m.tape);
            // Writing changes the nodes of the walk: it leads nowhere any more, should the state go back to `root`.
            if (m.stateRoot != root) m.account.root = 0;
        } else {
            m.stateRoot = Mpt.write(root, key, MptWalk.SECURE_LENGTH, value, m.tape);
        }
    }
}
