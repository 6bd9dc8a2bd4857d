// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../src/interfaces/IAssertionChain.sol";
import {Lanes} from "../src/libraries/Lanes.sol";
import {Tags} from "../src/libraries/Tags.sol";
import {BlockState} from "../src/types/Assertion.sol";
import {Certificate, HistoryProof, LaneBlock, LaneProof, SequencerHeader} from "../src/types/Ordering.sol";
import {WholeRollup} from "./utils/WholeRollup.sol";

/// @dev A pause stops confirmations and finalizations. All else goes on while it lasts, on the contracts as deployed.
contract PauseTest is WholeRollup {
    function setUp() public override {
        super.setUp();
        vm.deal(BOB, 10 ether);
        vm.warp(block.timestamp + PERIOD);
        vm.prank(GUARDIAN);
        guardianPause.pause();
    }

    /// @dev The lane's first block, certified by a quorum.
    function _appendBatch() private {
        LaneBlock[] memory blocks = new LaneBlock[](1);
        (blocks[0].sequencerHeight, blocks[0].timestamp) = (1, uint64(block.timestamp));
        bytes32 first = Lanes.firstLaneTip(setId, 901, address(realInbox));
        bytes memory fields = abi.encode(Tags.LANE_TIP, 901, first, 1, block.timestamp, 0, 0, 0, keccak256(""));
        LaneProof memory proof = LaneProof(keccak256(fields), 1, 1, 0, new bytes32[](0));
        SequencerHeader memory header;
        (header.version, header.setId, header.height) = (1, setId, 1);
        header.lanesRoot = Lanes.lanesRoot(1, Lanes.laneLeaf(901, proof.laneTip, 1));
        bytes32 headerHash = keccak256(abi.encode(Tags.SEQUENCER_HEADER, header));
        _post(header, certify(keys, committees.attestDigest(setId, 0, 1, headerHash), quorumBits(4)), proof, first, blocks);
    }

    function _post(
        SequencerHeader memory header,
        Certificate memory certificate,
        LaneProof memory proof,
        bytes32 first,
        LaneBlock[] memory blocks
    ) private {
        HistoryProof memory none;
        vm.prank(BOB, BOB);
        realInbox.appendBatch(header, certificate, header, none, proof, first, 1, blocks, new bytes[](0));
    }

    function test_pause_batchesRivalsAndProofs_goOn_succeeds() public {
        _appendBatch();
        assertEq(realInbox.count(), 1);

        Vector memory vector = _vector(2);
        BlockState memory end = _end(genesisId, 1, "honest");
        end.withdrawalsRoot = vector.storageRoot;
        bytes32 id = _propose(ALICE, genesisId, end, 0);
        _prove(BOB, vector, id);
        assertEq(portal.provenAssertion(vector.hash, BOB), id);
        bytes32 rival = _rival(BOB, genesisId, _end(genesisId, 1, "other"), 0);
        assertEq(chain.assertion(rival).proposer, BOB);
        assertTrue(guardianPause.paused(), "all of it in the pause");
    }

    function test_pause_depositsAndForcedInclusion_goOn_succeeds() public {
        vm.prank(ALICE, ALICE);
        portal.depositTransaction{value: 1 ether}(ALICE, 1 ether, 100_000, false, "");
        mine(FORCE_DELAY);
        vm.warp(block.timestamp - block.timestamp % COOLDOWN + COOLDOWN);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        realInbox.forceInclude(l1Header[block.number - 1]);
        assertEq(realInbox.count(), 1);
        assertTrue(guardianPause.paused(), "in a pause");
    }

    function test_pause_confirmAndFinalize_wait_reverts() public {
        _appendBatch();
        Vector memory vector = _vector(2);
        BlockState memory end = _end(genesisId, 1, "honest");
        end.withdrawalsRoot = vector.storageRoot;
        bytes32 id = _propose(ALICE, genesisId, end, 0);
        _prove(BOB, vector, id);
        vm.deal(address(portal), 1 ether);
        vm.warp(chain.confirmableAt(id));
        vm.prank(GUARDIAN);
        guardianPause.pause();
        uint64 until = guardianPause.pausedUntil();
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.Paused.selector, until));
        chain.confirm(id, end);
        vm.warp(until);
        chain.confirm(id, end);

        vm.warp(block.timestamp + COOLDOWN);
        vm.prank(GUARDIAN);
        guardianPause.pause();
        vm.expectRevert("OptimismPortal: output proposal has not been finalized yet");
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
        vm.warp(guardianPause.pausedUntil());
        portal.finalizeWithdrawalTransactionExternalProof(vector.withdrawal, BOB);
        assertTrue(portal.finalizedWithdrawals(vector.hash), "after it");
    }
}
