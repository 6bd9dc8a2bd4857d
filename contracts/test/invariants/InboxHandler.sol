// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {InboxLeaf, Origin} from "../../src/types/Inbox.sol";
import {LaneBlock} from "../../src/types/Ordering.sol";
import {RetiredQuorum} from "../utils/RetiredQuorum.sol";

/// @dev Users who deposit and force, sequencers who certify anything and hand over, posters who post any range of it, forgers, and retired
///      committees who sign on.
contract InboxHandler is RetiredQuorum {
    InboxLeaf[] private _leaves;
    /// @dev L1 time at which leaf i was appended.
    uint64[] public appendedAt;
    /// @dev What went wrong in a call that the invariants must know of; empty when nothing did.
    string public broken;
    mapping(string action => uint256) public successes;

    uint256 private _number;
    uint256 private _time;

    /// @dev Foundry begins every call of a run with its own block and without the hashes set before.
    modifier atL1() {
        vm.roll(_number);
        vm.warp(_time);
        for (uint256 i = _number - 1; i + 256 >= _number && l1Header[i].length != 0; --i) vm.setBlockhash(i, l1Hash(i));
        _;
        (_number, _time) = (block.number, block.timestamp);
    }

    function setUp() public virtual override {
        super.setUp();
        (_number, _time) = (block.number, block.timestamp);
    }

    function mineBlocks(uint256 count, uint256 elapsed) external atL1 {
        count = bound(count, 1, 3);
        for (uint256 i = 0; i < count; ++i) mine(bound(elapsed, 1, 40 minutes));
    }

    function deposit(uint256 count, uint64 gasLimit) external atL1 {
        count = count % 10 == 0 ? 150 : bound(count, 1, 5);
        gasLimit = gasLimit % 4 == 0 ? 8_000_000 : uint64(bound(gasLimit, 21_000, 8_000_000));
        for (uint256 i = 0; i < count; ++i) makeDeposit(gasLimit);
        ++successes["deposit"];
    }

    /// @dev What a deposit is; `deposits` lists every one.
    function makeDeposit(uint64 gasLimit) internal virtual {
        deposits.deposit(gasLimit);
    }

    /// @dev New members from the next height on, unless the epoch has certified nothing yet.
    function handOverToNew(uint256 seed) external atL1 {
        (uint64 start,,,) = committees.epochInfo(setId, uint64(epochKeys.length - 1));
        if (headers.length < start) return;
        handOver(makeKeys(vm.toString(epochKeys.length), bound(seed, 1, 7)));
        ++successes["handover"];
    }

    /// @dev A retired quorum signs whatever heights it likes. Once those of its epoch are consumed, it gets nothing in.
    function postRetired(uint256 seed, uint64 height, uint64 targetHeight, uint64 sequencerHeight) external atL1 {
        if (epochKeys.length == 1) return;
        uint64 epoch = uint64(seed % (epochKeys.length - 1));
        (uint64 start, uint64 end,,) = committees.epochInfo(setId, epoch);
        if (inbox.lastSequencerHeight() < end) return;
        LaneBlock memory laneBlock;
        laneBlock.sequencerHeight = uint64(bound(sequencerHeight, 0, headers.length + 3));
        height = uint64(bound(height, start, end));
        targetHeight = uint64(bound(targetHeight, 1, headers.length + 3));
        Batch memory batch = seed >> 255 == 0
            ? rogueBatch(epoch, height, laneBlock)
            : rogueHistoryBatch(epoch, height, targetHeight, laneBlock);
        try this.appendAs(batch, POSTER, POSTER) {
            broken = "a retired committee ordered a block";
        } catch {
            ++successes["retired"];
        }
    }

    function orderBlocks(uint256 count, uint256 seed) external atL1 {
        count = bound(count, 1, 4);
        for (uint256 i = 0; i < count; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            LaneBlock memory laneBlock = laneBlockOf(_payload(seed));
            if (seed & 3 == 1) laneBlock.originNumber = uint64(bound(seed >> 8, 999, block.number + 1));
            if (seed & 3 == 2) laneBlock.originNumber = uint64(seed >> 8);
            laneBlock.originHash = seed & 0x1c == 4 ? bytes32(seed) : l1Hash(laneBlock.originNumber);
            if (seed & 0x60 == 0x20) laneBlock.timestamp = uint64(bound(seed >> 80, 0, block.timestamp + 1 hours));
            if (seed & 0x60 == 0x40) laneBlock.timestamp = uint64(seed >> 80);
            order(laneBlock);
        }
    }

    function post(uint256 first, uint256 last) external atL1 {
        if (headers.length == 0) return;
        (, uint64 laneHeight) = inbox.lanePosition();
        last = bound(last, 1, headers.length);
        first = bound(first, 1, last < laneHeight ? last : laneHeight + 1);
        if (first > last) return;
        Batch memory batch = batchOf(uint64(first), uint64(last));
        batch.originHeaders = _neededHeaders(laneHeight, last);
        vm.recordLogs();
        try this.appendAs(batch, POSTER, POSTER) {
            _collect(last > laneHeight ? last - laneHeight : 0);
            ++successes["post"];
        } catch {
            broken = "a certified batch was refused";
        }
    }

    function forge(uint256 seed) external atL1 {
        if (headers.length == 0) return;
        (, uint64 laneHeight) = inbox.lanePosition();
        if (laneHeight == headers.length) return;
        Batch memory batch = batchOf(laneHeight + 1, uint64(headers.length));
        batch.originHeaders = _neededHeaders(laneHeight, headers.length);
        LaneBlock memory laneBlock = batch.blocks[seed % batch.blocks.length];
        uint256 kind = seed % 5;
        if (kind == 0) laneBlock.payload = bytes.concat(laneBlock.payload, hex"00");
        if (kind == 1) laneBlock.timestamp ^= 1;
        if (kind == 2) batch.lane.laneTip = keccak256(abi.encode(seed));
        if (kind == 3) batch.certificate.signatures[seed % batch.certificate.signatures.length] ^= 0x01;
        if (kind == 4) batch.firstTip = keccak256(abi.encode(seed));
        try this.appendAs(batch, POSTER, POSTER) {
            broken = "a forged batch was accepted";
        } catch {
            ++successes["forge"];
        }
    }

    /// @param back  Age of the origin in L1 blocks; mostly that of one that serves.
    function force(uint256 back) external atL1 {
        (, Origin memory last, uint64 start) = inbox.lastLeaf();
        uint256 oldest = back % 8 == 0 ? 1_000 : last.number;
        uint256 number = bound(back >> 8, oldest, block.number - 1);
        bool due = false;
        if (start < deposits.depositCount()) {
            (uint64 l1Block, uint64 timestamp,) = deposits.entries(start);
            bool serves = number >= last.number && number + 256 >= block.number;
            due = serves && l1Block <= number && timestamp + FORCE_DELAY <= block.timestamp;
        }
        vm.recordLogs();
        try inbox.forceInclude(l1Header[number]) {
            if (!due) broken = "forced what was not due";
            _collect(1);
            ++successes["force"];
        } catch {
            if (due) broken = "a due deposit could not be forced";
        }
    }

    function leafCount() external view returns (uint256) {
        return _leaves.length;
    }

    function leaves() external view returns (InboxLeaf[] memory) {
        return _leaves;
    }

    function hashes() external view returns (bytes32[] memory) {
        return leafHashes;
    }

    function laneBlockAt(uint256 laneHeight) external view returns (LaneBlock memory, bytes32 tip) {
        return (laneBlocks[laneHeight - 1], tips[laneHeight]);
    }

    function firstTip() external view returns (bytes32) {
        return tips[0];
    }

    function knownHash(uint256 l1Number) external view returns (bytes32) {
        return l1Hash(l1Number);
    }

    function parts() external view returns (address, address) {
        return (address(inbox), address(deposits));
    }

    /// @dev Headers of the origins that new lane blocks use, by the rule of docs/protocol.
    function _neededHeaders(uint256 laneHeight, uint256 last) private view returns (bytes[] memory needed) {
        (, Origin memory origin,) = inbox.lastLeaf();
        uint64 current = origin.number;
        needed = new bytes[](last);
        uint256 used = 0;
        for (uint256 i = laneHeight; i < last; ++i) {
            uint64 number = laneBlocks[i].originNumber;
            if (number <= current || number >= block.number || laneBlocks[i].originHash != l1Hash(number)) continue;
            current = number;
            needed[used++] = l1Header[number];
        }
        assembly ("memory-safe") {
            mstore(needed, used)
        }
    }

    function _collect(uint256 expected) private {
        InboxLeaf[] memory found = readLeaves();
        if (found.length != expected) broken = "another number of leaves than blocks";
        for (uint256 i = 0; i < found.length; ++i) {
            _leaves.push(found[i]);
            appendedAt.push(uint64(block.timestamp));
        }
    }

    function _payload(uint256 seed) private pure returns (bytes memory payload) {
        if (seed % 16 == 0) return new bytes(114_689);
        uint256 count = seed % 4;
        for (uint256 i = 0; i < count; ++i) payload = bytes.concat(payload, hex"00000002", bytes2(uint16(seed >> (8 * i))));
        if (seed % 5 == 0) payload = bytes.concat(payload, hex"00000009ff");
    }
}
