// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDisputeManager} from "../../src/interfaces/IDisputeManager.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {Duel, NEWER, OLDER} from "../../src/types/Dispute.sol";
import {ToyTrace} from "../dispute/ToyTrace.sol";
import {ToyVerifier} from "../utils/ToyVerifier.sol";
import {DisputeBot} from "./DisputeBot.sol";

/// @dev Adversaries, a censor, a guardian, L1 reorgs and those who settle and collect, at random. Each action takes one seed.
contract DisputeHandler is DisputeBot {
    using ToyTrace for ToyTrace.Trace;

    /// @dev More assertions or commitments than this say nothing new and cost time.
    uint256 private constant MANY = 20;
    address[4] internal actors = [ALICE, BOB, address(0xe7e), HONEST];
    uint64[5] private _segments = [0, 1, 2, 3, 4095];
    uint64[8] private _steps = [0, 1, 15, 16, 18, 19, 20, (1 << 24) - 1];
    uint256 private _salt;

    function _roll(uint256 seed, uint256 what) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }

    /// @dev The newest ones more often.
    function _pick(bytes32[] storage list, uint256 seed) private view returns (bytes32) {
        if (list.length == 0) return 0;
        uint256 span = seed % 3 == 0 || list.length < 4 ? list.length : 4;
        return list[list.length - 1 - (seed >> 8) % span];
    }

    /// @dev A commitment, and one that joined later; mostly two that can meet.
    function _pickPair(uint256 seed) private view returns (bytes32 older, bytes32 newer) {
        for (uint256 k = 0; k < 6; ++k) {
            older = _pick(partyIds, _roll(seed, 2 * k));
            newer = _pick(seed % 8 == 0 ? partyIds : partiesOf[parties[older].round], _roll(seed, 2 * k + 1));
            if (seed % 16 != 8) (older, newer) = _inOrder(older, newer);
            if (_mayMeet(older, newer) && !_isOver(older, newer)) return (older, newer);
        }
    }

    /// @dev A place to begin a search at.
    function _begin(uint256 seed, uint256 length) private pure returns (uint256) {
        return _roll(seed, 9) % length;
    }

    /// @dev Some time, or just before, at or after the time at which something ends.
    function wait(uint256 seed) external {
        uint256 kind = seed % 8;
        if (kind < 2) return _pass(_roll(seed, 0) % LAG);
        if (kind < 4) return _pass(_roll(seed, 0) % (A / 8));
        if (kind == 4) return _pass(_roll(seed, 0) % A);
        uint256 edge = _edge(_roll(seed, 1)) + _roll(seed, 2) % 3;
        if (edge <= block.timestamp + 1 || edge > block.timestamp + A + GRACE) return _pass(PERIOD);
        _pass(edge - 1 - block.timestamp);
    }

    function _edge(uint256 seed) private view returns (uint256) {
        Round storage r = rounds[_pick(roundIds, seed)];
        uint256 kind = (seed >> 200) % 6;
        if (kind == 0) return r.t1 + A;
        if (kind == 1) return r.t2 + A;
        if (kind < 4 && r.t2 != 0) {
            bytes32 right = _rightClaim(_roundOf(r.parentId));
            return _settlesFrom(right == 0 ? r.first : right);
        }
        (bytes32 older, bytes32 newer) = _pickPair(seed >> 1);
        if (older == newer || older == 0) return 0;
        return _awaitedSince(older, newer) + _clockOf(older, newer, _turnOf(older, newer));
    }

    function censor(uint256 seed) external {
        censored = seed % 3 != 0 && censoredFor < CENSORSHIP;
    }

    /// @dev A parent for new claims: often the last confirmed one, else mostly one that is still open to them.
    function _parent(uint256 seed, bool contested) private view returns (bytes32 id) {
        if (seed % 2 == 0) return tip;
        for (uint256 k = 0; k < 6; ++k) {
            id = _pick(claimIds, _roll(seed, k));
            Round storage r = rounds[_roundOf(id)];
            if (_isLiving(id) && contested == (r.first != 0) && (!contested || block.timestamp < r.t1 + A)) return id;
        }
    }

    /// @dev A lie at a place that matters, often at another's; sometimes one that the trace recovers from.
    function _lieOn(bytes32 parentId, uint256 seed) private returns (ToyTrace.Trace memory t) {
        t = _rightTrace(parentId);
        uint64 blocks = t.context.targetCount - t.context.startInboxCount;
        uint64[4] memory places = [0, blocks - 1, blocks, 4095];
        (t.lies, t.b, t.x) = (true, places[_roll(seed, 1) % 4 * (_roll(seed, 2) % 2)], _segments[_roll(seed, 3) % 5]);
        (t.i, t.salt) = (_steps[_roll(seed, 4) % 8], bytes32(++_salt));
        ToyTrace.Trace storage other = assertedBy[rounds[_roundOf(parentId)].first];
        if (other.lies && seed % 2 == 0) (t.b, t.x, t.i) = (other.b, other.x, other.i);
        t.heals = seed % 4 == 1 && t.b < blocks && t.x < 3 && t.i < 19;
    }

    function propose(uint256 seed) external {
        if (claimIds.length >= MANY) return;
        bytes32 parentId = _parent(_roll(seed, 0), false);
        bool right = seed % 2 == 0;
        ToyTrace.Trace memory t = right ? _rightTrace(parentId) : _lieOn(parentId, seed >> 8);
        address who = right ? HONEST : actors[_roll(seed, 1) % 3];
        _proposeAs(who, parentId, t, right ? _bondBehind(parentId) : seed % 5 == 0 ? claims[parentId].bond : bytes32(0));
    }

    /// @dev Two who lie about the same step, one of them the first child, and play to it: both are wrong. Mostly where the bot does not play, or in a round that it sleeps through.
    function collude(uint256 seed) external {
        bytes32 parentId = _parent(_roll(seed, 0), false);
        for (uint256 k = 1; k < 6 && (parentId == 0 || _isOnRightLine(parentId)); ++k) parentId = _parent(_roll(seed, k) | 1, false);
        bool asleep = seed % 3 == 0 && rounds[_roundOf(tip)].first == 0;
        if (asleep) parentId = tip;
        if (parentId == 0 || claimIds.length + 2 > MANY || partyIds.length + 2 > MANY) return;
        if (asleep) sleptThrough[_roundOf(tip)] = true;
        ToyTrace.Trace memory t = _lieOn(parentId, seed >> 8);
        t.heals = false;
        bytes32 first = _proposeAs(ALICE, parentId, t, 0);
        if (first == 0) return;
        bytes32 newer = _commitAs(ALICE, first, t, 0, claims[first].bond);
        if (newer != 0) _break("a commitment before a rival");
        ToyTrace.Trace memory other = _traceOn(parentId);
        (other.lies, other.b, other.x, other.i, other.salt) = (true, t.b, t.x, t.i, bytes32(++_salt));
        _rivalAs(BOB, parentId, other, 0, 0);
        bytes32 older = _pick(partyIds, 1 << 255);
        newer = _commitAs(ALICE, first, t, 0, claims[first].bond);
        while (_moveAs(older, newer)) {}
    }

    function rival(uint256 seed) external {
        if (claimIds.length >= MANY || partyIds.length >= MANY) return;
        bytes32 parentId = _parent(_roll(seed, 0), true);
        if (rounds[_roundOf(parentId)].first == 0 && seed % 8 != 0) return;
        ToyTrace.Trace memory t = seed % 7 == 1 ? _rightTrace(parentId) : _lieOn(parentId, seed >> 8);
        bytes32 silent = seed % 5 == 0 ? bytes32(++_salt) : bytes32(0);
        _rivalAs(actors[_roll(seed, 1) % 3], parentId, t, silent, seed % 11 == 0 ? claims[parentId].bond : bytes32(0));
    }

    /// @dev A claim that mostly can still get a commitment.
    function _pickContested(uint256 seed) private view returns (bytes32 id) {
        for (uint256 k = 0; k < 6; ++k) {
            id = _pick(claimIds, _roll(seed, k));
            if (id != genesisId && rounds[claims[id].round].t2 != 0 && block.timestamp < _joinsUntil(id) && seed % 8 != 0) return id;
        }
    }

    /// @dev A copy of the right trace or of the claim's own, a frenemy's, or one that nobody can move for.
    function commit(uint256 seed) external {
        bytes32 claimId = _pickContested(_roll(seed, 0));
        if (claimId == genesisId || partyIds.length >= MANY) return;
        ToyTrace.Trace memory t = assertedBy[claimId];
        if (claims[claimId].right && seed % 4 < 2) {
            t = _lieOn(claims[claimId].parentId, seed >> 8);
            t.heals = true;
            (t.b, t.x, t.i) = (0, t.x % 3, t.i % 19);
        }
        bytes32 silent = seed % 4 == 2 ? bytes32(++_salt) : bytes32(0);
        bytes32 bond = seed % 3 == 0 ? claims[claimId].bond : bytes32(0);
        _commitAs(bond != 0 && seed % 2 == 0 ? stakes[bond].owner : actors[_roll(seed, 1) % 3], claimId, t, silent, bond);
    }

    /// @dev Some moves of a duel, for either side; the honest one does not get its own through while it is censored.
    function play(uint256 seed) external {
        (bytes32 older, bytes32 newer) = _pickPair(_roll(seed, 0));
        for (uint256 k = seed % 3 == 0 ? 13 : 1 + seed % 7; k > 0; --k) {
            if (censored && _isRight(_turnOf(older, newer) == OLDER ? older : newer)) return;
            if (!_moveAs(older, newer)) return;
        }
    }

    /// @dev All duels of a dispute to their end at once, as far as somebody can move.
    function finish(uint256 seed) external {
        if (!censored) _finish(seed % 2 == 0 ? _roundOf(tip) : _pick(roundIds, _roll(seed, 0)));
    }

    function _finish(bytes32 round) private {
        bytes32[] storage all = partiesOf[round];
        for (uint256 n = 1; n < all.length; ++n) {
            for (uint256 o = 0; o < n; ++o) while (_moveAs(all[o], all[n])) {}
        }
    }

    /// @dev The next dispute to settle is played to its end early, and then nothing happens until it settles or just before.
    function quiet(uint256 seed) external {
        bytes32 round = _roundOf(tip);
        if (censored || rounds[round].t2 == 0) return;
        _pass(WORK + LAG);
        _finish(round);
        bytes32 right = _rightClaim(round);
        uint256 end = _settlesFrom(right == 0 ? rounds[round].first : right) - seed % 2;
        if (end > block.timestamp) _pass(end - block.timestamp);
    }

    /// @dev A move that is not the due one: with a changed word, or of a pair that does not duel.
    function garble(uint256 seed) external {
        (bytes32 older, bytes32 newer) = _pickPair(_roll(seed, 0));
        if (!_mayMeet(older, newer)) {
            try this.begin(older, newer) {
                _break("a duel of a pair that must not duel");
            } catch {}
            return;
        }
        uint256 count = _movesOf(older, newer);
        bytes32 mover = _turnOf(older, newer) == OLDER ? older : newer;
        if (count == 0 || _isOver(older, newer) || parties[mover].silent) return;
        (bytes32 o, bytes32 n) = (older, newer);
        Duel memory played = disputes.duel(Disputes.duelId(o, n));
        bytes32 other = mover == o ? n : o;
        Move memory m = _prepare(played, Side(traceOf[mover], 0, mover), Side(traceOf[other], 0, other));
        uint256 k = _roll(seed, 1) % 16;
        bytes32 word = bytes32(_roll(seed, 2));
        uint256 kind = seed % 5;
        if (kind == 0) m.mine[k] = word;
        else if (kind == 1) m.suffix[k % m.suffix.length] = word;
        else if (kind == 2 && m.leaf.length > 0) m.leaf[0].stateAfter = word;
        else if (kind == 3 && m.leaf.length > 0) m.leaf[0].prevState = word;
        else if (count < 12) m.grand[k] = word;
        else m.previous.state = word;
        bytes memory data = count < 12
            ? abi.encodeCall(IDisputeManager.reveal, (o, n, m.mine, m.suffix, m.grand, m.leaf))
            : abi.encodeCall(IDisputeManager.prove, (o, n, m.mine, m.suffix, m.previous, "proof"));
        ++reached["garbled"];
        _call(ALICE, address(disputes), 0, data, false, "garbled move");
    }

    /// @dev For `garble` alone.
    function begin(bytes32 older, bytes32 newer) external {
        disputes.startDuel(older, newer, _children(traceOf[newer], 0, 0));
    }

    function expire(uint256 seed) external {
        (bytes32 older, bytes32 newer) = _pickPair(seed);
        _timeoutAs(older, newer);
    }

    function confirm(uint256 seed) external {
        bytes32 id = seed % 4 == 0 ? _pick(claimIds, _roll(seed, 0)) : _rightClaim(_roundOf(tip));
        uint256 from = _begin(seed, claimIds.length);
        for (uint256 k = 0; k < claimIds.length && seed % 4 == 1 && !_maySettle(id); ++k) id = claimIds[(from + k) % claimIds.length];
        if (id != 0 && id != genesisId) _confirmAs(id);
    }

    function reopen(uint256 seed) external {
        bytes32 id = _pick(claimIds, _roll(seed, 0));
        uint256 from = _begin(seed, claimIds.length);
        for (uint256 k = 0; k < claimIds.length && seed % 4 != 0 && !_mayReopen(id); ++k) id = claimIds[(from + k) % claimIds.length];
        _reopenAs(id);
    }

    function guard(uint256 seed) external {
        if (seed % 5 == 0) _upgrade();
        else if (seed % 5 == 1) _invalidateAs(seed % 2 == 0 ? _pick(claimIds, _roll(seed, 0)) : tip);
        else _pauseAs(seed % 5 != 2);
        if (seed % 15 == 3) _invalidateAs(tip);
    }

    /// @dev Later rounds pin another verifier; it says the same.
    function _upgrade() private {
        (address waiting,) = verifiers.next();
        address other = address(new ToyVerifier());
        _call(UPGRADER, address(verifiers), 0, abi.encodeCall(verifiers.schedule, (other)), waiting == address(0), "upgrade");
    }

    function mark(uint256 seed) external {
        bytes32 id = _pick(claimIds, _roll(seed, 0));
        uint256 from = _begin(seed, claimIds.length);
        for (uint256 k = 0; k < claimIds.length && seed % 4 != 0 && !_isDropped(id); ++k) id = claimIds[(from + k) % claimIds.length];
        _markAs(id);
    }

    function resolve(uint256 seed) external {
        if (partyIds.length == 0) return;
        bytes32 id = _pick(partyIds, _roll(seed, 0));
        uint256 from = _begin(seed, partyIds.length);
        for (uint256 k = 0; k < partyIds.length && seed % 4 != 0 && !_isDecided(id); ++k) id = partyIds[(from + k) % partyIds.length];
        _resolveAs(id);
    }

    function collect(uint256 seed) external {
        if (partyIds.length == 0) return;
        (bytes32 older, bytes32 newer) = _pickDue(seed);
        if (seed % 4 == 0) _collectJoinAs(_won(newer) ? newer : older);
        else if (parties[older].claim != parties[newer].claim && parties[older].round == parties[newer].round) {
            _collectAs(older, newer, seed % 4 == 1);
        }
    }

    /// @dev Mostly a duel whose credits are due.
    function _pickDue(uint256 seed) private view returns (bytes32 older, bytes32 newer) {
        for (uint256 k = 0; k < 8; ++k) {
            older = _pick(partyIds, _roll(seed, 2 * k));
            bytes32[] storage all = partiesOf[parties[older].round];
            (older, newer) = _inOrder(older, all[_roll(seed, 2 * k + 1) % all.length]);
            if (_isDue(older, newer) && ledgers[Disputes.duelId(older, newer)].length > 0) return (older, newer);
        }
    }

    function release(uint256 seed) external {
        if (seed % 3 == 0) return _claimAs(_pickCreditor(_roll(seed, 0)));
        if (stakeIds.length == 0) return;
        bytes32 bond = _pick(stakeIds, _roll(seed, 0));
        uint256 from = _begin(seed, stakeIds.length);
        for (uint256 k = 0; k < stakeIds.length && seed % 4 != 0 && !_mayRelease(bond, stakes[bond].owner); ++k) {
            bond = stakeIds[(from + k) % stakeIds.length];
        }
        _releaseAs(seed % 7 == 0 ? ALICE : stakes[bond].owner, bond);
    }

    function _pickCreditor(uint256 seed) private view returns (address who) {
        for (uint256 k = 0; k < 6; ++k) {
            uint256 i = (seed + k) % 6;
            who = i < 4 ? actors[i] : i == 4 ? MOVER0 : MOVER1;
            if (creditOf[who] > 0) return who;
        }
    }

    /// @dev L1 drops two claims and includes them in the other order: what is the same has the same id. And a proposal made for another target is refused.
    function reorg(uint256 seed) external {
        bytes32 parentId = _parent(_roll(seed, 0), true);
        if (!_isLiving(parentId) || claimIds.length + 2 > MANY || partyIds.length + 2 > MANY) return;
        if (!chain.children(parentId).targetFixed) return _replayStale(parentId);
        if (rounds[_roundOf(parentId)].first == 0) return;
        ToyTrace.Trace memory a = _lieOn(parentId, seed >> 8);
        ToyTrace.Trace memory b = _lieOn(parentId, seed >> 16);
        uint256 before = vm.snapshotState();
        bytes32 a1 = _rivalAs(ALICE, parentId, a, 0, 0);
        bytes32 b1 = _rivalAs(BOB, parentId, b, 0, 0);
        if (!vm.revertToState(before)) _break("no reorg");
        bytes32 b2 = _rivalAs(BOB, parentId, b, 0, 0);
        bytes32 a2 = _rivalAs(ALICE, parentId, a, 0, 0);
        // Of two traces that heal the second gives an assertion that exists.
        if (!a.heals && !b.heals && (a1 != a2 || b1 != b2)) _break("another id after a reorg");
        ++reached["reorg"];
    }

    function _replayStale(bytes32 parentId) private {
        if (inbox.count() <= states[parentId].inboxCount) inbox.append(1);
        uint256 before = vm.snapshotState();
        ToyTrace.Trace memory t = _rightTrace(parentId);
        BlockState memory end = t.end();
        bytes32 id = chain.assertionIdOf(parentId, end);
        if (!vm.revertToState(before)) _break("no reorg");
        inbox.append(1);
        bytes memory data = abi.encodeCall(chain.propose, (id, parentId, end, bytes32(0)));
        _call(ALICE, address(chain), STAKE, data, false, "stale id");
        ++reached["stale id refused"];
    }
}
