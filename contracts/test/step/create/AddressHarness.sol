// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Address} from "../../../src/step/osp-create/Address.sol";

/// @dev The library behind calls.
contract AddressHarness {
    function createAddress(address creator, uint64 nonce) external pure returns (address) {
        return Address.createAddress(creator, nonce);
    }

    function create2Address(address creator, uint256 salt, bytes32 initCodeHash) external pure returns (address) {
        return Address.create2Address(creator, salt, initCodeHash);
    }
}
