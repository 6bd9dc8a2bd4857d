// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Contracts that answer one number
/// @notice The OP Stack's tools ask each game's own address for `l2SequenceNumber()`. A 39-byte contract answers any call with one
///         constant: PUSH32 number, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
library BlockNumberGetter {
    error GetterFailed(uint64 number);

    /// @notice The getter of `number`, deployed by this contract with CREATE2 when it is the first to need it.
    function deploy(uint64 number) internal returns (address getter) {
        // Initcode: PUSH1 39, DUP1, PUSH1 9, PUSH0, CODECOPY, PUSH0, RETURN, then the runtime code.
        bytes memory initcode = abi.encodePacked(hex"60278060095f395ff3", hex"7f", uint256(number), hex"5f5260205ff3");
        bytes32 hash = keccak256(abi.encodePacked(hex"ff", address(this), bytes32(0), keccak256(initcode)));
        getter = address(uint160(uint256(hash)));
        if (getter.code.length != 0) return getter;
        assembly ("memory-safe") {
            getter := create2(0, add(initcode, 0x20), mload(initcode), 0)
        }
        if (getter == address(0)) revert GetterFailed(number);
    }
}
