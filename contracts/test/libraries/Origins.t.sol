// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Origins} from "../../src/libraries/Origins.sol";
import {Origin} from "../../src/types/Inbox.sol";
import {L1Blocks} from "../utils/L1Blocks.sol";

contract OriginsTest is L1Blocks {
    function testFuzz_decodeOrigin_anyHeader_works(uint64 number, uint64 timestamp, uint256 baseFee, bytes32 mixHash) public pure {
        bytes memory header = encodeHeader(number, timestamp, baseFee, mixHash);
        Origin memory origin = Origins.decodeOrigin(header);
        assertEq(origin.number, number);
        assertEq(origin.hash, keccak256(header));
        assertEq(origin.timestamp, timestamp);
        assertEq(origin.baseFee, baseFee);
        assertEq(origin.mixHash, mixHash);
    }

    function test_isKnown_window_works() public {
        startL1(5_000, 1_000_000);
        mine(12);
        bytes32 hash = l1Hash(5_000);
        assertTrue(Origins.isKnown(5_000, hash), "last block");
        assertTrue(!Origins.isKnown(5_000, keccak256("other")), "other hash");
        assertTrue(!Origins.isKnown(5_001, 0), "this block");
        assertTrue(!Origins.isKnown(type(uint64).max, 0), "no block");
        vm.roll(5_000 + 8_191);
        assertTrue(Origins.isKnown(5_000, hash), "oldest block");
        vm.roll(5_000 + 8_192);
        assertTrue(!Origins.isKnown(5_000, hash), "too old");
        assertTrue(!Origins.isKnown(5_000, 0), "zero is no hash");
    }
}
