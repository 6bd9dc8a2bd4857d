// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Mpt} from "../../../src/step/mpt/Mpt.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";

/// @dev The library behind calls, as the step verifiers use it.
contract MptHarness {
    function get(bytes32 root, bytes32 key, bytes calldata proof) external pure returns (bytes memory) {
        return Mpt.get(root, key, proof);
    }

    function set(bytes32 root, bytes32 key, bytes calldata newValue, bytes calldata proof) external pure returns (bytes32) {
        return Mpt.set(root, key, newValue, proof);
    }

    /// @dev `get` for keys of any length.
    function read(bytes32 root, bytes32 key, uint256 length, bytes calldata proof) external pure returns (bytes memory value) {
        MptProof.Cursor memory cursor = MptProof.open(proof);
        value = Mpt.read(root, key, length, cursor);
        MptProof.close(cursor);
    }

    /// @dev `set` for keys of any length.
    function write(bytes32 root, bytes32 key, uint256 length, bytes calldata newValue, bytes calldata proof)
        external
        pure
        returns (bytes32 newRoot)
    {
        MptProof.Cursor memory cursor = MptProof.open(proof);
        newRoot = Mpt.write(root, key, length, newValue, cursor);
        MptProof.close(cursor);
    }

    /// @dev The gas of `get` and `set` alone, without the call and its calldata.
    function gasOfGet(bytes32 root, bytes32 key, bytes calldata proof) external view returns (uint256 used) {
        used = gasleft();
        Mpt.get(root, key, proof);
        used -= gasleft();
    }

    function gasOfSet(bytes32 root, bytes32 key, bytes calldata newValue, bytes calldata proof) external view returns (uint256 used) {
        bytes memory value = newValue;
        used = gasleft();
        Mpt.set(root, key, value, proof);
        used -= gasleft();
    }
}
