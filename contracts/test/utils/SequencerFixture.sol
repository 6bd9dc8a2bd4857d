// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Inbox} from "../../src/inbox/Inbox.sol";
import {IInbox} from "../../src/interfaces/IInbox.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {LaneRegistry} from "../../src/ordering/LaneRegistry.sol";
import {InboxConfig, InboxLeaf} from "../../src/types/Inbox.sol";
import {Certificate, HistoryProof, LaneBlock, LaneProof, SequencerHeader} from "../../src/types/Ordering.sol";
import {Committee} from "./Committee.sol";
import {DepositList} from "./DepositList.sol";
import {L1Blocks} from "./L1Blocks.sol";
import {NaiveTree} from "./NaiveTree.sol";
import {Vm} from "./Test.sol";

/// @dev A sequencer of four real keys with three lanes, the middle one of them an Inbox's, and everything a poster needs.
abstract contract SequencerFixture is L1Blocks, Committee {
    struct Batch {
        SequencerHeader certified;
        Certificate certificate;
        SequencerHeader target;
        HistoryProof history;
        LaneProof lane;
        bytes32 firstTip;
        uint64 firstLaneHeight;
        LaneBlock[] blocks;
        bytes[] originHeaders;
    }

    uint64 internal constant LANE = 901;
    uint64 internal constant FORCE_DELAY = 1 hours;
    uint64 internal constant L2_GAS_LIMIT = 30_000_000;
    address internal constant POSTER = address(0xB0571);

    CommitteeRegistry internal committees;
    LaneRegistry internal lanes;
    DepositList internal deposits;
    Inbox internal inbox;
    /// @dev Of the newest epoch.
    uint256[] internal keys;
    uint256[][] internal epochKeys;
    bytes32 internal setId;

    SequencerHeader[] internal headers;
    bytes32[] internal historyLeaves;
    LaneBlock[] internal laneBlocks;
    /// @dev By lane height, the first tip included.
    bytes32[] internal tips;
    /// @dev Of every leaf that `readLeaves` saw.
    bytes32[] internal leafHashes;

    function setUp() public virtual {
        startL1(1_000, 1_700_000_000);
        mine(12);
        committees = new CommitteeRegistry();
        lanes = new LaneRegistry();
        deposits = new DepositList();
        keys = makeKeys("sequencer", 4);
        epochKeys.push(keys);
        setId = committees.createSet(addressesOf(keys), "salt");
        inbox = new Inbox(inboxConfig());
        tips.push(keccak256(abi.encode(Tags.FIRST_LANE_TIP, setId, LANE, address(inbox))));
    }

    function inboxConfig() internal view returns (InboxConfig memory config) {
        config.laneRegistry = address(lanes);
        config.committeeRegistry = address(committees);
        config.depositQueue = depositQueue();
        config.lane = LANE;
        config.setId = setId;
        config.forceDelay = FORCE_DELAY;
        config.genesisTimestamp = uint64(block.timestamp);
        config.genesisOriginHeader = l1Header[block.number - 1];
        config.l2BlockGasLimit = L2_GAS_LIMIT;
    }

    /// @dev What the Inbox reads deposits from.
    function depositQueue() internal view virtual returns (address) {
        return address(deposits);
    }

    /// @dev A lane block as the sequencers of now would make it: origin latest - 1.
    function laneBlockOf(bytes memory payload) internal view returns (LaneBlock memory laneBlock) {
        laneBlock.timestamp = uint64(block.timestamp);
        laneBlock.originNumber = uint64(block.number - 1);
        laneBlock.originHash = l1Hash(block.number - 1);
        laneBlock.payload = payload;
    }

    /// @dev Orders one lane block in a sequencer block of its own.
    function order(LaneBlock memory laneBlock) internal {
        laneBlock.sequencerHeight = uint64(headers.length + 1);
        laneBlocks.push(laneBlock);
        tips.push(tipAfter(tips[tips.length - 1], laneBlock));

        SequencerHeader memory header;
        header.version = 1;
        header.setId = setId;
        header.epoch = uint64(epochKeys.length - 1);
        header.height = laneBlock.sequencerHeight;
        header.timestamp = laneBlock.timestamp;
        if (headers.length > 0) header.parentHash = hashOf(headers[headers.length - 1]);
        header.proposer = vm.addr(keys[0]);
        header.originNumber = laneBlock.originNumber;
        header.originHash = laneBlock.originHash;
        header.lanesRoot = keccak256(abi.encode(Tags.LANES_ROOT, 3, NaiveTree.root(laneLeaves(tips.length - 1), 2)));
        header.historyRoot = NaiveTree.root(historyLeaves, 32);
        headers.push(header);
        historyLeaves.push(keccak256(abi.encode(Tags.HISTORY_LEAF, header.height, hashOf(header))));
    }

    function orderMany(uint256 count, bytes memory payload) internal {
        for (uint256 i = 0; i < count; ++i) order(laneBlockOf(payload));
    }

    /// @dev Lane blocks `first` to `last` under the newest header.
    function batchOf(uint64 first, uint64 last) internal view returns (Batch memory batch) {
        batch.certified = headers[headers.length - 1];
        batch.certificate = certificateOf(batch.certified, quorumBits(epochKeys[batch.certified.epoch].length));
        batch.target = headers[last - 1];
        if (last < headers.length) {
            bytes32[] memory before = new bytes32[](headers.length - 1);
            for (uint256 i = 0; i < before.length; ++i) before[i] = historyLeaves[i];
            batch.history.siblings = NaiveTree.proof(before, last - 1, 32);
        }
        batch.lane = LaneProof(tips[last], last, 3, 1, NaiveTree.proof(laneLeaves(last), 1, 2));
        batch.firstTip = tips[first - 1];
        batch.firstLaneHeight = first;
        batch.blocks = new LaneBlock[](last + 1 - first);
        for (uint256 i = 0; i < batch.blocks.length; ++i) batch.blocks[i] = posted(laneBlocks[first - 1 + i]);
        batch.originHeaders = new bytes[](0);
    }

    /// @dev The same with one origin header, of L1 block `number`.
    function batchOf(uint64 first, uint64 last, uint256 number) internal view returns (Batch memory batch) {
        batch = batchOf(first, last);
        batch.originHeaders = new bytes[](1);
        batch.originHeaders[0] = l1Header[number];
    }

    function certificateOf(SequencerHeader memory header, uint256 bitmap) internal view returns (Certificate memory) {
        return certify(epochKeys[header.epoch], committees.attestDigest(header.setId, header.epoch, header.height, hashOf(header)), bitmap);
    }

    /// @dev New members certify from the next height on.
    function handOver(uint256[] memory fresh) internal {
        address[] memory members = addressesOf(fresh);
        uint64 start = uint64(headers.length + 1);
        bytes32 digest = committees.handoverDigest(setId, uint64(epochKeys.length), start, keccak256(abi.encode(members)));
        committees.handover(setId, members, start, certify(keys, digest, quorumBits(keys.length)));
        keys = fresh;
        epochKeys.push(fresh);
    }

    function append(Batch memory batch) internal {
        appendAs(batch, POSTER, POSTER);
    }

    /// @dev Public, so that a test can expect the revert of what comes before the call as well.
    function appendAs(Batch memory batch, address sender, address origin) public {
        vm.prank(sender, origin);
        inbox.appendBatch(
            batch.certified,
            batch.certificate,
            batch.target,
            batch.history,
            batch.lane,
            batch.firstTip,
            batch.firstLaneHeight,
            batch.blocks,
            batch.originHeaders
        );
    }

    /// @dev Appends and returns the new leaves as the events carry them; their hashes join `leafHashes`.
    function appendAndRead(Batch memory batch) internal returns (InboxLeaf[] memory leaves) {
        vm.recordLogs();
        append(batch);
        return readLeaves();
    }

    /// @dev Leaves in the recorded logs. Checks each event's index and hash.
    function readLeaves() internal returns (InboxLeaf[] memory leaves) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        leaves = new InboxLeaf[](logs.length);
        uint256 found = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IInbox.LeafAppended.selector) continue;
            bytes32 leafHash;
            (leafHash, leaves[found]) = abi.decode(logs[i].data, (bytes32, InboxLeaf));
            assertEq(uint256(logs[i].topics[1]), leafHashes.length, "index of LeafAppended");
            assertEq(leafHash, keccak256(abi.encode(Tags.INBOX_LEAF, leaves[found])), "hash of LeafAppended");
            leafHashes.push(leafHash);
            ++found;
        }
        assembly ("memory-safe") {
            mstore(leaves, found)
        }
    }

    function posted(LaneBlock memory laneBlock) internal pure returns (LaneBlock memory) {
        if (laneBlock.payload.length <= 114_688) return laneBlock;
        laneBlock.oversizedLength = uint64(laneBlock.payload.length);
        laneBlock.oversizedHash = keccak256(laneBlock.payload);
        laneBlock.payload = "";
        return laneBlock;
    }

    function hashOf(SequencerHeader memory header) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.SEQUENCER_HEADER, header));
    }

    function tipAfter(bytes32 tip, LaneBlock memory laneBlock) internal pure returns (bytes32) {
        bytes memory head = abi.encode(Tags.LANE_TIP, LANE, tip, laneBlock.sequencerHeight, laneBlock.timestamp);
        bytes memory tail = abi.encode(
            laneBlock.originNumber, laneBlock.originHash, laneBlock.payload.length, keccak256(laneBlock.payload)
        );
        return keccak256(bytes.concat(head, tail));
    }

    /// @dev The lane between two neighbours that never move.
    function laneLeaves(uint256 laneHeight) internal view returns (bytes32[] memory leaves) {
        leaves = new bytes32[](3);
        leaves[0] = keccak256(abi.encode(Tags.LANE_LEAF, LANE - 1, bytes32("below"), 7));
        leaves[1] = keccak256(abi.encode(Tags.LANE_LEAF, LANE, tips[laneHeight], laneHeight));
        leaves[2] = keccak256(abi.encode(Tags.LANE_LEAF, LANE + 1, bytes32("above"), 9));
    }

    /// @dev Payload of the given raw entries.
    function payloadOf(bytes[] memory entries) internal pure returns (bytes memory payload) {
        for (uint256 i = 0; i < entries.length; ++i) {
            payload = bytes.concat(payload, bytes4(uint32(entries[i].length)), entries[i]);
        }
    }
}
