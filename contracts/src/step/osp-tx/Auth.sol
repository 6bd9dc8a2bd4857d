// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {Accounts} from "../state/Accounts.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Scratch} from "../state/Scratch.sol";
import {OPEN_B, OPEN_T, OPEN_X} from "../state/Sections.sol";
import {Tape} from "../state/Tape.sol";
import {AuthChain} from "./AuthChain.sol";
import {DecodeTransaction} from "./DecodeTransaction.sol";
import {RlpWriter} from "./RlpWriter.sol";

/// @title Authorizations (EIP-7702)
/// @notice Twin of shared/machine/src/step/osp-tx/auth.ts.
library Auth {
    /// @dev EIP-7702's MAGIC.
    uint256 private constant MAGIC = 5;
    /// @dev For an authority that exists: 25,000 less 12,500.
    uint256 private constant REFUND = 12_500;
    /// @dev Words of an authorization.
    uint256 private constant WORDS = 6;

    /// @notice The next authorization; an invalid one is passed over. The tape holds its words, the rest last.
    function txAuth(Machine memory m) internal pure {
        MachineState.need(m, OPEN_B | OPEN_T | OPEN_X);
        AuthChain.Authorization memory authorization;
        uint256 begin;
        assembly ("memory-safe") {
            begin := authorization
        }
        Tape.takeWords(m.tape, begin, WORDS);
        bytes32 rest = bytes32(Tape.takeWord(m.tape));
        Tape.check(m.t.authChain, AuthChain.link(authorization, rest));
        _authorize(m, authorization);
        m.t.authChain = rest;
        if (rest == 0) m.x.op = MicroOp.TX_ENTER;
    }

    function _authorize(Machine memory m, AuthChain.Authorization memory authorization) private pure {
        if (authorization.chainId != 0 && authorization.chainId != m.b.chainId) return;
        if (authorization.nonce >= type(uint64).max) return;
        address authority = _recoverAuthority(authorization);
        if (authority == address(0)) return;
        Scratch.warmAddress(m, authority);
        (bool exists, MptAccount.Account memory account) = Accounts.readAccount(m, authority);
        if (Accounts.hasCode(account)) {
            (bool delegates,) = Code.delegationTarget(m, account);
            if (!delegates) return;
        }
        if (account.nonce != authorization.nonce) return;
        if (exists) m.t.refund += REFUND;
        ++account.nonce;
        account.codeHash =
            authorization.target == 0 ? Accounts.EMPTY_CODE_HASH : Code.delegationHash(address(uint160(authorization.target)));
        Accounts.writeAccount(m, authority, account);
    }

    /// @dev Who signed an authorization; 0 when nobody did.
    function _recoverAuthority(AuthChain.Authorization memory authorization) private pure returns (address) {
        if (authorization.yParity > 1 || authorization.s > DecodeTransaction.HALF_ORDER) return address(0);
        bytes memory fields = bytes.concat(
            RlpWriter.integer(authorization.chainId),
            hex"94",
            bytes20(uint160(authorization.target)),
            RlpWriter.integer(authorization.nonce)
        );
        bytes32 digest = keccak256(RlpWriter.list(MAGIC, 0, 0, fields));
        return ecrecover(digest, uint8(27 + authorization.yParity), bytes32(authorization.r), bytes32(authorization.s));
    }
}
