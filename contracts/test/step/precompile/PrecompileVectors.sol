// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../../utils/Test.sol";
import {PrecompileHarness} from "./PrecompileHarness.sol";

/// @dev The rows of shared/machine/vectors/precompiles.json.
abstract contract PrecompileVectors is Test {
    struct Row {
        string name;
        uint256 target;
        bytes input;
        uint256 price;
        bool success;
        bytes output;
    }

    PrecompileHarness internal harness = new PrecompileHarness();

    function rows() internal view returns (Row[] memory list) {
        string memory text = vm.readFile("shared/machine/vectors/precompiles.json");
        string[] memory names = vm.parseJsonStringArray(text, ".name");
        bytes[] memory outputs = vm.parseJsonBytesArray(text, ".output");
        list = new Row[](names.length);
        for (uint256 i = 0; i < list.length; ++i) (list[i].name, list[i].output) = (names[i], outputs[i]);
        _inputs(text, list);
        _numbers(text, list);
    }

    function _inputs(string memory text, Row[] memory list) private pure {
        bytes[] memory pieces = vm.parseJsonBytesArray(text, ".piece");
        bytes[] memory tails = vm.parseJsonBytesArray(text, ".tail");
        uint256[] memory repeats = vm.parseJsonUintArray(text, ".repeat");
        for (uint256 i = 0; i < list.length; ++i) list[i].input = bytes.concat(repeated(pieces[i], repeats[i]), tails[i]);
    }

    function _numbers(string memory text, Row[] memory list) private pure {
        uint256[] memory addresses = vm.parseJsonUintArray(text, ".address");
        uint256[] memory prices = vm.parseJsonUintArray(text, ".price");
        bool[] memory successes = vm.parseJsonBoolArray(text, ".success");
        for (uint256 i = 0; i < list.length; ++i) (list[i].target, list[i].price, list[i].success) = (addresses[i], prices[i], successes[i]);
    }

    function repeated(bytes memory piece, uint256 count) internal pure returns (bytes memory result) {
        uint256 size = piece.length;
        result = new bytes(size * count);
        for (uint256 i = 0; i < count; ++i) {
            assembly ("memory-safe") {
                mcopy(add(add(result, 0x20), mul(i, size)), add(piece, 0x20), size)
            }
        }
    }
}
