// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {PrecompilePrice} from "../../../src/step/osp-precompile/PrecompilePrice.sol";
import {RunPrecompile} from "../../../src/step/osp-precompile/RunPrecompile.sol";

/// @dev The libraries behind calls, as the step verifier uses them.
contract PrecompileHarness {
    function precompilePrice(uint256 address_, bytes calldata input) external pure returns (uint256) {
        return PrecompilePrice.precompilePrice(address_, input);
    }

    function runPrecompile(uint256 address_, bytes calldata input, uint256 price) external view returns (bool, bytes memory) {
        return RunPrecompile.runPrecompile(address_, input, price);
    }

    function gasOfPrice(uint256 address_, bytes memory input) external view returns (uint256 used) {
        used = gasleft();
        PrecompilePrice.precompilePrice(address_, input);
        used -= gasleft();
    }

    function gasOfRun(uint256 address_, bytes memory input, uint256 price) external view returns (uint256 used) {
        used = gasleft();
        RunPrecompile.runPrecompile(address_, input, price);
        used -= gasleft();
    }
}
