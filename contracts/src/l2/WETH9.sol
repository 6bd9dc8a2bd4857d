// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Wrapped ether
/// @notice Predeploy 0x42…06. Behaves as the canonical WETH9 does: wraps on plain transfer, an allowance of 2^256 − 1 never shrinks,
///         Transfer is not emitted for wrapping and unwrapping.
contract WETH9 {
    string public constant name = "Wrapped Ether";
    string public constant symbol = "WETH";
    uint8 public constant decimals = 18;

    /// @notice Wei that an owner has wrapped.
    mapping(address owner => uint256) public balanceOf;
    /// @notice Wei that a spender may move for an owner.
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    event Approval(address indexed src, address indexed guy, uint256 wad);
    event Transfer(address indexed src, address indexed dst, uint256 wad);
    event Deposit(address indexed dst, uint256 wad);
    event Withdrawal(address indexed src, uint256 wad);

    error InsufficientBalance(address owner, uint256 balance, uint256 needed);
    error InsufficientAllowance(address owner, address spender, uint256 allowed, uint256 needed);
    error PaymentFailed(address to, uint256 amount);

    /// @notice Wraps what is sent.
    receive() external payable {
        deposit();
    }

    /// @notice Wraps what is sent, whatever the calldata.
    fallback() external payable {
        deposit();
    }

    /// @notice Wraps `msg.value`.
    function deposit() public payable {
        balanceOf[msg.sender] += msg.value;
        emit Deposit(msg.sender, msg.value);
    }

    /// @notice Unwraps `wad` wei to the caller.
    function withdraw(uint256 wad) external {
        _debit(msg.sender, wad);
        emit Withdrawal(msg.sender, wad);
        (bool paid,) = msg.sender.call{value: wad}("");
        if (!paid) revert PaymentFailed(msg.sender, wad);
    }

    /// @notice Wei wrapped by all.
    function totalSupply() external view returns (uint256) {
        return address(this).balance;
    }

    /// @notice Lets `guy` move up to `wad` wei of the caller.
    function approve(address guy, uint256 wad) external returns (bool) {
        allowance[msg.sender][guy] = wad;
        emit Approval(msg.sender, guy, wad);
        return true;
    }

    /// @notice Moves `wad` wei of the caller to `dst`.
    function transfer(address dst, uint256 wad) external returns (bool) {
        return transferFrom(msg.sender, dst, wad);
    }

    /// @notice Moves `wad` wei of `src` to `dst`, by allowance unless `src` is the caller.
    function transferFrom(address src, address dst, uint256 wad) public returns (bool) {
        uint256 allowed = allowance[src][msg.sender];
        if (src != msg.sender && allowed != type(uint256).max) {
            if (allowed < wad) revert InsufficientAllowance(src, msg.sender, allowed, wad);
            allowance[src][msg.sender] = allowed - wad;
        }
        _debit(src, wad);
        balanceOf[dst] += wad;
        emit Transfer(src, dst, wad);
        return true;
    }

    function _debit(address owner, uint256 wad) private {
        uint256 balance = balanceOf[owner];
        if (balance < wad) revert InsufficientBalance(owner, balance, wad);
        unchecked {
            balanceOf[owner] = balance - wad;
        }
    }
}
