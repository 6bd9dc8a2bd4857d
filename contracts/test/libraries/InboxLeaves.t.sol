// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {InboxLeaves} from "../../src/libraries/InboxLeaves.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {InboxLeaf} from "../../src/types/Inbox.sol";
import {Test} from "../utils/Test.sol";

contract InboxLeavesTest is Test {
    function testFuzz_inboxLeafHash_words_works(InboxLeaf memory leaf, bytes memory after_) public pure {
        bytes memory encoded = abi.encode(Tags.INBOX_LEAF, leaf);
        assertEq(encoded.length, 15 * 32);
        bytes32 afterHash = keccak256(after_);
        assertEq(InboxLeaves.inboxLeafHash(leaf), keccak256(encoded));
        assertEq(keccak256(after_), afterHash, "memory");
    }

    function testFuzz_prevRandao_words_works(bytes32 mixHash, uint64 position) public pure {
        assertEq(InboxLeaves.prevRandao(mixHash, position), keccak256(abi.encode(Tags.PREV_RANDAO, mixHash, position)));
    }
}
