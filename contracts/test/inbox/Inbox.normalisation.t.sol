// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {InboxLeaf} from "../../src/types/Inbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev A certified block can always be appended: what is odd about it is normalised, not refused.
contract InboxNormalisationTest is SequencerFixture {
    uint64 private genesisOrigin;

    function setUp() public override {
        super.setUp();
        genesisOrigin = uint64(block.number - 1);
        for (uint256 i = 0; i < 5; ++i) mine(12);
    }

    function _orderWithOrigin(uint64 number, bytes32 hash) private {
        LaneBlock memory laneBlock = laneBlockOf("");
        (laneBlock.originNumber, laneBlock.originHash) = (number, hash);
        order(laneBlock);
    }

    function _orderAt(uint64 timestamp) private {
        LaneBlock memory laneBlock = laneBlockOf("");
        (laneBlock.timestamp, laneBlock.originNumber, laneBlock.originHash) = (timestamp, 0, 0);
        order(laneBlock);
    }

    function _checkOriginKept(uint64 number, bytes32 hash) private {
        _orderWithOrigin(number, hash);
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 1));
        assertEq(leaves[0].originNumber, genesisOrigin);
        assertEq(leaves[0].originHash, l1Hash(genesisOrigin));
    }

    function test_appendBatch_originOfUnknownHash_works() public {
        _checkOriginKept(genesisOrigin + 1, keccak256("reorganised away"));
    }

    function test_appendBatch_originZero_works() public {
        _checkOriginKept(genesisOrigin + 1, 0);
    }

    function test_appendBatch_originBeforePrevious_works() public {
        _checkOriginKept(genesisOrigin - 1, blockhash(genesisOrigin - 1));
    }

    function test_appendBatch_originSameNumberOtherHash_works() public {
        _checkOriginKept(genesisOrigin, keccak256("other"));
    }

    function test_appendBatch_originSame_works() public {
        _checkOriginKept(genesisOrigin, l1Hash(genesisOrigin));
    }

    function test_appendBatch_originOfNow_works() public {
        vm.setBlockhash(block.number, keccak256("now"));
        _checkOriginKept(uint64(block.number), keccak256("now"));
    }

    function test_appendBatch_originOfFuture_works() public {
        _checkOriginKept(type(uint64).max, 0);
    }

    function test_appendBatch_originOlderThanTheWindow_works() public {
        uint64 number = genesisOrigin + 2;
        vm.roll(number + 8_192);
        _checkOriginKept(number, l1Hash(number));
    }

    function test_appendBatch_originAtTheWindowsEnd_works() public {
        uint64 number = genesisOrigin + 2;
        vm.roll(number + 8_191);
        _orderWithOrigin(number, l1Hash(number));
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 1, number));
        assertEq(leaves[0].originNumber, number);
    }

    function test_appendBatch_originsOfManyBlocks_works() public {
        _orderWithOrigin(genesisOrigin, l1Hash(genesisOrigin));
        _orderWithOrigin(genesisOrigin + 2, l1Hash(genesisOrigin + 2));
        _orderWithOrigin(genesisOrigin + 1, l1Hash(genesisOrigin + 1));
        _orderWithOrigin(genesisOrigin + 2, l1Hash(genesisOrigin + 2));
        _orderWithOrigin(genesisOrigin + 4, l1Hash(genesisOrigin + 4));
        Batch memory batch = batchOf(1, 5);
        batch.originHeaders = new bytes[](2);
        batch.originHeaders[0] = l1Header[genesisOrigin + 2];
        batch.originHeaders[1] = l1Header[genesisOrigin + 4];
        InboxLeaf[] memory leaves = appendAndRead(batch);
        uint8[5] memory expected = [0, 2, 2, 2, 4];
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(leaves[i].originNumber, genesisOrigin + expected[i]);
            assertEq(leaves[i].originBaseFee, 1 gwei + genesisOrigin + expected[i]);
        }
    }

    function test_appendBatch_originHeaderMissing_reverts() public {
        _orderWithOrigin(genesisOrigin + 3, l1Hash(genesisOrigin + 3));
        Batch memory batch = batchOf(1, 1);
        vm.expectRevert(abi.encodeWithSelector(IInbox.MissingOriginHeader.selector, genesisOrigin + 3));
        append(batch);
    }

    function test_appendBatch_originHeaderOfOtherBlock_reverts() public {
        _orderWithOrigin(genesisOrigin + 3, l1Hash(genesisOrigin + 3));
        Batch memory batch = batchOf(1, 1, genesisOrigin + 2);
        vm.expectRevert(abi.encodeWithSelector(IInbox.MissingOriginHeader.selector, genesisOrigin + 3));
        append(batch);
    }

    function test_appendBatch_originHeadersInOtherOrder_reverts() public {
        _orderWithOrigin(genesisOrigin + 2, l1Hash(genesisOrigin + 2));
        _orderWithOrigin(genesisOrigin + 3, l1Hash(genesisOrigin + 3));
        Batch memory batch = batchOf(1, 2);
        batch.originHeaders = new bytes[](2);
        batch.originHeaders[0] = l1Header[genesisOrigin + 3];
        batch.originHeaders[1] = l1Header[genesisOrigin + 2];
        vm.expectRevert(abi.encodeWithSelector(IInbox.MissingOriginHeader.selector, genesisOrigin + 3));
        append(batch);
    }

    /// @dev Someone posts the first block alone while the whole batch is on its way.
    function test_appendBatch_originHeaderOfABlockThatIsIn_works() public {
        _orderWithOrigin(genesisOrigin + 2, l1Hash(genesisOrigin + 2));
        _orderWithOrigin(genesisOrigin + 3, l1Hash(genesisOrigin + 3));
        Batch memory batch = batchOf(1, 2);
        batch.originHeaders = new bytes[](2);
        batch.originHeaders[0] = l1Header[genesisOrigin + 2];
        batch.originHeaders[1] = l1Header[genesisOrigin + 3];
        append(batchOf(1, 1, genesisOrigin + 2));
        append(batch);
        assertEq(inbox.count(), 2);
    }

    /// @dev A forced leaf moves the origin past the batch's while the batch is on its way.
    function test_appendBatch_originHeaderBehindAForcedLeaf_works() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        _orderWithOrigin(genesisOrigin + 3, l1Hash(genesisOrigin + 3));
        Batch memory batch = batchOf(1, 1, genesisOrigin + 3);
        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        readLeaves();
        InboxLeaf[] memory leaves = appendAndRead(batch);
        assertEq(leaves[0].originNumber, block.number - 1);
    }

    function test_appendBatch_timestampAhead_works() public {
        uint64 now_ = uint64(block.timestamp);
        _orderAt(now_ + 60);
        _orderAt(now_ + 61);
        _orderAt(type(uint64).max);
        _orderAt(now_);
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 4));
        for (uint256 i = 0; i < 4; ++i) assertEq(leaves[i].timestamp, now_ + 60);
    }

    function test_appendBatch_timestampBeforeGenesis_works() public {
        _orderAt(0);
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 1));
        assertEq(leaves[0].timestamp, inbox.genesisTimestamp());
    }

    /// @dev Whatever a quorum signs about origin and time lands, monotone; the origin is taken exactly when it is good.
    function testFuzz_appendBatch_anyOriginsAndTimes_succeeds(uint64[8] memory numbers, uint8[8] memory hashes, uint64[8] memory times)
        public
    {
        bytes[] memory needed = new bytes[](8);
        uint64[8] memory expected;
        uint256 used = 0;
        uint64 current = genesisOrigin;
        for (uint256 i = 0; i < 8; ++i) {
            LaneBlock memory laneBlock = laneBlockOf("");
            uint64 number = numbers[i] % 4 == 0 ? numbers[i] : uint64(bound(numbers[i], genesisOrigin - 1, block.number));
            laneBlock.originNumber = number;
            laneBlock.originHash = hashes[i] % 3 == 0 ? keccak256(abi.encode(hashes[i])) : l1Hash(number);
            laneBlock.timestamp = times[i] % 4 == 0 ? times[i] : uint64(bound(times[i], block.timestamp - 100, block.timestamp + 100));
            order(laneBlock);
            if (number > current && number < block.number && hashes[i] % 3 != 0) {
                needed[used++] = l1Header[number];
                current = number;
            }
            expected[i] = current;
        }
        assembly ("memory-safe") {
            mstore(needed, used)
        }
        Batch memory batch = batchOf(1, 8);
        batch.originHeaders = needed;
        InboxLeaf[] memory leaves = appendAndRead(batch);
        uint256 time = inbox.genesisTimestamp();
        for (uint256 i = 0; i < 8; ++i) {
            assertEq(leaves[i].originNumber, expected[i], "origin");
            assertEq(leaves[i].originHash, l1Hash(expected[i]), "origin hash");
            uint256 wanted = laneBlocks[i].timestamp > block.timestamp + 60 ? block.timestamp + 60 : laneBlocks[i].timestamp;
            if (wanted > time) time = wanted;
            assertEq(leaves[i].timestamp, time, "timestamp");
        }
        assertEq(inbox.root(), NaiveTree.root(leafHashes, 32));
    }

    function _orderOfSize(uint256 size) private {
        order(laneBlockOf(bytes.concat(hex"00000002ffff", new bytes(size - 6))));
    }

    function test_appendBatch_largestPayload_works() public {
        _orderOfSize(114_688);
        InboxLeaf[] memory leaves = appendAndRead(batchOf(1, 1, block.number - 1));
        assertEq(leaves[0].txCount, 1);
        assertEq(leaves[0].payloadHash, keccak256(laneBlocks[0].payload));
    }

    function test_appendBatch_oversizedPayload_works() public {
        _orderOfSize(114_689);
        orderMany(1, hex"00000001aa");
        Batch memory batch = batchOf(1, 2, block.number - 1);
        assertEq(batch.blocks[0].oversizedLength, 114_689);
        InboxLeaf[] memory leaves = appendAndRead(batch);
        assertEq(leaves[0].txCount, 0);
        assertEq(leaves[0].txRoot, NaiveTree.zero(12));
        assertEq(leaves[0].payloadHash, keccak256(""));
        assertEq(leaves[0].originNumber, block.number - 1);
        assertEq(leaves[1].txCount, 1);
        // Once more, as an old block.
        append(batch);
    }

    function _expectBadOversized(Batch memory batch, uint64 oversizedLength, uint256 length) private {
        vm.expectRevert(abi.encodeWithSelector(IInbox.BadOversizedBlock.selector, 1, oversizedLength, length));
        append(batch);
    }

    function test_appendBatch_oversizedWrongly_reverts() public {
        orderMany(1, "");
        _orderOfSize(114_689);
        Batch memory batch = batchOf(1, 2, block.number - 1);
        batch.blocks[1].payload = laneBlocks[1].payload;
        _expectBadOversized(batch, 114_689, 114_689);
        batch.blocks[1].oversizedLength = 0;
        _expectBadOversized(batch, 0, 114_689);
        batch.blocks[1].payload = "";
        _expectBadOversized(batch, 0, 0);
        batch.blocks[1].oversizedHash = 0;
        batch.blocks[1].payload = laneBlocks[1].payload;
        _expectBadOversized(batch, 0, 114_689);
        batch.blocks[1].payload = "";
        batch.blocks[1].oversizedLength = 114_688;
        _expectBadOversized(batch, 114_688, 0);
    }

    /// @dev A block within the cap cannot be emptied by calling it oversized, nor can an oversized one get other data.
    function test_appendBatch_oversizedOtherHashOrLength_reverts() public {
        _orderOfSize(114_689);
        Batch memory batch = batchOf(1, 1, block.number - 1);
        batch.blocks[0].oversizedLength += 1;
        vm.expectPartialRevert(IInbox.WrongTip.selector);
        append(batch);
        batch = batchOf(1, 1, block.number - 1);
        batch.blocks[0].oversizedHash = "other";
        vm.expectPartialRevert(IInbox.WrongTip.selector);
        append(batch);
    }
}
