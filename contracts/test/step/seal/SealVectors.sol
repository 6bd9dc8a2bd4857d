// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../../utils/Test.sol";

/// @dev The columns of shared/machine/vectors/seal.json.
abstract contract SealVectors is Test {
    string private text = vm.readFile("shared/machine/vectors/seal.json");

    function uints(string memory key) internal view returns (uint256[] memory) {
        return vm.parseJsonUintArray(text, key);
    }

    function words(string memory key) internal view returns (bytes32[] memory) {
        return vm.parseJsonBytes32Array(text, key);
    }

    function strings(string memory key) internal view returns (bytes[] memory) {
        return vm.parseJsonBytesArray(text, key);
    }

    function slice(bytes memory data, uint256 from, uint256 size) internal pure returns (bytes memory part) {
        assertTrue(from + size <= data.length, "slice");
        part = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(data, 0x20), from), size)
        }
    }

    /// @dev Cuts `data` into its parts, each behind its length in `lengthSize` bytes.
    function unpack(bytes memory data, uint256 lengthSize) internal pure returns (bytes[] memory parts) {
        uint256 count = 0;
        for (uint256 offset = 0; offset < data.length; offset += lengthSize + _length(data, offset, lengthSize)) ++count;
        parts = new bytes[](count);
        uint256 from = 0;
        for (uint256 i = 0; i < count; ++i) {
            uint256 size = _length(data, from, lengthSize);
            parts[i] = slice(data, from + lengthSize, size);
            from += lengthSize + size;
        }
    }

    function _length(bytes memory data, uint256 offset, uint256 size) private pure returns (uint256 value) {
        for (uint256 i = 0; i < size; ++i) value = (value << 8) | uint8(data[offset + i]);
    }
}
