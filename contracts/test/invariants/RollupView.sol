// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionChain} from "../../src/assertion/AssertionChain.sol";
import {BondVault} from "../../src/assertion/BondVault.sol";
import {GuardianPause} from "../../src/assertion/GuardianPause.sol";
import {Portal} from "../../src/bridge/Portal.sol";
import {RollupHandler} from "./RollupHandler.sol";

/// @dev What the invariants read of the handler's rollup.
contract RollupView is RollupHandler {
    function chain_() external view returns (AssertionChain) {
        return chain;
    }

    function vault_() external view returns (BondVault) {
        return vault;
    }

    function portal_() external view returns (Portal) {
        return portal;
    }

    function pause_() external view returns (GuardianPause) {
        return guardianPause;
    }

    function stake_() external pure returns (uint256) {
        return STAKE;
    }

    /// @dev Two more than the distance from the newest assertion of one that holds a vector's withdrawals; 0 for none.
    function provable() public view returns (uint256) {
        for (uint256 back = 1; back <= ids.length; ++back) {
            if (_holds(ids[ids.length - back]) < 2) return back + 1;
        }
        return 0;
    }

    /// @dev Its distance from the newest assertion.
    function provenBack() external view returns (uint256) {
        return provable() - 2;
    }

    /// @dev Which vector it holds.
    function provenIndex() external view returns (uint256) {
        return _holds(ids[ids.length - (provable() - 1)]);
    }

    function _holds(bytes32 id) private view returns (uint256) {
        if (states[id].withdrawalsRoot == vectors[0].storageRoot) return 0;
        if (states[id].withdrawalsRoot == vectors[1].storageRoot) return 1;
        return 2;
    }
}
