// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {L2ToL1MessagePasser} from "./L2ToL1MessagePasser.sol";
import {Predeploys} from "../libraries/Predeploys.sol";

/// @title Fees of the L2, to be withdrawn to L1
/// @notice The state transition credits the balance. Genesis sets slots 1 and 2 (contracts/src/l2/README.md), so that one
///         runtime code serves every network. Anyone may withdraw to the recipient.
abstract contract FeeVault {
    /// @dev Least gas of the call to the recipient on L1.
    uint256 internal constant WITHDRAWAL_GAS_LIMIT = 400_000;

    /// @notice Wei withdrawn so far; slot 0.
    uint256 public totalProcessed;
    /// @notice Least balance in wei that can be withdrawn; slot 1, set at genesis.
    uint256 public minWithdrawalAmount;
    /// @notice Receives the fees on L1; slot 2, set at genesis.
    address public recipient;

    /// @notice The whole balance was sent to `to` on L1.
    event Withdrawal(uint256 value, address to, address from);

    error BelowMinimum(uint256 balance, uint256 minimum);
    error NoRecipient();

    /// @notice Anyone may add to the fees.
    receive() external payable {}

    /// @notice Initiates a withdrawal of the whole balance to the recipient on L1.
    function withdraw() external returns (uint256 value) {
        value = address(this).balance;
        if (value < minWithdrawalAmount) revert BelowMinimum(value, minWithdrawalAmount);
        address to = recipient;
        if (to == address(0)) revert NoRecipient();
        totalProcessed += value;
        emit Withdrawal(value, to, msg.sender);
        L2ToL1MessagePasser(payable(Predeploys.L2_TO_L1_MESSAGE_PASSER)).initiateWithdrawal{value: value}(
            to, WITHDRAWAL_GAS_LIMIT, ""
        );
    }

    /// @notice `minWithdrawalAmount` under the OP Stack's older name.
    function MIN_WITHDRAWAL_AMOUNT() external view returns (uint256) {
        return minWithdrawalAmount;
    }

    /// @notice `recipient` under the OP Stack's older name.
    function RECIPIENT() external view returns (address) {
        return recipient;
    }

    /// @notice Network of the recipient: 0 is L1.
    function WITHDRAWAL_NETWORK() external pure returns (uint8) {
        return 0;
    }

    /// @notice Semantic version.
    function version() external pure returns (string memory) {
        return "1.5.0-crema.1";
    }
}
