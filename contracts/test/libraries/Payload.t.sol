// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Payload} from "../../src/libraries/Payload.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Test} from "../utils/Test.sol";

contract PayloadTest is Test {
    function txRoot(bytes calldata payload) external pure returns (uint64 txCount, bytes32 root) {
        return Payload.txRoot(payload);
    }

    /// @dev The rule of docs/protocol/hashing.md, byte by byte.
    function naive(bytes calldata payload) external pure returns (uint64 txCount, bytes32 root) {
        bytes32[] memory leaves = new bytes32[](4_094);
        uint256 offset = 0;
        while (txCount < 4_094) {
            if (offset + 4 > payload.length) break;
            uint256 length = uint32(bytes4(payload[offset:offset + 4]));
            if (length == 0 || offset + 4 + length > payload.length) break;
            bytes memory raw = payload[offset + 4:offset + 4 + length];
            leaves[txCount] = keccak256(abi.encode(Tags.TX_ENTRY, txCount, raw.length, keccak256(raw)));
            offset += 4 + length;
            ++txCount;
        }
        assembly ("memory-safe") {
            mstore(leaves, txCount)
        }
        root = NaiveTree.root(leaves, 12);
    }

    function _check(bytes memory payload) private view returns (uint64 txCount) {
        bytes32 root;
        (txCount, root) = this.txRoot(payload);
        (uint64 naiveCount, bytes32 naiveRoot) = this.naive(payload);
        assertEq(txCount, naiveCount, "count");
        assertEq(root, naiveRoot, "root");
    }

    function _entries(uint256 count, uint256 size) private pure returns (bytes memory payload) {
        payload = new bytes(count * (4 + size));
        for (uint256 i = 0; i < payload.length; ++i) {
            uint256 position = i % (4 + size);
            payload[i] = position < 3 ? bytes1(0) : position == 3 ? bytes1(uint8(size)) : bytes1(uint8(i * 7));
        }
    }

    function testFuzz_txRoot_anyBytes_works(bytes calldata payload) public view {
        _check(payload);
    }

    /// @dev Well-formed entries, then any tail, then cut anywhere.
    function testFuzz_txRoot_entriesAndTail_works(bytes[] calldata entries, bytes calldata tail, uint256 cut) public view {
        bytes memory payload;
        for (uint256 i = 0; i < entries.length; ++i) {
            payload = bytes.concat(payload, bytes4(uint32(entries[i].length)), entries[i]);
        }
        _check(payload);
        payload = bytes.concat(payload, tail);
        _check(payload);
        cut = bound(cut, 0, payload.length);
        assembly ("memory-safe") {
            mstore(payload, cut)
        }
        _check(payload);
    }

    function test_txRoot_empty_works() public view {
        assertEq(_check(""), 0);
        (, bytes32 root) = this.txRoot("");
        assertEq(root, Payload.emptyTxRoot());
        assertEq(root, NaiveTree.zero(12));
        assertEq(Payload.EMPTY_HASH, keccak256(""));
    }

    function test_txRoot_ends_works() public view {
        assertEq(_check(hex"00000000"), 0);
        assertEq(_check(hex"000000"), 0);
        assertEq(_check(hex"00000001"), 0);
        assertEq(_check(hex"ffffffffaa"), 0);
        assertEq(_check(hex"00000001aa"), 1);
        assertEq(_check(hex"00000001aa000000"), 1);
        assertEq(_check(hex"00000001aa0000000000000001bb"), 1);
        assertEq(_check(hex"00000001aa00000003bbcc"), 1);
        assertEq(_check(hex"00000001aa00000002bbcc"), 2);
    }

    function test_txRoot_capOfEntries_works() public view {
        assertEq(_check(_entries(4_093, 1)), 4_093);
        assertEq(_check(_entries(4_094, 1)), 4_094);
        (, bytes32 root) = this.txRoot(_entries(4_094, 1));
        assertEq(_check(_entries(4_095, 1)), 4_094);
        (, bytes32 longer) = this.txRoot(_entries(4_095, 1));
        assertEq(root, longer);
    }

    function test_txRoot_largestEntry_works() public view {
        bytes memory payload = bytes.concat(bytes4(uint32(114_684)), new bytes(114_684));
        assertEq(payload.length, Payload.MAX_BYTES);
        assertEq(_check(payload), 1);
    }

    function test_txRoot_gas_works() public {
        bytes memory full = _entries(4_094, 24);
        uint256 before = gasleft();
        this.txRoot(full);
        vm.snapshotValue("Payload", "txRoot of 4094 entries of 24 bytes, with the call", before - gasleft());
        assertTrue(before - gasleft() < 8_000_000, "gas");
    }
}
