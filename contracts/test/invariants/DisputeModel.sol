// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus} from "../../src/types/Assertion.sol";
import {NEWER, OLDER, Reason} from "../../src/types/Dispute.sol";
import {DisputeTest} from "../dispute/DisputeTest.sol";

/// @dev docs/protocol/disputes.md once more over plain lists, in the manner that is easiest to believe: clocks are summed up from the times of all moves, who is alive is
///      counted, what a pot holds follows from who was slashed. It asks the contracts nothing.
abstract contract DisputeModel is DisputeTest {
    enum Outcome {
        Open,
        Confirmed,
        Reopened,
        Invalidated
    }

    /// @dev A parent's children of one epoch, by dispute id. `t1`: when its first child was made, `t2`: its first rival; 0 for none yet.
    struct Round {
        bytes32 parentId;
        uint32 epoch;
        uint256 t1;
        uint256 t2;
        bytes32 first;
        address verifier;
        Outcome outcome;
        uint256 eliminatedAt;
        uint256 slashed;
        uint256 paid;
    }

    /// @dev An assertion. `right`: it ends as the machine does. `written`: what was written down of its fate.
    struct Claim {
        bytes32 parentId;
        bytes32 round;
        bytes32 bond;
        uint256 madeAt;
        bool right;
        AssertionStatus written;
    }

    /// @dev A commitment. `silent`: nobody can move for it. `liesAt`: the step it lies about, 2^48 for none.
    struct Party {
        bytes32 claim;
        bytes32 round;
        bytes32 bond;
        uint256 joinedAt;
        uint256 index;
        uint256 credit;
        uint256 liesAt;
        bool silent;
        Reason reason;
        bool resolved;
        bool paid;
    }

    struct Stake {
        address owner;
        bytes32 claim;
        uint256 backed;
        uint256 strikes;
        IBondVault.BondStatus status;
    }

    /// @dev `times`: of the start, of each reveal and of the proof.
    struct Game {
        uint256[] times;
        bool over;
        bool collected;
    }

    mapping(bytes32 disputeId => Round) internal rounds;
    mapping(bytes32 disputeId => bytes32[]) internal partiesOf;
    mapping(bytes32 id => Claim) internal claims;
    mapping(bytes32 id => Party) internal parties;
    mapping(bytes32 id => Stake) internal stakes;
    mapping(bytes32 duelId => Game) internal games;
    mapping(bytes32 parentId => uint32) internal epochOf;
    mapping(address owner => uint256) internal creditOf;
    bytes32[] internal roundIds;
    bytes32[] internal claimIds;
    bytes32[] internal partyIds;
    bytes32[] internal stakeIds;
    bytes32 internal tip;
    uint256 internal pausedUntil;
    uint256 internal coolsDownAt;
    uint256 internal claimed;

    function setUp() public virtual override {
        super.setUp();
        tip = genesisId;
        claimIds.push(genesisId);
        claims[genesisId].madeAt = START;
        claims[genesisId].right = true;
        claims[genesisId].written = AssertionStatus.Confirmed;
    }

    function _roundOf(bytes32 parentId) internal view returns (bytes32) {
        return Disputes.disputeId(parentId, epochOf[parentId]);
    }

    function _fateOf(bytes32 id) internal view returns (AssertionStatus) {
        Claim storage c = claims[id];
        if (c.written != AssertionStatus.Pending) return c.written;
        AssertionStatus above = claims[c.parentId].written;
        if (above == AssertionStatus.Lost || above == AssertionStatus.Refunded) return above;
        Outcome outcome = rounds[c.round].outcome;
        if (outcome == Outcome.Invalidated) return AssertionStatus.Refunded;
        return outcome == Outcome.Open ? AssertionStatus.Pending : AssertionStatus.Lost;
    }

    function _isLiving(bytes32 id) internal view returns (bool) {
        AssertionStatus fate = _fateOf(id);
        return fate == AssertionStatus.Pending || fate == AssertionStatus.Confirmed;
    }

    function _isDropped(bytes32 id) internal view returns (bool) {
        return claims[id].written == AssertionStatus.Pending && !_isLiving(id);
    }

    function _isDecided(bytes32 partyId) internal view returns (bool) {
        return parties[partyId].claim != 0 && !parties[partyId].resolved && _fateOf(parties[partyId].claim) != AssertionStatus.Pending;
    }

    function _isPaused() internal view returns (bool) {
        return block.timestamp < pausedUntil;
    }

    function _joinsUntil(bytes32 claimId) internal view returns (uint256) {
        Round storage r = rounds[claims[claimId].round];
        return (r.first == claimId ? r.t2 : r.t1) + A;
    }

    function _isAlive(bytes32 partyId) internal view returns (bool) {
        Party storage p = parties[partyId];
        return p.claim != 0 && p.reason == Reason.None && !p.resolved;
    }

    function _aliveOf(bytes32 claimId) internal view returns (uint256 count) {
        bytes32[] storage all = partiesOf[claims[claimId].round];
        for (uint256 k = 0; k < all.length; ++k) if (parties[all[k]].claim == claimId && _isAlive(all[k])) ++count;
    }

    /// @dev Claims of the round that have a commitment alive: each counts with the first of its own.
    function _aliveClaims(bytes32 round) internal view returns (uint256 count) {
        bytes32[] storage all = partiesOf[round];
        for (uint256 k = 0; k < all.length; ++k) {
            if (!_isAlive(all[k])) continue;
            uint256 first = 0;
            while (parties[all[first]].claim != parties[all[k]].claim || !_isAlive(all[first])) ++first;
            if (first == k) ++count;
        }
    }

    /// @dev Until nobody can join against `claimId`, whoever is eliminated, and the guardian has had its time.
    function _settlesFrom(bytes32 claimId) internal view returns (uint256) {
        Round storage r = rounds[claims[claimId].round];
        return _withGrace((r.first == claimId ? r.t1 : r.t2) + A, r);
    }

    function _withGrace(uint256 closed, Round storage r) internal view returns (uint256) {
        return (closed > r.eliminatedAt ? closed : r.eliminatedAt) + GRACE;
    }

    function _maySettle(bytes32 claimId) internal view returns (bool) {
        Claim storage c = claims[claimId];
        if (!_isNext(claimId) || rounds[c.round].t2 == 0) return false;
        return _aliveClaims(c.round) == 1 && _aliveOf(claimId) > 0 && block.timestamp >= _settlesFrom(claimId);
    }

    function _mayConfirm(bytes32 claimId) internal view returns (bool) {
        Claim storage c = claims[claimId];
        return _isNext(claimId) && rounds[c.round].t2 == 0 && block.timestamp >= c.madeAt + A;
    }

    function _isNext(bytes32 claimId) private view returns (bool) {
        return _fateOf(claimId) == AssertionStatus.Pending && claims[claimId].parentId == tip && !_isPaused();
    }

    function _mayReopen(bytes32 parentId) internal view returns (bool) {
        bytes32 round = _roundOf(parentId);
        Round storage r = rounds[round];
        if (parentId != tip || r.t2 == 0 || r.outcome != Outcome.Open || _aliveClaims(round) != 0) return false;
        return block.timestamp >= _withGrace(r.t2 + A, r);
    }

    function _mayBack(bytes32 bond, address who) internal view returns (bool) {
        Stake storage s = stakes[bond];
        return s.status == IBondVault.BondStatus.Active && s.owner == who && s.strikes == 0;
    }

    function _mayRelease(bytes32 bond, address who) internal view returns (bool) {
        Stake storage s = stakes[bond];
        if (s.status != IBondVault.BondStatus.Active || s.owner != who || s.backed != 0) return false;
        AssertionStatus fate = _fateOf(s.claim);
        return fate == AssertionStatus.Confirmed || fate == AssertionStatus.Refunded;
    }

    /// @dev Two commitments alive of one round and of different claims, in the order in which they joined.
    function _mayMeet(bytes32 older, bytes32 newer) internal view returns (bool) {
        if (!_isAlive(older) || !_isAlive(newer)) return false;
        Party storage o = parties[older];
        Party storage n = parties[newer];
        return o.round == n.round && o.claim != n.claim && o.index < n.index;
    }

    function _isOver(bytes32 older, bytes32 newer) internal view returns (bool) {
        return games[Disputes.duelId(older, newer)].over;
    }

    function _movesOf(bytes32 older, bytes32 newer) internal view returns (uint256) {
        return games[Disputes.duelId(older, newer)].times.length;
    }

    /// @dev The newer side starts, then they take turns.
    function _turnOf(bytes32 older, bytes32 newer) internal view returns (uint8) {
        return _movesOf(older, newer) % 2 == 0 ? NEWER : OLDER;
    }

    /// @dev Since when the side to move is awaited.
    function _awaitedSince(bytes32 older, bytes32 newer) internal view returns (uint256) {
        uint256[] storage times = games[Disputes.duelId(older, newer)].times;
        return times.length == 0 ? parties[newer].joinedAt : times[times.length - 1];
    }

    /// @dev What `side` has left by the times of all moves: each gap counts for the side that was awaited.
    function _clockOf(bytes32 older, bytes32 newer, uint8 side) internal view returns (uint256 left) {
        Party storage p = parties[side == OLDER ? older : newer];
        left = _joinsUntil(p.claim) - p.joinedAt;
        uint256[] storage times = games[Disputes.duelId(older, newer)].times;
        uint256 from = parties[newer].joinedAt;
        for (uint256 k = 0; k < times.length; ++k) {
            if ((k % 2 == 0 ? NEWER : OLDER) == side) left -= times[k] - from;
            from = times[k];
        }
    }

    function _isExpired(bytes32 older, bytes32 newer) internal view returns (bool) {
        return block.timestamp - _awaitedSince(older, newer) >= _clockOf(older, newer, _turnOf(older, newer));
    }

    function _potOf(bytes32 round) internal view returns (uint256) {
        return rounds[round].slashed * (STAKE / 2) - rounds[round].paid;
    }

    /// @dev Whether a duel's credits are due, if there is enough in the pot.
    function _isDue(bytes32 older, bytes32 newer) internal view returns (bool) {
        return (_won(older) || _won(newer)) && !games[Disputes.duelId(older, newer)].collected;
    }

    function _won(bytes32 partyId) internal view returns (bool) {
        return parties[partyId].reason == Reason.None && _fateOf(parties[partyId].claim) == AssertionStatus.Confirmed;
    }

    function _slashed(bytes32 bond, bytes32 round) internal {
        if (stakes[bond].status != IBondVault.BondStatus.Active) return;
        stakes[bond].status = IBondVault.BondStatus.Slashed;
        ++rounds[round].slashed;
    }

    /// @dev A commitment's bond is free of it, or slashed: eliminated ones and those of a lost claim are, unless all was refunded.
    function _resolved(bytes32 partyId) internal {
        Party storage p = parties[partyId];
        AssertionStatus fate = _fateOf(p.claim);
        bool eliminated = p.reason != Reason.None;
        p.resolved = true;
        if (fate == AssertionStatus.Lost || (eliminated && fate == AssertionStatus.Confirmed)) _slashed(p.bond, p.round);
        --stakes[p.bond].backed;
        if (eliminated) --stakes[p.bond].strikes;
    }

    function _eliminated(bytes32 partyId, Reason reason) internal virtual {
        Party storage p = parties[partyId];
        p.reason = reason;
        ++stakes[p.bond].strikes;
        rounds[p.round].eliminatedAt = block.timestamp;
    }
}
