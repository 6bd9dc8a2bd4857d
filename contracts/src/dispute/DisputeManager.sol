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
    /// @param maxGasPrice_  Wei of credit for a unit of gas at most.
    constructor(IAssertionChain chain_, IBondVault bondVault_, uint256 maxGasPrice_)
        DisputeState(chain_, bondVault_, maxGasPrice_)
    {}
}
