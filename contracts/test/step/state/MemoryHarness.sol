// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {Bytes} from "../../../src/step/state/Bytes.sol";
import {Machine} from "../../../src/step/state/Machine.sol";
import {Memory} from "../../../src/step/state/Memory.sol";
import {ByteSlice} from "../../../src/step/state/Sections.sol";

/// @dev Gas, memory and slices behind calls.
contract MemoryHarness {
    function expand(uint256 gas, uint256 memWords, uint256 offset, uint256 length) external pure returns (bool paid, uint256, uint256) {
        Machine memory m;
        (m.f.gas, m.f.memWords) = (gas, memWords);
        paid = Memory.expand(m, offset, length);
        return (paid, m.f.gas, m.f.memWords);
    }

    function charge(uint256 gas, uint256 price) external pure returns (bool paid, uint256) {
        Machine memory m;
        m.f.gas = gas;
        paid = Memory.charge(m, price);
        return (paid, m.f.gas);
    }

    function readBytes(ByteSlice calldata slice, uint256 start, uint256 size, bytes calldata tape) external pure returns (bytes memory data) {
        Machine memory m;
        m.tape = MptProof.open(tape);
        data = Bytes.readBytes(m, slice, start, size);
        MptProof.close(m.tape);
    }

    function writeBytes(bytes32 root, uint256 offset, bytes calldata data, bytes calldata tape) external pure returns (bytes32 newRoot) {
        Machine memory m;
        m.tape = MptProof.open(tape);
        newRoot = Memory.writeBytes(m, root, offset, data);
        MptProof.close(m.tape);
    }

    function skip(ByteSlice calldata slice, uint256 size) external pure returns (ByteSlice memory) {
        return Bytes.skip(slice, size);
    }
}
