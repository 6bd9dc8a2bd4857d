// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Withdrawals} from "../libraries/Withdrawals.sol";
import {WithdrawalTransaction} from "../interfaces/IPortal.sol";

/// @title Messages from L2 to L1
/// @notice Predeploy 0x42…16. `sentMessages` is storage slot 0: the Portal proves a withdrawal by the Merkle-Patricia proof of
///         `sentMessages[withdrawalHash]` under this account's storage root, which is the block's withdrawalsRoot.
contract L2ToL1MessagePasser {
    /// @notice Version of the message format, in the top two bytes of every nonce.
    uint16 public constant MESSAGE_VERSION = 1;
    /// @dev L1 gas limit of a withdrawal made by a plain transfer.
    uint256 internal constant RECEIVE_DEFAULT_GAS_LIMIT = 100_000;
    /// @notice Largest L1 gas limit of a withdrawal. With what the Portal needs around the call it fits the 2^24 gas of a transaction
    ///         on L1 (EIP-7825); a withdrawal with more could never be finalized.
    uint256 public constant MAX_GAS_LIMIT = 15_000_000;

    /// @notice Whether a withdrawal with this hash was initiated.
    mapping(bytes32 withdrawalHash => bool) public sentMessages;
    /// @dev Messages so far, without the version; slot 1.
    uint240 internal msgNonce;

    /// @notice A withdrawal, as the OP Stack's tools read it.
    event MessagePassed(
        uint256 indexed nonce,
        address indexed sender,
        address indexed target,
        uint256 value,
        uint256 gasLimit,
        bytes data,
        bytes32 withdrawalHash
    );
    /// @notice Withdrawn ether left the L2's supply.
    event WithdrawerBalanceBurnt(uint256 indexed amount);

    error BurnFailed(uint256 amount);
    error GasLimitTooHigh(uint256 gasLimit, uint256 maximum);

    /// @notice A plain transfer withdraws to the sender's address on L1.
    receive() external payable {
        initiateWithdrawal(msg.sender, RECEIVE_DEFAULT_GAS_LIMIT, "");
    }

    /// @notice Burns the ether that withdrawals left here. Anyone may call.
    /// @dev A contract that destroys itself in the transaction that made it takes its balance along (EIP-6780); its
    ///      initcode is ADDRESS SELFDESTRUCT.
    function burn() external {
        uint256 amount = address(this).balance;
        address burner;
        assembly ("memory-safe") {
            mstore(0x00, hex"30ff")
            burner := create(amount, 0x00, 2)
        }
        if (burner == address(0)) revert BurnFailed(amount);
        emit WithdrawerBalanceBurnt(amount);
    }

    /// @notice Sends a message to L1, with `msg.value` of ether.
    /// @param target    Called on L1.
    /// @param gasLimit  Least gas of that call, at most `MAX_GAS_LIMIT`.
    /// @param data      Its calldata.
    function initiateWithdrawal(address target, uint256 gasLimit, bytes memory data) public payable {
        if (gasLimit > MAX_GAS_LIMIT) revert GasLimitTooHigh(gasLimit, MAX_GAS_LIMIT);
        uint256 nonce = messageNonce();
        bytes32 withdrawalHash = Withdrawals.hash(
            WithdrawalTransaction({
                nonce: nonce, sender: msg.sender, target: target, value: msg.value, gasLimit: gasLimit, data: data
            })
        );
        sentMessages[withdrawalHash] = true;
        ++msgNonce;
        emit MessagePassed(nonce, msg.sender, target, msg.value, gasLimit, data, withdrawalHash);
    }

    /// @notice Nonce of the next message: version in the top two bytes, messages so far below.
    function messageNonce() public view returns (uint256) {
        return uint256(MESSAGE_VERSION) << 240 | msgNonce;
    }

    /// @notice Semantic version.
    function version() external pure returns (string memory) {
        return "1.2.0-crema.1";
    }
}
