// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Reason} from "../../src/types/Dispute.sol";
import {ToyTrace} from "../dispute/ToyTrace.sol";
import {DisputeEndings} from "./DisputeEndings.sol";

/// @dev The honest bot, its censor and the clock. Where it plays, the right trace is never eliminated, and the right assertion alone is left in time.
abstract contract DisputeBot is DisputeEndings {
    address internal constant HONEST = address(0x40e57);
    /// @dev What making a trace takes, in seconds.
    uint256 internal constant WORK = A / 8;
    /// @dev From another side's call to the bot's answer, in seconds, when nothing keeps it.
    uint256 internal constant LAG = 30;
    /// @dev Answers of one duel, the commitment before them, and a reserve.
    uint256 internal constant ANSWERS = 9;
    /// @dev For how long it can be kept from L1 in all: what is left of A.
    uint256 internal constant CENSORSHIP = A - WORK - ANSWERS * LAG;
    uint256 private constant RIGHT = 1 << 48;

    bool internal censored;
    uint256 internal censoredFor;

    /// @dev Time passes. The bot acts once within LAG, whenever a trace of its is ready or another's clock has expired, and at the end; but not while it is censored.
    function _pass(uint256 time) internal {
        if (censored) {
            uint256 left = CENSORSHIP - censoredFor;
            if (time > left) time = left;
            censoredFor += time;
            vm.warp(block.timestamp + time);
            if (censoredFor == CENSORSHIP) {
                censored = false;
                ++reached["censored for as long as can be"];
            }
            return;
        }
        uint256 end = block.timestamp + time;
        vm.warp(block.timestamp + (time < LAG ? time : LAG));
        _act();
        while (block.timestamp < end) {
            vm.warp(_nextCall(end));
            _act();
        }
        _checkInTime();
    }

    /// @dev The next time up to `end` at which a trace is ready, or an opponent's clock expires.
    function _nextCall(uint256 end) private view returns (uint256 next) {
        next = end;
        for (uint256 k = 0; k < roundIds.length; ++k) {
            bytes32 round = roundIds[k];
            if (!_isDefended(round)) continue;
            next = _sooner(next, _readyAt(round));
            bytes32 mine = _rightParty(round);
            bytes32[] storage all = partiesOf[round];
            for (uint256 i = 0; i < all.length; ++i) {
                (bytes32 older, bytes32 newer) = _inOrder(all[i], mine);
                if (!_mayMeet(older, newer) || _isOver(older, newer)) continue;
                next = _sooner(next, _awaitedSince(older, newer) + _clockOf(older, newer, _turnOf(older, newer)));
            }
        }
    }

    function _sooner(uint256 next, uint256 time) private view returns (uint256) {
        return time > block.timestamp && time < next ? time : next;
    }

    function _isDefended(bytes32 round) private view returns (bool) {
        return rounds[round].outcome == Outcome.Open && _isOnRightLine(rounds[round].parentId);
    }

    function _inOrder(bytes32 a, bytes32 b) internal view returns (bytes32, bytes32) {
        return parties[a].index < parties[b].index ? (a, b) : (b, a);
    }

    /// @dev It begins to trace when it sees a wrong first child, or a rival of the right one.
    function _readyAt(bytes32 round) private view returns (uint256) {
        Round storage r = rounds[round];
        if (claims[r.first].right) return r.t2 == 0 ? type(uint256).max : r.t2 + WORK;
        return r.t1 + WORK;
    }

    /// @dev Answers all it can.
    function _act() private {
        for (uint256 k = 0; k < roundIds.length; ++k) {
            bytes32 round = roundIds[k];
            if (_isDefended(round) && block.timestamp >= _readyAt(round)) _defend(round);
        }
    }

    function _defend(bytes32 round) private {
        Round storage r = rounds[round];
        bytes32 mine = _rightParty(round);
        if (mine == 0) {
            bytes32 claimId = _rightClaim(round);
            ToyTrace.Trace memory t = _traceOn(r.parentId);
            if (claimId == 0) {
                if (block.timestamp < r.t1 + A) _rivalAs(HONEST, r.parentId, t, 0, _bondBehind(r.parentId));
            } else if (block.timestamp < _joinsUntil(claimId)) {
                bytes32 bond = _bondBehind(claimId);
                _commitAs(HONEST, claimId, t, 0, bond != 0 && _isIn(bond, round) ? bytes32(0) : bond);
            }
            mine = _rightParty(round);
            if (mine == 0) {
                _break("the right assertion was kept out");
                return;
            }
        }
        bytes32[] storage all = partiesOf[round];
        for (uint256 k = 0; k < all.length; ++k) {
            (bytes32 older, bytes32 newer) = _inOrder(all[k], mine);
            if (!_mayMeet(older, newer) || _isOver(older, newer)) continue;
            if ((_movesOf(older, newer) % 2 == 0 ? newer : older) == mine) _moveAs(older, newer);
            else if (_isExpired(older, newer)) _timeoutAs(older, newer);
        }
    }

    /// @dev The commitment to the right trace, whoever staked on it.
    function _rightParty(bytes32 round) internal view returns (bytes32) {
        bytes32[] storage all = partiesOf[round];
        for (uint256 k = 0; k < all.length; ++k) if (_isRight(all[k])) return all[k];
        return 0;
    }

    function _isRight(bytes32 partyId) internal view returns (bool) {
        return !parties[partyId].silent && parties[partyId].liesAt == RIGHT;
    }

    function _rightClaim(bytes32 round) internal view returns (bytes32) {
        for (uint256 k = 0; k < claimIds.length; ++k) {
            if (claims[claimIds[k]].round == round && claims[claimIds[k]].right) return claimIds[k];
        }
        return 0;
    }

    /// @dev A bond of the bot's own that backs `claimId` last; zero for none.
    function _bondBehind(bytes32 claimId) internal view returns (bytes32) {
        for (uint256 k = 0; k < stakeIds.length; ++k) {
            if (stakes[stakeIds[k]].claim == claimId && _mayBack(stakeIds[k], HONEST)) return stakeIds[k];
        }
        return 0;
    }

    function _eliminated(bytes32 partyId, Reason reason) internal override {
        super._eliminated(partyId, reason);
        Round storage r = rounds[parties[partyId].round];
        if (r.outcome == Outcome.Open && _isRight(partyId) && _isOnRightLine(r.parentId)) _break("the right trace was eliminated");
    }

    /// @dev With rivals the right assertion is alone at t1 + 2A, and soon after t1 + A and its trace if nobody censored.
    function _checkInTime() private {
        for (uint256 k = 0; k < roundIds.length; ++k) {
            Round storage r = rounds[roundIds[k]];
            if (r.t2 == 0 || !_isDefended(roundIds[k])) continue;
            uint256 bound = r.t1 + A + (censoredFor == 0 ? WORK + (ANSWERS + 1) * LAG : A + LAG);
            if (block.timestamp < bound) continue;
            bytes32 right = _rightClaim(roundIds[k]);
            ++reached["the right one alone in time"];
            if (right == 0 || _aliveOf(right) == 0 || _aliveClaims(roundIds[k]) != 1) _break("a dispute takes too long");
            else if (_settlesFrom(right) > bound + GRACE) _break("it settles too late");
        }
    }
}
