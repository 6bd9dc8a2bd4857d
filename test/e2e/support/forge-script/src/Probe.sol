// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What clients meet in a contract: storage, events, every kind of failure, and code that an account can delegate to
contract Probe {
    uint256 public value;
    address public lastCaller;
    uint256[] private _items;

    event Changed(address indexed caller, uint256 indexed before, uint256 value, string note);

    error TooLarge(uint256 given, uint256 limit);

    constructor(uint256 initial) payable {
        value = initial;
    }

    function set(uint256 next, string calldata note) external payable returns (uint256 before) {
        if (next > 1_000_000) revert TooLarge(next, 1_000_000);
        before = value;
        value = next;
        lastCaller = msg.sender;
        emit Changed(msg.sender, before, next, note);
    }

    /// @dev Gas that depends on the argument, for estimates.
    function fill(uint256 count) external {
        for (uint256 i = 0; i < count; ++i) {
            _items.push(i + 1);
        }
    }

    function failWithReason() external {
        value = type(uint256).max;
        revert("the probe says no");
    }

    function failWithPanic(uint256 divisor) external view returns (uint256) {
        return value / divisor;
    }

    function failSilently() external pure {
        assembly {
            revert(0, 0)
        }
    }
}
