// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../mpt/MptAccount.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Accounts} from "../state/Accounts.sol";
import {Machine} from "../state/Machine.sol";
import {Stack} from "../state/Stack.sol";
import {Access} from "./Access.sol";

/// @title BALANCE and SELFBALANCE
/// @notice Twin of shared/machine/src/step/osp-state/balance.ts.
library Balance {
    using Stack for Machine;

    function balance(Machine memory m) internal pure {
        address target = address(uint160(m.pop()));
        if (!Access.accessAccount(m, target)) Halt.halt(m);
        else _pushBalance(m, target);
    }

    function selfbalance(Machine memory m) internal pure {
        _pushBalance(m, m.f.self);
    }

    function _pushBalance(Machine memory m, address who) private pure {
        (, MptAccount.Account memory account) = Accounts.readAccount(m, who);
        m.push(account.balance);
    }
}
