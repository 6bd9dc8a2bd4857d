// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {InboxLeaves} from "../../src/libraries/InboxLeaves.sol";
import {Lanes} from "../../src/libraries/Lanes.sol";
import {SequencerHeaders} from "../../src/libraries/SequencerHeaders.sol";
import {InboxLeaf} from "../../src/types/Inbox.sol";
import {LaneBlock, LaneProof, SequencerHeader} from "../../src/types/Ordering.sol";
import {VectorFile} from "../utils/VectorFile.sol";

/// @dev Headers, lanes and leaves against the vectors that TypeScript is tested with.
contract VectorsOrderingTest is VectorFile {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    AppendOnlyTree.Tree private tree;

    function headerHash(SequencerHeader calldata header) external pure returns (bytes32) {
        return SequencerHeaders.headerHash(header);
    }

    function laneTip(uint64 lane, bytes32 prevTip, LaneBlock calldata laneBlock, uint64 length, bytes32 hash)
        external
        pure
        returns (bytes32)
    {
        return Lanes.laneTip(lane, prevTip, laneBlock, length, hash);
    }

    function lanesRootOfProof(uint64 lane, LaneProof calldata proof) external pure returns (bytes32) {
        return Lanes.lanesRootOfProof(lane, proof);
    }

    function test_headerHash_vectors_works() public {
        load("sequencer-headers");
        SequencerHeader[] memory headers = _headers(uintAt(".count"));
        bytes32[] memory hashes = words(".hash");
        bytes32[] memory leaves = words(".historyLeaf");
        for (uint256 i = 0; i < headers.length; ++i) {
            assertEq(this.headerHash(headers[i]), hashes[i]);
            assertEq(SequencerHeaders.historyLeaf(headers[i].height, hashes[i]), leaves[i]);
        }
    }

    function test_firstLaneTip_vectors_works() public {
        load("lanes");
        bytes32[] memory sets = words(".first.setId");
        uint64[] memory lanes = uint64s(".first.lane");
        address[] memory inboxes = addresses(".first.inbox");
        bytes32[] memory tips = words(".first.tip");
        assertEq(tips.length, uintAt(".first.count"));
        for (uint256 i = 0; i < tips.length; ++i) assertEq(Lanes.firstLaneTip(sets[i], lanes[i], inboxes[i]), tips[i]);
    }

    function test_laneTip_vectors_works() public {
        load("lanes");
        LaneBlock[] memory blocks = _laneBlocks(uintAt(".tips.count"));
        uint64[] memory lanes = uint64s(".tips.lane");
        bytes32[] memory previous = words(".tips.prevTip");
        uint64[] memory lengths = uint64s(".tips.payloadLength");
        bytes32[] memory hashes = words(".tips.payloadHash");
        bytes32[] memory tips = words(".tips.tip");
        for (uint256 i = 0; i < blocks.length; ++i) {
            assertEq(this.laneTip(lanes[i], previous[i], blocks[i], lengths[i], hashes[i]), tips[i]);
        }
    }

    function test_laneLeaf_vectors_works() public {
        load("lanes");
        uint64[] memory lanes = uint64s(".entries.lane");
        bytes32[] memory tips = words(".entries.laneTip");
        uint64[] memory heights = uint64s(".entries.laneHeight");
        bytes32[] memory leaves = words(".entries.leaf");
        assertEq(leaves.length, uintAt(".entries.count"));
        for (uint256 i = 0; i < leaves.length; ++i) assertEq(Lanes.laneLeaf(lanes[i], tips[i], heights[i]), leaves[i]);
        assertEq(uintAt(".roots.size[0]"), 0);
        assertEq(Lanes.lanesRoot(0, 0), word(".roots.root[0]"));
    }

    function test_lanesRootOfProof_vectors_works() public {
        load("lanes");
        uint64[] memory lanes = uint64s(".proofs.lane");
        bytes32[] memory roots = words(".proofs.root");
        bytes32[] memory tips = words(".proofs.laneTip");
        uint64[] memory heights = uint64s(".proofs.laneHeight");
        uint64[] memory counts = uint64s(".proofs.laneCount");
        uint64[] memory indexes = uint64s(".proofs.index");
        assertEq(lanes.length, uintAt(".proofs.count"));
        for (uint256 i = 0; i < lanes.length; ++i) {
            bytes32[] memory siblings = words(numbered(".proofs.siblings", i));
            LaneProof memory proof = LaneProof(tips[i], heights[i], counts[i], indexes[i], siblings);
            assertEq(this.lanesRootOfProof(lanes[i], proof), roots[i]);
        }
    }

    function test_inboxLeafHash_vectors_works() public {
        load("inbox-leaves");
        InboxLeaf[] memory leaves = _leaves(uintAt(".leaves.count"));
        bytes32[] memory hashes = words(".leaves.hash");
        for (uint256 i = 0; i < leaves.length; ++i) {
            assertEq(InboxLeaves.inboxLeafHash(leaves[i]), hashes[i]);
            tree.append(hashes[i]);
        }
        assertEq(tree.root(), word(".root"));
    }

    function test_prevRandao_vectors_works() public {
        load("inbox-leaves");
        bytes32[] memory mixHashes = words(".prevRandao.mixHash");
        uint64[] memory seeds = uint64s(".prevRandao.seed");
        bytes32[] memory results = words(".prevRandao.result");
        assertEq(results.length, uintAt(".prevRandao.count"));
        for (uint256 i = 0; i < results.length; ++i) assertEq(InboxLeaves.prevRandao(mixHashes[i], seeds[i]), results[i]);
    }

    function _headers(uint256 count) private view returns (SequencerHeader[] memory list) {
        list = new SequencerHeader[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i].version = uint64s(".version")[i];
            list[i].setId = words(".setId")[i];
            list[i].epoch = uint64s(".epoch")[i];
            list[i].height = uint64s(".height")[i];
            list[i].timestamp = uint64s(".timestamp")[i];
            list[i].parentHash = words(".parentHash")[i];
            list[i].proposer = addresses(".proposer")[i];
            list[i].originNumber = uint64s(".originNumber")[i];
            list[i].originHash = words(".originHash")[i];
            list[i].lanesRoot = words(".lanesRoot")[i];
            list[i].historyRoot = words(".historyRoot")[i];
        }
    }

    function _laneBlocks(uint256 count) private view returns (LaneBlock[] memory list) {
        list = new LaneBlock[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i].sequencerHeight = uint64s(".tips.sequencerHeight")[i];
            list[i].timestamp = uint64s(".tips.timestamp")[i];
            list[i].originNumber = uint64s(".tips.originNumber")[i];
            list[i].originHash = words(".tips.originHash")[i];
        }
    }

    function _leaves(uint256 count) private view returns (InboxLeaf[] memory list) {
        list = new InboxLeaf[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i].kind = uint8(uints(".leaves.kind")[i]);
            list[i].sequencerHeight = uint64s(".leaves.sequencerHeight")[i];
            list[i].timestamp = uint64s(".leaves.timestamp")[i];
            list[i].originNumber = uint64s(".leaves.originNumber")[i];
            list[i].originHash = words(".leaves.originHash")[i];
            list[i].originTimestamp = uint64s(".leaves.originTimestamp")[i];
            list[i].originBaseFee = uints(".leaves.originBaseFee")[i];
            list[i].prevRandao = words(".leaves.prevRandao")[i];
            list[i].payloadHash = words(".leaves.payloadHash")[i];
            list[i].txCount = uint64s(".leaves.txCount")[i];
            list[i].txRoot = words(".leaves.txRoot")[i];
            list[i].depositStart = uint64s(".leaves.depositStart")[i];
            list[i].depositEnd = uint64s(".leaves.depositEnd")[i];
            list[i].depositRoot = words(".leaves.depositRoot")[i];
        }
    }
}
