// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus} from "../../src/types/Assertion.sol";
import {Commitment, CommitmentStatus, Dispute, Duel, DuelStatus, LastLeafProof, NEWER, OLDER, Reason} from "../../src/types/Dispute.sol";
import {DisputeHandler} from "./DisputeHandler.sol";

/// @dev The contracts' view beside the model's, and what they would let in now.
contract DisputeChecks is DisputeHandler {
    /// @dev Enough to come to the first write.
    uint256 private constant PROBE_GAS = 2_000_000;

    /// @dev Whether the contract would let the call in: a static call then stops at its first write, without a reason, and is refused with one.
    function _wouldPass(address target, bytes memory data) private view returns (bool) {
        (bool ok, bytes memory reason) = target.staticcall{gas: PROBE_GAS}(data);
        assertTrue(!ok, "a static call wrote");
        return reason.length == 0;
    }

    /// @dev Whether the contract refuses the call for this reason.
    function _isRefused(address target, bytes memory data, bytes4 because) private view returns (bool) {
        (bool ok, bytes memory reason) = target.staticcall{gas: PROBE_GAS}(data);
        assertTrue(!ok, "a static call wrote");
        return bytes4(reason) == because;
    }

    /// @dev The windows, seen without anything that could join.
    function _checkWindows(bytes32 claimId) private view {
        Claim storage c = claims[claimId];
        Round storage r = rounds[c.round];
        LastLeafProof memory proof;
        if (r.t2 != 0) {
            bytes memory commit = abi.encodeCall(disputes.commit, (claimId, "root", proof, "bond"));
            bool closed = _isRefused(address(disputes), commit, IDisputeManager.JoinWindowClosed.selector);
            assertEq(closed, block.timestamp >= _joinsUntil(claimId), "window of commitments");
        }
        if (r.first != claimId || !_isLiving(c.parentId)) return;
        bytes memory rival = abi.encodeCall(chain.proposeRival, (0, c.parentId, states[claimId], "root", proof, "bond"));
        bool over = _isRefused(address(chain), rival, IAssertionChain.RivalWindowClosed.selector);
        assertEq(over, block.timestamp >= r.t1 + A, "window of rivals");
    }

    function checkCommitments() external view {
        for (uint256 k = 0; k < partyIds.length; ++k) {
            Party storage p = parties[partyIds[k]];
            Commitment memory c = disputes.commitment(partyIds[k]);
            CommitmentStatus status = p.resolved
                ? CommitmentStatus.Resolved
                : p.reason == Reason.None ? CommitmentStatus.Alive : CommitmentStatus.Eliminated;
            assertEq(uint256(c.status), uint256(status), "status");
            assertEq(uint256(c.reason), uint256(p.reason), "reason");
            assertEq(c.assertionId, p.claim, "assertion");
            assertEq(c.disputeId, p.round, "dispute");
            assertEq(c.bondId, p.bond, "bond");
            assertEq(c.joinIndex, p.index, "join index");
            assertEq(c.joinedAt, p.joinedAt, "joined at");
            assertEq(c.remaining, _joinsUntil(p.claim) - p.joinedAt, "remaining");
            assertEq(c.credit, p.credit, "credit for joining");
            assertEq(c.paid, p.paid, "joining paid");
        }
    }

    function checkRounds() external view {
        for (uint256 k = 0; k < roundIds.length; ++k) {
            Round storage r = rounds[roundIds[k]];
            Dispute memory d = disputes.dispute(roundIds[k]);
            assertEq(d.joins, partiesOf[roundIds[k]].length, "joins");
            assertEq(d.aliveAssertions, _aliveClaims(roundIds[k]), "assertions alive");
            assertEq(d.lastEliminationAt, r.eliminatedAt, "last elimination");
            if (r.epoch == epochOf[r.parentId]) assertEq(chain.terms(r.first).verifier, r.verifier);
            assertEq(_wouldPass(address(chain), abi.encodeCall(chain.reopen, (r.parentId))), _mayReopen(r.parentId), "reopen");
        }
        assertEq(chain.latestConfirmed(), tip, "latest confirmed");
        uint256 confirmed = 0;
        for (bytes32 id = tip; id != genesisId; id = claims[id].parentId) ++confirmed;
        for (uint256 k = 1; k < claimIds.length; ++k) {
            bytes32 id = claimIds[k];
            assertEq(uint256(chain.fate(id)), uint256(_fateOf(id)), "fate");
            assertEq(uint256(chain.assertion(id).status), uint256(claims[id].written), "written fate");
            assertEq(disputes.aliveCommitments(id), _aliveOf(id), "commitments alive");
            if (claims[id].written == AssertionStatus.Confirmed) --confirmed;
            if (claims[id].written != AssertionStatus.Pending) continue;
            if (_fateOf(id) == AssertionStatus.Pending) _checkWindows(id);
            if (rounds[claims[id].round].t2 == 0) {
                bytes memory confirm = abi.encodeCall(chain.confirm, (id, states[id]));
                assertEq(_wouldPass(address(chain), confirm), _mayConfirm(id), "confirm");
            } else {
                bytes memory settle = abi.encodeCall(chain.settle, (id, states[id]));
                assertEq(_wouldPass(address(chain), settle), _maySettle(id), "settle");
            }
        }
        assertEq(confirmed, 0, "the confirmed ones are one line");
    }

    function checkDuels() external view {
        for (uint256 k = 0; k < roundIds.length; ++k) {
            bytes32[] storage all = partiesOf[roundIds[k]];
            if (all.length > 1) {
                bytes memory reversed = abi.encodeCall(disputes.timeout, (all[all.length - 1], all[0]));
                assertEq(_wouldPass(address(disputes), reversed), false, "timeout in the wrong order");
            }
            for (uint256 n = 1; n < all.length; ++n) for (uint256 o = 0; o < n; ++o) _checkDuel(all[o], all[n]);
        }
    }

    function _checkDuel(bytes32 older, bytes32 newer) private view {
        bool meets = _mayMeet(older, newer) && !_isOver(older, newer);
        if (_isAlive(older) && _isAlive(newer)) {
            bytes memory data = abi.encodeCall(disputes.timeout, (older, newer));
            assertEq(_wouldPass(address(disputes), data), meets && _isExpired(older, newer), "timeout");
        }
        if (parties[older].claim == parties[newer].claim) return;
        if (meets) {
            (uint8 turn, uint256 expiresAt) = disputes.deadline(older, newer);
            assertEq(turn, _turnOf(older, newer), "turn");
            assertEq(expiresAt, _awaitedSince(older, newer) + _clockOf(older, newer, turn), "deadline");
        }
        Game storage g = games[Disputes.duelId(older, newer)];
        uint256 count = g.times.length;
        Duel memory d = disputes.duel(Disputes.duelId(older, newer));
        DuelStatus status = g.over ? DuelStatus.Over : count > 0 ? DuelStatus.Running : DuelStatus.None;
        assertEq(uint256(d.status), uint256(status), "duel");
        assertEq(d.collected, g.collected, "collected");
        if (count == 0) return;
        assertEq(d.clock0, _clockOf(older, newer, OLDER), "clock of the older");
        assertEq(d.clock1, _clockOf(older, newer, NEWER), "clock of the newer");
        assertEq(d.last, g.times[count - 1], "last move");
        assertEq(d.depth, 4 * (count - 1), "depth");
        (uint256 a, uint256 b) = (parties[older].liesAt, parties[newer].liesAt);
        if (count > 1) assertEq(d.pos, (a < b ? a : b) >> (48 - d.depth), "first difference");
    }

    function checkMoney() external view {
        uint256 active = 0;
        uint256 slashed = 0;
        for (uint256 k = 0; k < stakeIds.length; ++k) {
            Stake storage s = stakes[stakeIds[k]];
            IBondVault.Bond memory b = vault.bond(stakeIds[k]);
            assertEq(uint256(b.status), uint256(s.status), "bond");
            assertEq(b.commitments, s.backed, "commitments of a bond");
            assertEq(b.strikes, s.strikes, "strikes");
            assertEq(b.assertionId, s.claim, "backs");
            if (s.status == IBondVault.BondStatus.Active) ++active;
            if (s.status == IBondVault.BondStatus.Slashed) ++slashed;
        }
        uint256 pots = 0;
        for (uint256 k = 0; k < roundIds.length; ++k) {
            assertEq(vault.pot(roundIds[k]), _potOf(roundIds[k]), "pot");
            pots += _potOf(roundIds[k]);
        }
        uint256 credits = creditOf[MOVER0] + creditOf[MOVER1];
        for (uint256 k = 0; k < actors.length; ++k) {
            assertEq(vault.credit(actors[k]), creditOf[actors[k]], "credit");
            credits += creditOf[actors[k]];
        }
        assertEq(vault.activeBonds(), active, "bonds");
        assertEq(vault.totalBonded(), active * STAKE, "bonded");
        assertEq(vault.totalPots(), pots, "pots");
        assertEq(vault.totalCredit(), credits, "credits");
        assertEq(vault.totalBurned(), slashed * (STAKE / 2), "half of each loser's stake is burned");
        assertEq(address(vault).balance, active * STAKE + pots + credits + slashed * (STAKE / 2), "solvent");
        assertEq(address(vault).balance, stakeIds.length * STAKE - claimed, "nothing lost");
    }
}
