// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../mpt/MptAccount.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Accounts} from "../state/Accounts.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {Stack} from "../state/Stack.sol";
import {Access} from "./Access.sol";

/// @title EXTCODESIZE and EXTCODEHASH
/// @notice Twin of shared/machine/src/step/osp-state/extcode.ts.
library Extcode {
    using Stack for Machine;

    function extcodesize(Machine memory m) internal pure {
        (bool paid,, uint256 size) = loadExternalCode(m, address(uint160(m.pop())));
        if (!paid) Halt.halt(m);
        else m.push(size);
    }

    /// @notice 0 where no account is (EIP-1052).
    function extcodehash(Machine memory m) internal pure {
        address target = address(uint160(m.pop()));
        if (!Access.accessAccount(m, target)) return Halt.halt(m);
        (bool exists, MptAccount.Account memory account) = Accounts.readAccount(m, target);
        m.push(exists ? uint256(account.codeHash) : 0);
    }

    /// @notice Hash and bytes of the code of another account, its access charged; `paid` is false when gas does not suffice.
    function loadExternalCode(Machine memory m, address target) internal pure returns (bool paid, bytes32 codeHash, uint256 size) {
        if (!Access.accessAccount(m, target)) return (false, 0, 0);
        (, MptAccount.Account memory account) = Accounts.readAccount(m, target);
        (, size) = Code.codeOf(m, account.codeHash);
        return (true, account.codeHash, size);
    }
}
