// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "./Test.sol";

/// @dev Reads the vectors of shared/protocol/vectors, which hold columns: one array per field.
abstract contract VectorFile is Test {
    string internal json;

    function load(string memory name) internal {
        json = vm.readFile(string.concat("shared/protocol/vectors/", name, ".json"));
    }

    function words(string memory key) internal view returns (bytes32[] memory) {
        return vm.parseJsonBytes32Array(json, key);
    }

    function word(string memory key) internal view returns (bytes32) {
        return vm.parseJsonBytes32(json, key);
    }

    function uints(string memory key) internal view returns (uint256[] memory) {
        return vm.parseJsonUintArray(json, key);
    }

    function uint64s(string memory key) internal view returns (uint64[] memory list) {
        uint256[] memory wide = uints(key);
        list = new uint64[](wide.length);
        for (uint256 i = 0; i < wide.length; ++i) {
            assertTrue(wide[i] <= type(uint64).max, "uint64");
            list[i] = uint64(wide[i]);
        }
    }

    function uintAt(string memory key) internal view returns (uint256) {
        return vm.parseJsonUint(json, key);
    }

    function addresses(string memory key) internal view returns (address[] memory) {
        return vm.parseJsonAddressArray(json, key);
    }

    function strings(string memory key) internal view returns (string[] memory) {
        return vm.parseJsonStringArray(json, key);
    }

    function numbered(string memory key, uint256 index) internal pure returns (string memory) {
        return string.concat(key, vm.toString(index));
    }
}
