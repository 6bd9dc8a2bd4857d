// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Mpt} from "../mpt/Mpt.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Accounts} from "./Accounts.sol";
import {LastWalk, Machine} from "./Machine.sol";

/// @title Storage of accounts
/// @notice Twin of shared/machine/src/state/storage.ts. The slot read last is not walked to again while the storage root is the same.
library Storage {
    /// @notice The word at a slot; 0 when there is none.
    function readStorage(Machine memory m, address who, uint256 slot) internal pure returns (uint256) {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, who);
        if (account.storageRoot == MptWalk.EMPTY_ROOT) return 0;
        bytes32 key = keyOf(slot);
        LastWalk memory last = m.slot;
        if (last.root != account.storageRoot || last.key != key) {
            last.root = account.storageRoot;
            last.key = key;
            last.way = MptWalk.walk(account.storageRoot, key, MptWalk.SECURE_LENGTH, m.tape);
        }
        return MptAccount.decodeStorageValue(Mpt.valueAt(last.way));
    }

    /// @notice The word at a slot when the transaction started (EIP-2200).
    function readOriginalStorage(Machine memory m, address who, uint256 slot) internal pure returns (uint256) {
        (, MptAccount.Account memory account) = Accounts.readAccountIn(m, m.t.startState, who);
        if (account.storageRoot == MptWalk.EMPTY_ROOT) return 0;
        return MptAccount.decodeStorageValue(Mpt.read(account.storageRoot, keyOf(slot), MptWalk.SECURE_LENGTH, m.tape));
    }

    /// @notice Writes a slot, and with it the account's storage root.
    function writeStorage(Machine memory m, address who, uint256 slot, uint256 value) internal pure {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, who);
        bytes32 key = keyOf(slot);
        bytes32 root = account.storageRoot;
        bytes memory encoded = MptAccount.encodeStorageValue(value);
        if (m.slot.root == root && m.slot.key == key) {
            account.storageRoot = Mpt.writeAt(m.slot.way, root, key, MptWalk.SECURE_LENGTH, encoded, m.tape);
            // As in `Accounts`: the walk's nodes are changed.
            if (account.storageRoot != root) m.slot.root = 0;
        } else {
            account.storageRoot = Mpt.write(root, key, MptWalk.SECURE_LENGTH, encoded, m.tape);
        }
        Accounts.writeAccount(m, who, account);
    }

    function keyOf(uint256 slot) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(slot));
    }
}
