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

    /// @dev `read` with only the first `size` bytes of the proof.
    function readPart(bytes32 root, bytes32 key, uint256 length, bytes calldata proof, uint256 size) external pure returns (bytes memory value) {
        MptProof.Cursor memory cursor = MptProof.open(proof[:size]);
        value = Mpt.read(root, key, length, cursor);
        MptProof.close(cursor);
    }

    /// @dev Two reads and a write of different tries, whose proofs follow one another.
    function readReadWrite(bytes32[3] calldata roots, bytes32[3] calldata keys, uint256[3] calldata lengths, bytes calldata newValue, bytes calldata proofs)
        external
        pure
        returns (bytes memory first, bytes memory second, bytes32 newRoot)
    {
        MptProof.Cursor memory cursor = MptProof.open(proofs);
        first = Mpt.read(roots[0], keys[0], lengths[0], cursor);
        second = Mpt.read(roots[1], keys[1], lengths[1], cursor);
        newRoot = Mpt.write(roots[2], keys[2], lengths[2], newValue, cursor);
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
