// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {Assertions} from "../../src/libraries/Assertions.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus, BlockState} from "../../src/types/Assertion.sol";
import {Credit, LastLeafProof, NEWER, OLDER, Reason} from "../../src/types/Dispute.sol";
import {ToyTrace} from "../dispute/ToyTrace.sol";
import {DisputeModel} from "./DisputeModel.sol";

/// @dev Everything that anyone can do to a dispute. Each call is made on the contracts, must succeed exactly when the model says so, and is then written into the model.
abstract contract DisputePlayers is DisputeModel {
    using ToyTrace for ToyTrace.Trace;

    /// @dev First rule that a call broke; empty while all is well.
    string public broken;
    mapping(string what => uint256) public reached;
    mapping(bytes32 partyId => ToyTrace.Trace) internal traceOf;
    mapping(bytes32 claimId => ToyTrace.Trace) internal assertedBy;
    mapping(bytes32 key => ToyTrace.Level) private _levels;
    mapping(bytes32 key => bool) private _known;

    function _break(string memory what) internal {
        if (bytes(broken).length == 0) broken = what;
    }

    /// @dev Makes the call; whether it succeeds must be as expected.
    function _call(address who, address target, uint256 value, bytes memory data, bool expected, string memory what)
        internal
        returns (bool ok)
    {
        if (value > 0) vm.deal(who, value);
        vm.prank(who);
        (ok,) = target.call{value: value}(data);
        _judge(ok, expected, what);
    }

    function _judge(bool ok, bool expected, string memory what) internal {
        if (ok) ++reached[what];
        if (ok != expected) _break(string.concat(what, ok ? ": let in" : ": refused"));
    }

    /// @dev Trees are hashed once.
    function _level(ToyTrace.Trace memory t, uint256 above, uint64 place) internal override returns (ToyTrace.Level memory level) {
        bytes32 key = keccak256(abi.encode(t, above, place));
        if (_known[key]) return _levels[key];
        level = super._level(t, above, place);
        _known[key] = true;
        _levels[key] = level;
    }

    /// @dev What the machine does from `parentId`; fixes its target.
    function _rightTrace(bytes32 parentId) internal returns (ToyTrace.Trace memory) {
        if (!chain.children(parentId).targetFixed) {
            if (inbox.count() <= states[parentId].inboxCount) inbox.append(1);
            chain.fixTarget(parentId);
        }
        return _traceOn(parentId);
    }

    function _proposeAs(address who, bytes32 parentId, ToyTrace.Trace memory t, bytes32 bond) internal returns (bytes32 id) {
        BlockState memory end = t.end();
        id = chain.assertionIdOf(parentId, end);
        bytes32 round = _roundOf(parentId);
        bool may = _isLiving(parentId) && rounds[round].first == 0 && block.timestamp >= claims[parentId].madeAt + PERIOD
            && (bond == 0 || (_mayBack(bond, who) && stakes[bond].claim == parentId));
        bytes memory data = abi.encodeCall(chain.propose, (id, parentId, end, bond));
        if (!_call(who, address(chain), bond == 0 ? STAKE : 0, data, may, "propose")) return 0;
        Round storage r = rounds[round];
        (r.parentId, r.epoch, r.t1, r.first, r.verifier) = (parentId, epochOf[parentId], block.timestamp, id, verifiers.current());
        roundIds.push(round);
        _claimMade(who, id, round, t, end, bond);
    }

    /// @param silent  A commitment that nobody can move for, instead of the trace.
    function _rivalAs(address who, bytes32 parentId, ToyTrace.Trace memory t, bytes32 silent, bytes32 bond)
        internal
        returns (bytes32 id)
    {
        BlockState memory end = t.end();
        id = chain.assertionIdOf(parentId, end);
        bytes32 round = _roundOf(parentId);
        (bytes32 root, LastLeafProof memory proof) = silent == 0 ? _lastLeaf(t) : _idleTrace(end, silent);
        bool may = _isLiving(parentId) && rounds[round].first != 0 && block.timestamp < rounds[round].t1 + A
            && claims[id].written == AssertionStatus.None && (bond == 0 || (_mayBack(bond, who) && stakes[bond].claim == parentId));
        bytes memory data = abi.encodeCall(chain.proposeRival, (id, parentId, end, root, proof, bond));
        if (!_call(who, address(chain), bond == 0 ? STAKE : 0, data, may, "rival")) return 0;
        if (rounds[round].t2 == 0) rounds[round].t2 = block.timestamp;
        _claimMade(who, id, round, t, end, bond);
        _joined(Disputes.commitmentId(id, root), id, t, silent != 0, claims[id].bond, 700_000);
    }

    function _claimMade(address who, bytes32 id, bytes32 round, ToyTrace.Trace memory t, BlockState memory end, bytes32 bond)
        private
    {
        bytes32 parentId = rounds[round].parentId;
        bool right = Assertions.stateHash(_traceOn(parentId).end()) == Assertions.stateHash(end);
        if (bond == 0) bond = _posted(who, id, id);
        else stakes[bond].claim = id;
        claims[id] = Claim(parentId, round, bond, block.timestamp, right, AssertionStatus.Pending);
        claimIds.push(id);
        states[id] = end;
        assertedBy[id] = t;
    }

    function _posted(address who, bytes32 key, bytes32 claimId) private returns (bytes32 bond) {
        bond = Assertions.bondId(who, key);
        stakes[bond] = Stake(who, claimId, 0, 0, IBondVault.BondStatus.Active);
        stakeIds.push(bond);
    }

    function _commitAs(address who, bytes32 claimId, ToyTrace.Trace memory t, bytes32 silent, bytes32 bond)
        internal
        returns (bytes32 id)
    {
        (bytes32 root, LastLeafProof memory proof) = silent == 0 ? _lastLeaf(t) : _idleTrace(states[claimId], silent);
        id = Disputes.commitmentId(claimId, root);
        Claim storage c = claims[claimId];
        bool may = _fateOf(claimId) == AssertionStatus.Pending && rounds[c.round].t2 != 0
            && block.timestamp < _joinsUntil(claimId) && parties[id].claim == 0
            && (bond == 0 || (_mayBack(bond, who) && (bond == c.bond || stakes[bond].claim == claimId) && !_isIn(bond, c.round)));
        bytes memory data = abi.encodeCall(disputes.commit, (claimId, root, proof, bond));
        if (!_call(who, address(disputes), bond == 0 ? STAKE : 0, data, may, "commit")) return 0;
        if (bond == 0) bond = _posted(who, id, claimId);
        _joined(id, claimId, t, silent != 0, bond, 260_000);
    }

    /// @dev Whether the bond backs a commitment of the round.
    function _isIn(bytes32 bond, bytes32 round) internal view returns (bool) {
        bytes32[] storage all = partiesOf[round];
        for (uint256 k = 0; k < all.length; ++k) if (parties[all[k]].bond == bond) return true;
        return false;
    }

    function _joined(bytes32 id, bytes32 claimId, ToyTrace.Trace memory t, bool silent, bytes32 bond, uint256 gasUsed) private {
        bytes32 round = claims[claimId].round;
        partiesOf[round].push(id);
        partyIds.push(id);
        Party storage p = parties[id];
        (p.claim, p.round, p.bond, p.joinedAt, p.silent) = (claimId, round, bond, block.timestamp, silent);
        (p.index, p.credit) = (partiesOf[round].length, _price(gasUsed));
        p.liesAt = t.lies ? uint256(t.b) << 36 | uint256(t.x) << 24 | t.i : 1 << 48;
        traceOf[id] = t;
        ++stakes[bond].backed;
    }

    function _sideOf(bytes32 id) private view returns (Side memory) {
        return Side(traceOf[id], parties[id].claim, id);
    }

    /// @dev The move that is due. Nobody can make one for a silent side.
    function _moveAs(bytes32 older, bytes32 newer) internal returns (bool ok) {
        bytes32 duelId = Disputes.duelId(older, newer);
        uint256 count = _movesOf(older, newer);
        bytes32 mover = _turnOf(older, newer) == OLDER ? older : newer;
        if (!_mayMeet(older, newer) || games[duelId].over || parties[mover].silent) return false;
        bool stale = count == 12 && rounds[parties[older].round].epoch != epochOf[rounds[parties[older].round].parentId];
        bool may = !_isExpired(older, newer) && !stale;
        try this.step(older, newer) {
            ok = true;
        } catch {}
        _judge(ok, may, count == 0 ? "start" : count < 12 ? "reveal" : "prove");
        if (!ok) return false;
        games[duelId].times.push(block.timestamp);
        _checkCredit(duelId, count);
        if (count == 12) _proven(older, newer, duelId);
        else if (count > 3) _checkAgreed(older, newer);
    }

    /// @dev For `_moveAs` alone.
    function step(bytes32 older, bytes32 newer) external {
        uint256 count = _movesOf(older, newer);
        if (count == 0) _start(_sideOf(older), _sideOf(newer));
        else if (count < 12) _reveal(_sideOf(older), _sideOf(newer));
        else _prove(_sideOf(older), _sideOf(newer));
    }

    /// @dev docs/protocol/disputes.md, Credits. Moves 3, 4, 6 and 7 open a leaf; a proof is measured.
    function _checkCredit(bytes32 duelId, uint256 move) private {
        uint256 credit = ledgers[duelId][move].amount;
        bool opens = move == 3 || move == 4 || move == 6 || move == 7;
        if (move == 12 ? credit > _price(12_000_000) : credit != _price(move == 0 ? 180_000 : opens ? 140_000 : 90_000)) {
            _break("another credit for a move");
        }
    }

    /// @dev The sides differ first where the first of them lies, and a side is wrong if it lies there.
    function _proven(bytes32 older, bytes32 newer, bytes32 duelId) private {
        games[duelId].over = true;
        (uint256 o, uint256 n) = (parties[older].liesAt, parties[newer].liesAt);
        if (o <= n) _eliminated(older, Reason.Prove);
        if (n <= o) _eliminated(newer, Reason.Prove);
        ++reached[o == n ? "prove eliminates both" : "prove eliminates one"];
    }

    /// @dev Up to where the first side lies both go as the machine does, and so does the state that they agree on.
    function _checkAgreed(bytes32 older, bytes32 newer) private {
        uint256 depth = 4 * (_movesOf(older, newer) - 1);
        (uint256 o, uint256 n) = (parties[older].liesAt, parties[newer].liesAt);
        uint64 pos = uint64(o < n ? o : n);
        ToyTrace.Trace memory t = _traceOn(rounds[parties[older].round].parentId);
        (uint64 b, uint64 x) = (pos >> 36, pos >> 24 & 0xfff);
        bytes32 agreed = depth >= 24 && x > 0 ? t.beforeSegment(b, x) : b > 0 ? t.beforeBlock(b) : bytes32(uint256(1));
        if (disputes.duel(Disputes.duelId(older, newer)).agreedState != agreed) _break("another agreed state");
    }

    function _timeoutAs(bytes32 older, bytes32 newer) internal returns (bool ok) {
        bytes32 duelId = Disputes.duelId(older, newer);
        bool may = _mayMeet(older, newer) && !games[duelId].over && _isExpired(older, newer);
        try this.expire(older, newer) {
            ok = true;
        } catch {}
        _judge(ok, may, "timeout");
        if (!ok) return false;
        bytes32 loser = _turnOf(older, newer) == OLDER ? older : newer;
        if (ledgers[duelId][ledgers[duelId].length - 1].amount != _price(120_000)) _break("another credit for a timeout");
        ++reached[_movesOf(older, newer) == 0 ? "timeout before the start" : "timeout of a started duel"];
        games[duelId].over = true;
        _eliminated(loser, Reason.Timeout);
    }

    /// @dev For `_timeoutAs` alone.
    function expire(bytes32 older, bytes32 newer) external {
        _timeout(_sideOf(older), _sideOf(newer));
    }
}
