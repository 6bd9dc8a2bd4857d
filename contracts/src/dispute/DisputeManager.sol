// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {Commitments} from "./Commitments.sol";
import {DisputeState} from "./DisputeState.sol";
import {Duels} from "./Duels.sol";
import {Payouts} from "./Payouts.sol";

/// @title Trace commitments and their duels
/// @notice Immutable, and named by the chain whose disputes it plays. Rules: docs/protocol/disputes.md.
contract DisputeManager is Commitments, Duels, Payouts {
    /// @dev A stake is worth that many duels at the highest gas price: half of a loser's, which its pot gets, pays two.
    uint256 internal constant DUELS_OF_A_STAKE = 4;

    /// @param chain_        Exists already; its stake bounds the gas price.
    /// @param maxGasPrice_  Wei of credit for a unit of gas at most.
    constructor(IAssertionChain chain_, IBondVault bondVault_, uint256 maxGasPrice_)
        DisputeState(chain_, bondVault_, maxGasPrice_)
    {
        uint256 highest = chain_.stake() / (DUELS_OF_A_STAKE * DUEL_GAS);
        if (maxGasPrice_ > highest) revert GasPriceTooHigh(maxGasPrice_, highest);
    }
}
