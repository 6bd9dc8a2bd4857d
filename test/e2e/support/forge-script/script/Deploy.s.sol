// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Probe} from "../src/Probe.sol";

interface Vm {
    function startBroadcast(uint256 privateKey) external;
    function stopBroadcast() external;
    function envUint(string calldata name) external view returns (uint256);
}

/// @title Deploys a probe and sends it two calls, as a project's deployment script would
contract Deploy {
    bool public constant IS_SCRIPT = true;
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function run() external returns (Probe probe) {
        vm.startBroadcast(vm.envUint("DEPLOYER_KEY"));
        probe = new Probe{value: 3 gwei}(7);
        require(probe.set(8, "by forge") == 7, "wrong initial value");
        probe.fill(4);
        vm.stopBroadcast();
    }
}
