// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {InboxLeaf, Origin} from "../../src/types/Inbox.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev Which L1 blocks a forced leaf may take for its origin; docs/adr/0004-forced-origin.md.
contract InboxForcedOriginTest is SequencerFixture {
    function _force(uint256 number) private returns (InboxLeaf memory) {
        bytes memory header = l1Header[number];
        vm.recordLogs();
        inbox.forceInclude(header);
        return readLeaves()[0];
    }

    function _expectOutOfRange(bytes memory header, uint256 number, uint256 earliest) private {
        vm.expectRevert(
            abi.encodeWithSelector(IInbox.OriginOutOfRange.selector, number, earliest, block.number - 1)
        );
        inbox.forceInclude(header);
    }

    /// @dev A censor who leaves the call out of the next blocks delays it and stops nothing.
    function test_forceInclude_blocksLater_works() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        uint256 number = block.number - 1;
        for (uint256 i = 0; i < 255; ++i) mine(12);
        InboxLeaf memory leaf = _force(number);
        assertEq(leaf.depositEnd, 1);
        assertEq(leaf.originNumber, number);
        assertEq(leaf.originHash, l1Hash(number));
        assertEq(leaf.timestamp, block.timestamp, "time is of the L1 block that appends it");
    }

    function testFuzz_forceInclude_anyKnownOrigin_works(uint256 blocks, uint256 back) public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        uint256 first = block.number - 1;
        blocks = bound(blocks, 0, 400);
        for (uint256 i = 0; i < blocks; ++i) mine(12);
        back = bound(back, 1, block.number - first);
        uint256 number = block.number - back;
        if (back > 256) {
            _expectOutOfRange(l1Header[number], number, block.number - 256);
        } else {
            InboxLeaf memory leaf = _force(number);
            assertEq(leaf.originNumber, number);
            assertEq(leaf.originBaseFee, 1 gwei + number);
        }
    }

    function test_forceInclude_originOfTheLastLeaf_works() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        deposits.deposit(100_000);
        mine(12);
        uint256 number = block.number - 1;
        mine(FORCE_DELAY - 13);
        assertEq(_force(number).depositEnd, 1);
        // The second deposit came due a moment later; the same origin serves again, an earlier one does not.
        mine(12);
        _expectOutOfRange(l1Header[number - 1], number - 1, number);
        InboxLeaf memory leaf = _force(number);
        assertEq(leaf.depositStart, 1);
        assertEq(leaf.depositEnd, 2);
        assertEq(leaf.originNumber, number);
        (, Origin memory origin,) = inbox.lastLeaf();
        assertEq(origin.number, number);
    }

    /// @dev The origin bounds the deposits: an old header brings in less, and nothing is lost.
    function test_forceInclude_depositsUpToTheOrigin_works() public {
        deposits.deposit(100_000);
        mine(12);
        deposits.deposit(100_000);
        uint256 number = block.number - 1;
        mine(FORCE_DELAY);
        assertEq(_force(number).depositEnd, 1);
        vm.expectRevert(abi.encodeWithSelector(IInbox.NothingToForce.selector, 1));
        inbox.forceInclude(l1Header[number]);
        assertEq(_force(block.number - 1).depositEnd, 2);
    }

    function test_forceInclude_originOfNow_reverts() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        bytes memory header = encodeHeader(block.number, block.timestamp, 1, 0);
        vm.setBlockhash(block.number, keccak256(header));
        _expectOutOfRange(header, block.number, block.number - 2);
    }

    function test_forceInclude_headerOfOtherChain_reverts() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        mine(12);
        for (uint256 number = block.number - 2; number < block.number; ++number) {
            bytes memory header = encodeHeader(number, block.timestamp, 1, 0);
            vm.expectRevert(
                abi.encodeWithSelector(IInbox.WrongOriginHeader.selector, keccak256(header), l1Hash(number))
            );
            inbox.forceInclude(header);
        }
        vm.expectRevert();
        inbox.forceInclude("");
        assertEq(inbox.count(), 0);
    }
}
