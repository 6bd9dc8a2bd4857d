// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {VectorFile} from "../../utils/VectorFile.sol";
import {MptHarness} from "./MptHarness.sol";

/// @dev The rows of shared/machine/vectors/mpt.json.
abstract contract MptVectors is VectorFile {
    struct Row {
        string name;
        bytes32 root;
        bytes32 key;
        uint256 keyLength;
        bytes value;
        bytes newValue;
        bytes32 newRoot;
        uint256 getLength;
        bytes proof;
    }

    MptHarness internal harness = new MptHarness();

    function rows() internal view returns (Row[] memory list) {
        string memory text = vm.readFile("shared/machine/vectors/mpt.json");
        string[] memory names = vm.parseJsonStringArray(text, ".name");
        list = new Row[](names.length);
        for (uint256 i = 0; i < list.length; ++i) list[i].name = names[i];
        bytes32[] memory column = vm.parseJsonBytes32Array(text, ".root");
        for (uint256 i = 0; i < list.length; ++i) list[i].root = column[i];
        column = vm.parseJsonBytes32Array(text, ".key");
        for (uint256 i = 0; i < list.length; ++i) list[i].key = column[i];
        column = vm.parseJsonBytes32Array(text, ".newRoot");
        for (uint256 i = 0; i < list.length; ++i) list[i].newRoot = column[i];
        uint256[] memory numbers = vm.parseJsonUintArray(text, ".keyLength");
        for (uint256 i = 0; i < list.length; ++i) list[i].keyLength = numbers[i];
        numbers = vm.parseJsonUintArray(text, ".getLength");
        for (uint256 i = 0; i < list.length; ++i) list[i].getLength = numbers[i];
        _strings(text, list);
    }

    function _strings(string memory text, Row[] memory list) private pure {
        bytes[] memory column = vm.parseJsonBytesArray(text, ".value");
        for (uint256 i = 0; i < list.length; ++i) list[i].value = column[i];
        column = vm.parseJsonBytesArray(text, ".newValue");
        for (uint256 i = 0; i < list.length; ++i) list[i].newValue = column[i];
        column = vm.parseJsonBytesArray(text, ".proof");
        for (uint256 i = 0; i < list.length; ++i) list[i].proof = column[i];
    }

    /// @dev The read's proof: the beginning of the write's.
    function getProof(Row memory row) internal pure returns (bytes memory) {
        return slice(row.proof, 0, row.getLength);
    }

    function slice(bytes memory data, uint256 from, uint256 size) internal pure returns (bytes memory part) {
        part = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(data, 0x20), from), size)
        }
    }
}
