// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IInbox} from "../../src/interfaces/IInbox.sol";
import {Lanes} from "../../src/libraries/Lanes.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {LaneBlock, LaneProof} from "../../src/types/Ordering.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {Test} from "../utils/Test.sol";

contract LanesTest is Test {
    function lanesRootOfProof(uint64 lane, LaneProof calldata proof) external pure returns (bytes32) {
        return Lanes.lanesRootOfProof(lane, proof);
    }

    function laneTip(uint64 lane, bytes32 prevTip, LaneBlock calldata laneBlock, uint64 length, bytes32 hash)
        external
        pure
        returns (bytes32)
    {
        return Lanes.laneTip(lane, prevTip, laneBlock, length, hash);
    }

    /// @dev Depth by looking for the smallest tree that is wide enough.
    function _depth(uint256 count) private pure returns (uint256 depth) {
        uint256 width = 1;
        for (; width < count; width *= 2) ++depth;
    }

    function _lane(uint256 i) private pure returns (uint64 lane, bytes32 tip, uint64 height) {
        return (uint64(10 + 3 * i), keccak256(abi.encode("tip", i)), uint64(i * i + 1));
    }

    function _tree(uint256 count) private pure returns (bytes32[] memory leaves, bytes32 root) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            (uint64 lane, bytes32 tip, uint64 height) = _lane(i);
            leaves[i] = keccak256(abi.encode(Tags.LANE_LEAF, lane, tip, height));
        }
        root = keccak256(abi.encode(Tags.LANES_ROOT, count, NaiveTree.root(leaves, _depth(count))));
    }

    function _proof(uint256 count, uint256 index) private pure returns (uint64 lane, LaneProof memory proof, bytes32 root) {
        bytes32[] memory leaves;
        (leaves, root) = _tree(count);
        (lane, proof.laneTip, proof.laneHeight) = _lane(index);
        proof.laneCount = uint64(count);
        proof.index = uint64(index);
        proof.siblings = NaiveTree.proof(leaves, index, _depth(count));
    }

    function test_lanesRootOfProof_everyLaneOfSmallTrees_works() public view {
        for (uint256 count = 1; count <= 17; ++count) {
            for (uint256 index = 0; index < count; ++index) {
                (uint64 lane, LaneProof memory proof, bytes32 root) = _proof(count, index);
                assertEq(this.lanesRootOfProof(lane, proof), root);
            }
        }
    }

    function testFuzz_lanesRootOfProof_changed_works(uint256 count, uint256 index, uint8 part, uint64 value) public view {
        count = bound(count, 2, 40);
        index = bound(index, 0, count - 1);
        (uint64 lane, LaneProof memory proof, bytes32 root) = _proof(count, index);
        bytes32 before = keccak256(abi.encode(lane, proof));
        part = part % 6;
        if (part == 0) lane = value;
        if (part == 1) proof.laneTip = keccak256(abi.encode(value));
        if (part == 2) proof.laneHeight = value;
        if (part == 3) proof.laneCount = uint64(bound(value, 0, 80));
        if (part == 4) proof.index = uint64(bound(value, 0, 80));
        if (part == 5) proof.siblings[value % proof.siblings.length] = keccak256(abi.encode(value));
        vm.assume(keccak256(abi.encode(lane, proof)) != before);
        try this.lanesRootOfProof(lane, proof) returns (bytes32 proven) {
            assertTrue(proven != root, "accepted");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(IInbox.ImpossibleLaneProof.selector));
        }
    }

    function _expectImpossible(uint64 lane, LaneProof memory proof) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IInbox.ImpossibleLaneProof.selector, proof.index, proof.laneCount, proof.siblings.length
            )
        );
        this.lanesRootOfProof(lane, proof);
    }

    function test_lanesRootOfProof_impossibleShape_reverts() public {
        (uint64 lane, LaneProof memory proof,) = _proof(5, 2);
        proof.siblings = new bytes32[](2);
        _expectImpossible(lane, proof);
        proof.siblings = new bytes32[](4);
        _expectImpossible(lane, proof);
        (lane, proof,) = _proof(5, 2);
        proof.index = 5;
        _expectImpossible(lane, proof);
        (lane, proof,) = _proof(1, 0);
        proof.laneCount = 0;
        _expectImpossible(lane, proof);
    }

    function test_lanesRootOfProof_laneCountCap_works() public {
        (uint64 lane, LaneProof memory proof,) = _proof(1, 0);
        proof.laneCount = 1 << 32;
        proof.siblings = new bytes32[](32);
        assertTrue(this.lanesRootOfProof(lane, proof) != 0, "as many lanes as there can be");
        proof.laneCount += 1;
        proof.siblings = new bytes32[](33);
        _expectImpossible(lane, proof);
    }

    function testFuzz_laneTreeDepth_any_works(uint64 count) public pure {
        uint256 depth = Lanes.laneTreeDepth(count);
        assertTrue(uint256(1) << depth >= count, "wide enough");
        assertTrue(depth == 0 || uint256(1) << (depth - 1) < count, "not wider");
    }

    function testFuzz_laneTip_words_works(uint64 lane, bytes32 prevTip, uint64[4] memory numbers, bytes32[2] memory hashes)
        public
        view
    {
        LaneBlock memory laneBlock;
        (laneBlock.sequencerHeight, laneBlock.timestamp, laneBlock.originNumber) = (numbers[0], numbers[1], numbers[2]);
        laneBlock.originHash = hashes[0];
        bytes memory head = abi.encode(Tags.LANE_TIP, lane, prevTip, numbers[0], numbers[1], numbers[2]);
        bytes32 expected = keccak256(bytes.concat(head, abi.encode(hashes[0], numbers[3], hashes[1])));
        assertEq(this.laneTip(lane, prevTip, laneBlock, numbers[3], hashes[1]), expected);
    }

    function testFuzz_firstLaneTip_words_works(bytes32 setId, uint64 lane, address inbox) public pure {
        assertEq(
            Lanes.firstLaneTip(setId, lane, inbox), keccak256(abi.encode(Tags.FIRST_LANE_TIP, setId, lane, inbox))
        );
    }
}
