// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../mpt/MptAccount.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Leave} from "../osp-call/Leave.sol";
import {Accounts} from "../state/Accounts.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice} from "../state/Sections.sol";

/// @title What init code returned becomes the contract's code
/// @notice Twin of shared/machine/src/step/osp-create/code-deposit.ts.
library CodeDeposit {
    uint256 private constant MAX_CODE = 24_576;
    uint256 private constant BYTE_GAS = 200;

    /// @notice At most 24,576 bytes (EIP-170), not starting with 0xEF (EIP-3541).
    function codeDeposit(Machine memory m) internal pure {
        uint256 length = m.x.sourceLength;
        if (length > MAX_CODE) return Halt.halt(m);
        bytes memory code = Bytes.readBytes(m, ByteSlice(m.x.sourceRoot, m.x.sourceOffset, length), 0, length);
        if ((length > 0 && code[0] == 0xef) || !Memory.charge(m, BYTE_GAS * length)) return Halt.halt(m);
        if (length > 0) {
            (, MptAccount.Account memory account) = Accounts.readAccount(m, m.f.self);
            account.codeHash = keccak256(code);
            Accounts.writeAccount(m, m.f.self, account);
        }
        Leave.leave(m, true, m.f.gas, Bytes.none());
    }
}
