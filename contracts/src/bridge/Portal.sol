// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IGuardianPause} from "../interfaces/IGuardianPause.sol";
import {Deposits} from "./Deposits.sol";
import {WithdrawalsOut} from "./WithdrawalsOut.sol";

/// @title The bridge
/// @notice Deposits in, withdrawals out, from one balance.
contract Portal is Deposits, WithdrawalsOut {
    /// @param assertionChain_  May be deployed later in the same deployment, like the other three.
    /// @param bondVault_       Refused as a withdrawal's target.
    /// @param guardianPause_   Delays finalization.
    /// @param gameFacade       What `disputeGameFactory` answers.
    constructor(IAssertionChain assertionChain_, address bondVault_, IGuardianPause guardianPause_, address gameFacade)
        WithdrawalsOut(assertionChain_, bondVault_, guardianPause_, gameFacade)
    {}

    /// @notice Major version 3, so that tools let `checkWithdrawal` decide.
    function version() external pure returns (string memory) {
        return "3.0.0-crema.1";
    }
}
