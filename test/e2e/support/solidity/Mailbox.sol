// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

interface IPortalSender {
    function l2Sender() external view returns (address);
}

/// @title Keeps what it is called with, on either layer
contract Mailbox {
    /// @dev The Portal on L1; zero on L2.
    address public immutable portal;

    address public caller;
    address public l2Sender;
    uint256 public received;
    bytes public message;
    uint256 public calls;

    event Delivered(address indexed caller, address indexed l2Sender, uint256 value, bytes message);

    error Refused();

    constructor(address portal_) payable {
        portal = portal_;
    }

    function deliver(bytes calldata message_) external payable {
        if (message_.length == 0) revert Refused();
        caller = msg.sender;
        l2Sender = portal == address(0) ? address(0) : IPortalSender(portal).l2Sender();
        received = msg.value;
        message = message_;
        ++calls;
        emit Delivered(msg.sender, l2Sender, msg.value, message_);
    }
}
