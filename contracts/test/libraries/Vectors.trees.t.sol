// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {Payload} from "../../src/libraries/Payload.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {VectorFile} from "../utils/VectorFile.sol";

/// @dev Tags, trees and payloads against the vectors that TypeScript is tested with.
contract VectorsTreesTest is VectorFile {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    AppendOnlyTree.Tree private tree;

    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata siblings) external pure returns (bytes32) {
        return AppendOnlyTree.rootOf(leaf, index, siblings);
    }

    function txRoot(bytes calldata payload) external pure returns (uint64 txCount, bytes32 root) {
        return Payload.txRoot(payload);
    }

    function test_tags_vectors_works() public {
        load("tags");
        assertEq(word(".node"), Tags.NODE);
        assertEq(word(".sequencerHeader"), Tags.SEQUENCER_HEADER);
        assertEq(word(".historyLeaf"), Tags.HISTORY_LEAF);
        assertEq(word(".committeeSet"), Tags.COMMITTEE_SET);
        assertEq(word(".firstLaneTip"), Tags.FIRST_LANE_TIP);
        assertEq(word(".laneTip"), Tags.LANE_TIP);
        assertEq(word(".laneLeaf"), Tags.LANE_LEAF);
        assertEq(word(".lanesRoot"), Tags.LANES_ROOT);
        assertEq(word(".txEntry"), Tags.TX_ENTRY);
        assertEq(word(".prevRandao"), Tags.PREV_RANDAO);
        assertEq(word(".inboxLeaf"), Tags.INBOX_LEAF);
        assertEq(word(".deposit"), Tags.DEPOSIT);
        assertEq(word(".depositSource"), Tags.DEPOSIT_SOURCE);
        assertEq(word(".blockState"), Tags.BLOCK_STATE);
        assertEq(word(".assertion"), Tags.ASSERTION);
        assertEq(word(".config"), Tags.CONFIG);
        assertEq(word(".bond"), Tags.BOND);
        assertEq(word(".stackWord"), Tags.STACK_WORD);
        assertEq(word(".blockSection"), Tags.BLOCK_SECTION);
        assertEq(word(".runSection"), Tags.RUN_SECTION);
        assertEq(word(".txSection"), Tags.TX_SECTION);
        assertEq(word(".frameSection"), Tags.FRAME_SECTION);
        assertEq(word(".microOpSection"), Tags.MICRO_OP_SECTION);
        assertEq(word(".suspendedFrame"), Tags.SUSPENDED_FRAME);
        assertEq(word(".machine"), Tags.MACHINE);
        assertEq(word(".record"), Tags.RECORD);
        assertEq(word(".warmItem"), Tags.WARM_ITEM);
        assertEq(word(".authorization"), Tags.AUTHORIZATION);
        assertEq(word(".destroyed"), Tags.DESTROYED);
        assertEq(word(".log"), Tags.LOG);
        assertEq(word(".logData"), Tags.LOG_DATA);
        assertEq(word(".hasher"), Tags.HASHER);
        assertEq(word(".openTrie"), Tags.OPEN_TRIE);
        assertEq(word(".segmentLeaf"), Tags.SEGMENT_LEAF);
        assertEq(word(".blockLeaf"), Tags.BLOCK_LEAF);
    }

    function test_emptySubtrees_vectors_works() public {
        load("append-only-tree");
        bytes32[] memory zeros = words(".emptySubtrees");
        assertEq(zeros.length, 33);
        for (uint256 height = 0; height < 33; ++height) assertEq(zeros[height], NaiveTree.zero(height));
        bytes32[] memory leaves = words(".leaves");
        assertEq(word(".node"), AppendOnlyTree.node(leaves[0], leaves[1]));
    }

    function test_append_vectors_works() public {
        load("append-only-tree");
        bytes32[] memory leaves = words(".leaves");
        bytes32[] memory roots = words(".roots");
        assertEq(roots.length, leaves.length + 1);
        for (uint256 i = 0; i < leaves.length; ++i) {
            assertEq(tree.root(), roots[i]);
            tree.append(leaves[i]);
        }
        assertEq(tree.root(), roots[leaves.length]);
    }

    function test_rootOf_vectors_works() public {
        load("append-only-tree");
        uint256[] memory indexes = uints(".proofs.index");
        bytes32[] memory leaves = words(".proofs.leaf");
        bytes32[] memory roots = words(".proofs.root");
        bytes32[] memory others = words(".proofs.rootAtNextIndex");
        assertEq(indexes.length, uintAt(".proofs.count"));
        for (uint256 i = 0; i < indexes.length; ++i) {
            bytes32[] memory siblings = words(numbered(".proofs.siblings", i));
            assertEq(this.rootOf(leaves[i], indexes[i], siblings), roots[i]);
            assertEq(this.rootOf(leaves[i], indexes[i] + 1, siblings), others[i]);
        }
    }

    function test_txRoot_vectors_works() public {
        load("payloads");
        bytes[] memory payloads = vm.parseJsonBytesArray(json, ".payload");
        bytes32[] memory hashes = words(".payloadHash");
        uint256[] memory counts = uints(".txCount");
        bytes32[] memory roots = words(".txRoot");
        assertEq(payloads.length, uintAt(".count"));
        for (uint256 i = 0; i < payloads.length; ++i) {
            (uint64 txCount, bytes32 root) = this.txRoot(payloads[i]);
            assertEq(keccak256(payloads[i]), hashes[i], "payload");
            assertEq(txCount, counts[i], "count");
            assertEq(root, roots[i], "root");
        }
    }
}
