// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DisputeManager} from "../../src/dispute/DisputeManager.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {CommitmentStatus, Credit, LastLeafProof, NEWER} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";

/// @dev Who is paid what, to the wei.
contract PayoutsTest is DisputeTest {
    Side internal honest;
    Side internal liar;
    bytes32 internal duelId;
    bytes32 internal disputeId;

    function setUp() public override {
        super.setUp();
        disputeId = Disputes.disputeId(genesisId, 0);
        honest = _first(ALICE, _honest());
        liar = _rivalOf(BOB, _lie(1, 2, 3, "a"));
        honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
        duelId = _play(liar, honest);
    }

    function _settle() internal {
        vm.warp(chain.settleableAt(honest.assertionId));
        chain.settle(honest.assertionId, states[honest.assertionId]);
    }

    function _collect() internal {
        disputes.collect(liar.commitmentId, honest.commitmentId, ledgers[duelId]);
    }

    function _assertSolvent() internal view {
        assertEq(
            address(vault).balance,
            vault.totalBonded() + vault.totalCredit() + vault.totalPots() + vault.totalBurned(),
            "solvent"
        );
    }

    function test_collect_paysWhoMovedForTheWinner_toTheWei() public {
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NoWinner.selector, liar.commitmentId, honest.commitmentId)
        );
        _collect();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.Undecided.selector, liar.assertionId));
        disputes.resolve(liar.commitmentId);
        _settle();
        Credit[] storage ledger = ledgers[duelId];
        uint256 due = 0;
        for (uint256 k = 0; k < ledger.length; ++k) {
            if (ledger[k].side == NEWER) due += ledger[k].amount;
        }
        assertEq(ledger.length, 13);
        _collect();
        assertEq(vault.credit(MOVER1), due);
        assertEq(vault.credit(MOVER0), 0, "who moved for the liar");
        assertEq(vault.totalBurned(), STAKE - STAKE / 2);
        assertEq(vault.pot(disputeId), STAKE / 2 - due);
        _assertSolvent();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyCollected.selector, duelId));
        _collect();
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyResolved.selector, liar.commitmentId));
        disputes.resolve(liar.commitmentId);
        uint256 price = _price(1);
        assertEq(ledger[0].amount, 180_000 * price);
        assertEq(ledger[1].amount, 90_000 * price);
        assertEq(ledger[3].amount, 140_000 * price);
    }

    /// @dev Four whole duels for a stake, at any price that is paid.
    function test_constructor_gasPriceAboveTheStake_reverts() public {
        uint256 highest = STAKE / (4 * 13_500_000);
        assertEq(new DisputeManager(chain, vault, highest).maxGasPrice(), highest);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.GasPriceTooHigh.selector, highest + 1, highest));
        new DisputeManager(chain, vault, highest + 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.GasPriceTooHigh.selector, type(uint256).max, highest));
        new DisputeManager(chain, vault, type(uint256).max);
    }

    function test_credit_isCapped_works() public {
        vm.fee(500 gwei);
        (bytes32 root, LastLeafProof memory proof) = _idleTrace(states[honest.assertionId], "frenemy");
        vm.prank(BOB);
        bytes32 id = disputes.commit{value: STAKE}(honest.assertionId, root, proof, 0);
        assertEq(disputes.commitment(id).credit, 260_000 * MAX_GAS_PRICE);
    }

    function test_collect_wrongLedger_reverts() public {
        _settle();
        ledgers[duelId][2].amount += 1;
        vm.expectPartialRevert(IDisputeManager.WrongLedger.selector);
        _collect();
        ledgers[duelId][2].amount -= 1;
        ledgers[duelId][2].mover = BOB;
        vm.expectPartialRevert(IDisputeManager.WrongLedger.selector);
        _collect();
        ledgers[duelId][2].mover = MOVER1;
        ledgers[duelId].pop();
        vm.expectPartialRevert(IDisputeManager.WrongLedger.selector);
        _collect();
    }

    function test_collectJoin_paysTheStaker_once() public {
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.UnknownCommitment.selector, bytes32("x")));
        disputes.collectJoin("x");
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotConfirmed.selector, honest.assertionId));
        disputes.collectJoin(honest.commitmentId);
        _settle();
        uint256 due = 260_000 * _price(1);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.PotTooSmall.selector, disputeId, 0, due));
        disputes.collectJoin(honest.commitmentId);
        disputes.resolve(liar.commitmentId);
        disputes.collectJoin(honest.commitmentId);
        assertEq(vault.credit(ALICE), due);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.AlreadyCollected.selector, honest.commitmentId));
        disputes.collectJoin(honest.commitmentId);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotConfirmed.selector, liar.assertionId));
        disputes.collectJoin(liar.commitmentId);
        _assertSolvent();
    }

    function test_winner_getsItsStakeBack() public {
        bytes32 bondId = _bondOf(honest.assertionId);
        _settle();
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondCommitted.selector, bondId, 1));
        vault.release(bondId);
        disputes.resolve(honest.commitmentId);
        assertEq(disputes.aliveCommitments(honest.assertionId), 0);
        vm.startPrank(ALICE);
        vault.release(bondId);
        assertEq(vault.claim(ALICE), STAKE);
        vm.stopPrank();
        _assertSolvent();
    }

    /// @dev Elimination strikes, the end slashes; once, whoever asks.
    function test_loser_isStruckThenSlashedOnce() public {
        bytes32 bondId = _bondOf(liar.assertionId);
        assertEq(vault.bond(bondId).strikes, 1);
        assertEq(uint256(vault.bond(bondId).status), uint256(IBondVault.BondStatus.Active));
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        chain.fixTarget(liar.assertionId);
        BlockState memory end = _end(liar.assertionId, 1, "x");
        bytes32 id = chain.assertionIdOf(liar.assertionId, end);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondUnderStrike.selector, bondId, 1));
        chain.propose(id, liar.assertionId, end, bondId);
        _settle();
        chain.markOrphan(liar.assertionId);
        assertEq(uint256(vault.bond(bondId).status), uint256(IBondVault.BondStatus.Slashed));
        assertEq(vault.totalBurned(), STAKE / 2);
        disputes.resolve(liar.commitmentId);
        assertEq(vault.totalBurned(), STAKE / 2);
        assertEq(vault.pot(disputeId), STAKE / 2);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondNotActive.selector, bondId));
        vault.release(bondId);
        _assertSolvent();
    }

    /// @dev A first child that nobody defends loses its stake too, and that pays who rivalled it.
    function test_undefendedFirstChild_paysTheRival() public {
        _settle();
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        bytes32 lie = _propose(BOB, honest.assertionId, _end(honest.assertionId, 1, "lie"), 0);
        bytes32 truth = _rival(ALICE, honest.assertionId, _end(honest.assertionId, 1, "truth"), 0);
        vm.warp(chain.settleableAt(truth));
        chain.settle(truth, states[truth]);
        chain.markOrphan(lie);
        (bytes32 root,) = _idleTrace(states[truth], "trace");
        disputes.collectJoin(Disputes.commitmentId(truth, root));
        assertEq(vault.credit(ALICE), 700_000 * _price(1));
        _assertSolvent();
    }

    /// @dev A bond that won and was then rolled on to a wrong child: lost there, it is not paid for the joining either.
    function test_collectJoin_bondSlashedElsewhere_reverts() public {
        bytes32 bondId = _bondOf(honest.assertionId);
        _settle();
        disputes.resolve(liar.commitmentId);
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        bytes32 lie = _propose(ALICE, honest.assertionId, _end(honest.assertionId, 1, "lie"), bondId);
        bytes32 truth = _rival(BOB, honest.assertionId, _end(honest.assertionId, 1, "truth"), 0);
        vm.warp(chain.settleableAt(truth));
        chain.settle(truth, states[truth]);
        chain.markOrphan(lie);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.BondSlashed.selector, bondId));
        disputes.collectJoin(honest.commitmentId);
        _assertSolvent();
    }

    /// @dev Bad traces of the right assertion: alive, one gets its stake back; eliminated, it is slashed and its movers get nothing.
    function test_frenemy_keepsItsStakeOrLosesIt() public {
        address owner = address(0xf2);
        vm.deal(owner, 2 * STAKE);
        Side memory second = _rivalOf(BOB, _lie(0, 0, 5, "c"));
        Side memory lost = _frenemy(owner, 1);
        Side memory kept = _frenemy(owner, 7);
        bytes32 lostDuel = _play(second, lost);
        _assertStatus(lost, CommitmentStatus.Eliminated, "lost");
        _assertStatus(second, CommitmentStatus.Alive, "second");
        vm.warp(block.timestamp + A);
        // Nobody opened the second liar's root against the honest side.
        disputes.timeout(honest.commitmentId, second.commitmentId);
        _settle();
        disputes.resolve(lost.commitmentId);
        disputes.resolve(kept.commitmentId);
        disputes.resolve(second.commitmentId);
        assertEq(vault.totalBurned(), 2 * (STAKE / 2));
        bytes32 lostBond = disputes.commitment(lost.commitmentId).bondId;
        bytes32 keptBond = disputes.commitment(kept.commitmentId).bondId;
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondNotActive.selector, lostBond));
        vault.release(lostBond);
        vault.release(keptBond);
        assertEq(vault.claim(owner), STAKE);
        vm.stopPrank();
        vm.expectRevert(
            abi.encodeWithSelector(IDisputeManager.NoWinner.selector, second.commitmentId, lost.commitmentId)
        );
        disputes.collect(second.commitmentId, lost.commitmentId, ledgers[lostDuel]);
        vm.expectRevert(abi.encodeWithSelector(IDisputeManager.NotConfirmed.selector, honest.assertionId));
        disputes.collectJoin(lost.commitmentId);
        _assertSolvent();
    }

    function _frenemy(address owner, uint64 step) private returns (Side memory side) {
        side = honest;
        side.trace = _lie(0, 0, step, "frenemy");
        side.trace.heals = true;
        side = _commit(owner, side, 0);
        honest.trace = _honest();
    }

    /// @dev Self-play: both sides are one's own and every credit is collected; still half the stake is gone.
    function test_selfPlay_burnsHalf() public {
        uint256 before = address(vault).balance;
        _settle();
        _collect();
        disputes.collectJoin(honest.commitmentId);
        disputes.resolve(honest.commitmentId);
        bytes32 bondId = _bondOf(honest.assertionId);
        vm.startPrank(ALICE);
        vault.release(bondId);
        vault.claim(ALICE);
        vm.stopPrank();
        vm.prank(MOVER1);
        vault.claim(MOVER1);
        assertTrue(address(vault).balance >= STAKE / 2, "half is burned");
        assertEq(address(vault).balance, vault.totalBurned() + vault.totalPots());
        assertTrue(before > address(vault).balance, "all else is paid");
    }

    function testFuzz_vault_onlyTheManager_reverts(address caller) public {
        vm.assume(caller != address(disputes) && caller != address(chain));
        vm.startPrank(caller);
        bytes memory reason = abi.encodeWithSelector(IBondVault.OnlyDisputeManager.selector, caller);
        vm.expectRevert(reason);
        vault.back("b", caller);
        vm.expectRevert(reason);
        vault.strike("b");
        vm.expectRevert(reason);
        vault.free("b", true);
        vm.expectRevert(reason);
        vault.reward("d", caller, 1);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.OnlyChain.selector, caller));
        vault.slash("b", "d");
        vm.stopPrank();
    }
}
