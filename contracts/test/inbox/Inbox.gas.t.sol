// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

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
