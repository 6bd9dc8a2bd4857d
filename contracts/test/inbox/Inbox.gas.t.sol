// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev Execution gas with cold contracts, without the transaction's base cost and calldata. Entries of 110 bytes, as a transfer's.
contract InboxGasTest is SequencerFixture {
    function setUp() public override {
        super.setUp();
        // A first batch, so that slots hold something as they do in use.
        mine(12);
        deposits.deposit(100_000);
        orderMany(3, _transfers(1));
        append(batchOf(1, 3, block.number - 1));
        mine(12);
    }

    function _transfers(uint256 count) private pure returns (bytes memory) {
        bytes[] memory entries = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            entries[i] = bytes.concat(abi.encode(i, keccak256(abi.encode(i)), i), bytes14("transfer"));
        }
        return payloadOf(entries);
    }

    function _measure(string memory name, uint256 limit) private {
        Batch memory batch = batchOf(4, uint64(tips.length - 1), block.number - 1);
        vm.cool(address(inbox));
        vm.cool(address(committees));
        vm.cool(address(deposits));
        append(batch);
        assertTrue(vm.snapshotGasLastCall("Inbox", name) < limit, name);
        assertEq(inbox.count(), tips.length - 1);
    }

    function test_appendBatch_gasOfOneBlock_works() public {
        order(laneBlockOf(_transfers(1)));
        _measure("appendBatch 1 block of 1 transaction", 300_000);
    }

    function test_appendBatch_gasOfTenBlocks_works() public {
        orderMany(10, _transfers(1));
        _measure("appendBatch 10 blocks of 1 transaction", 600_000);
    }

    function test_appendBatch_gasOf100Transactions_works() public {
        order(laneBlockOf(_transfers(100)));
        _measure("appendBatch 1 block of 100 transactions", 400_000);
    }

    /// @dev A block may always be appended within EIP-7825's 2^24 gas: what this uses and 16 gas for each byte of calldata.
    function test_appendBatch_gasOfTheLargestBlock_works() public {
        bytes memory payload = new bytes(114_688);
        for (uint256 i = 0; i < payload.length; ++i) payload[i] = i % 28 < 3 ? bytes1(0) : i % 28 == 3 ? bytes1(0x18) : bytes1(0xff);
        order(laneBlockOf(payload));
        _measure("appendBatch 1 block of 114688 bytes in 4094 entries", 16_777_216 - 16 * 120_000 - 21_000);
    }

    /// @dev The largest block under the largest committee, certified by a quorum of it, with deposits, as one transaction of EIP-7825's gas
    ///      and of the 128 KiB that nodes relay. Lanes add 32 bytes for each doubling; the envelope of a transaction is below 256 bytes.
    function test_appendBatch_largestBlockOfTheLargestCommittee_works() public {
        handOver(makeKeys("many", 256));
        for (uint256 i = 0; i < 60; ++i) deposits.deposit(100_000);
        mine(12);
        bytes memory payload = new bytes(114_688);
        for (uint256 i = 0; i < payload.length; ++i) payload[i] = i % 28 < 3 ? bytes1(0) : i % 28 == 3 ? bytes1(0x18) : bytes1(0xff);
        order(laneBlockOf(payload));
        orderMany(1, "");
        Batch memory batch = batchOf(4, 4, block.number - 1);
        assertEq(batch.certificate.signatures.length, 171 * 64);
        bytes memory data = abi.encodeCall(
            IInbox.appendBatch,
            (
                batch.certified,
                batch.certificate,
                batch.target,
                batch.history,
                batch.lane,
                batch.firstTip,
                batch.firstLaneHeight,
                batch.blocks,
                batch.originHeaders
            )
        );
        assertTrue(data.length + 30 * 32 + 256 <= 131_072, "size");
        vm.snapshotValue("Inbox", "calldata bytes of the largest block under 256 members", data.length);

        vm.cool(address(inbox));
        vm.cool(address(committees));
        vm.cool(address(deposits));
        append(batch);
        uint256 execution = vm.snapshotGasLastCall("Inbox", "appendBatch 1 largest block under 256 members");
        assertTrue(execution > 4_000_000, "measures the batch");
        assertEq(inbox.lastSequencerHeight(), 4);
        (,, uint64 depositEnd) = inbox.lastLeaf();
        assertEq(depositEnd, 61);
        (uint256 charged, uint256 floor) = _calldataGas(data);
        assertTrue(21_000 + charged + execution < 16_700_000, "gas");
        assertTrue(21_000 + floor < 16_700_000, "floor gas");
    }

    /// @dev EIP-2028's and EIP-7623's.
    function _calldataGas(bytes memory data) private pure returns (uint256 charged, uint256 floor) {
        for (uint256 i = 0; i < data.length; ++i) {
            charged += data[i] == 0 ? 4 : 16;
            floor += data[i] == 0 ? 10 : 40;
        }
    }

    function test_forceInclude_gas_works() public {
        deposits.deposit(100_000);
        mine(FORCE_DELAY);
        bytes memory header = l1Header[block.number - 1];
        vm.cool(address(inbox));
        vm.cool(address(deposits));
        inbox.forceInclude(header);
        assertTrue(vm.snapshotGasLastCall("Inbox", "forceInclude") < 300_000, "gas");
    }
}
