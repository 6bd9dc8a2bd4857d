// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev The calldata of a batch is the data of the chain: one encoding, which every decoder reads the same.
contract InboxCalldataTest is SequencerFixture {
    uint256 private constant BLOCKS_HEAD = 4 + 27 * 32;

    bytes private canonical;

    function setUp() public override {
        super.setUp();
        orderMany(4, hex"00000003aabbcc");
        canonical = _calldataOf(batchOf(1, 3));
        // The arguments cut out of the encoded struct are what `appendBatch` takes.
        uint256 snapshot = vm.snapshotState();
        (bool ok,) = _call(canonical);
        assertTrue(ok && inbox.count() == 3, "canonical");
        vm.revertToState(snapshot);
    }

    /// @dev A struct with dynamic members is encoded as the arguments are, behind one offset word.
    function _calldataOf(Batch memory batch) private pure returns (bytes memory data) {
        bytes memory tuple = abi.encode(batch);
        data = bytes.concat(IInbox.appendBatch.selector, new bytes(tuple.length - 32));
        for (uint256 i = 32; i < tuple.length; ++i) data[i - 28] = tuple[i];
    }

    function _call(bytes memory data) private returns (bool ok, bytes memory returned) {
        vm.prank(POSTER, POSTER);
        return address(inbox).call(data);
    }

    function _expectNonCanonical(bytes memory data) private {
        (bool ok, bytes memory returned) = _call(data);
        assertTrue(!ok, "accepted");
        assertEq(returned, abi.encodeWithSelector(IInbox.NonCanonicalCalldata.selector));
    }

    function _word(bytes memory data, uint256 offset) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(add(data, 0x20), offset))
        }
    }

    function _setWord(bytes memory data, uint256 offset, uint256 value) private pure {
        assembly ("memory-safe") {
            mstore(add(add(data, 0x20), offset), value)
        }
    }

    /// @dev Where the struct of block `index` begins.
    function _blockAt(bytes memory data, uint256 index) private pure returns (uint256) {
        uint256 elements = 4 + _word(data, BLOCKS_HEAD) + 32;
        return elements + _word(data, elements + 32 * index);
    }

    /// @dev Nothing in the calldata of a lean batch is free.
    function testFuzz_appendBatch_anyBitFlipped_reverts(uint256 position) public {
        bytes memory data = canonical;
        position = bound(position, 0, data.length * 8 - 1);
        data[position / 8] ^= bytes1(uint8(1 << (position % 8)));
        (bool ok,) = _call(data);
        assertTrue(!ok, "accepted");
    }

    function testFuzz_appendBatch_bytesAfterTheEnd_reverts(bytes calldata tail) public {
        vm.assume(tail.length > 0);
        _expectNonCanonical(bytes.concat(canonical, tail));
    }

    /// @dev Solidity follows a payload's offset backwards; a node's decoder may not.
    function test_appendBatch_payloadBehind_reverts() public {
        bytes memory data = canonical;
        (uint256 first, uint256 second) = (_blockAt(data, 0), _blockAt(data, 1));
        uint256 field = second + 4 * 32;
        assertEq(_word(data, field), 7 * 32);
        unchecked {
            _setWord(data, field, first + 7 * 32 - second);
        }
        _expectNonCanonical(data);
    }

    function test_appendBatch_tailsElsewhere_reverts() public {
        bytes memory data = bytes.concat(canonical, new bytes(32));
        // An empty list of origin headers, one word further on.
        uint256 head = 4 + 28 * 32;
        _setWord(data, head, _word(data, head) + 32);
        _expectNonCanonical(data);
    }

    /// @dev The empty list of origin headers read from the zero of the certified header's epoch, its own tail in place all the same.
    function test_appendBatch_headElsewhere_reverts() public {
        bytes memory data = canonical;
        uint256 epoch = 2 * 32;
        assertEq(_word(data, 4 + epoch), 0);
        _setWord(data, 4 + 28 * 32, epoch);
        _expectNonCanonical(data);
    }

    function test_appendBatch_dirtyPadding_reverts() public {
        bytes memory data = canonical;
        uint256 payload = _blockAt(data, 2) + 7 * 32;
        assertEq(_word(data, payload), 7);
        data[payload + 32 + 7] = 0x01;
        _expectNonCanonical(data);
    }
}
