// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../mpt/MptAccount.sol";
import {Accounts} from "./Accounts.sol";
import {Machine} from "./Machine.sol";
import {Tape} from "./Tape.sol";

/// @title Code under its hash
/// @notice `uint32 length ‖ bytes` on the tape; nothing for the empty code. Twin of shared/machine/src/state/code.ts.
library Code {
    /// @notice Where the code with this hash is in calldata, and its bytes.
    function codeOf(Machine memory m, bytes32 codeHash) internal pure returns (uint256 start, uint256 size) {
        if (codeHash == Accounts.EMPTY_CODE_HASH) return (0, 0);
        (start, size) = Tape.takeString(m.tape);
        Tape.check(codeHash, Tape.hash(start, size));
    }

    /// @notice The address that an account's code delegates to (EIP-7702), if it does.
    function delegationTarget(Machine memory m, MptAccount.Account memory account) internal pure returns (bool delegates, address target) {
        (uint256 start, uint256 size) = codeOf(m, account.codeHash);
        if (size != 23) return (false, address(0));
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(start)
        }
        if (word >> 232 != 0xef0100) return (false, address(0));
        return (true, address(uint160(word >> 72)));
    }

    /// @notice Hash of the code that delegates to `target`.
    function delegationHash(address target) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"ef0100", target));
    }
}
