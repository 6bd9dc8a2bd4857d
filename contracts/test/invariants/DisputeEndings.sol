// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {Disputes} from "../../src/libraries/Disputes.sol";
import {AssertionStatus} from "../../src/types/Assertion.sol";
import {Credit, NEWER, OLDER} from "../../src/types/Dispute.sol";
import {DisputePlayers} from "./DisputePlayers.sol";

/// @dev How disputes end and what is paid, in the manner of `DisputePlayers`.
abstract contract DisputeEndings is DisputePlayers {
    address internal constant SETTLER = address(0x5e771e);

    /// @dev Rounds without the honest bot: what it is there for need not hold in them.
    mapping(bytes32 round => bool) internal sleptThrough;

    /// @dev Whether an assertion follows from genesis by the machine alone and nothing has dropped it: there the honest bot plays.
    function _isOnRightLine(bytes32 id) internal view returns (bool) {
        if (sleptThrough[_roundOf(id)]) return false;
        for (; id != genesisId; id = claims[id].parentId) {
            Claim storage c = claims[id];
            if (!c.right || !_isLiving(id)) return false;
            if (sleptThrough[c.round] && c.written != AssertionStatus.Confirmed) return false;
        }
        return true;
    }

    function _confirmAs(bytes32 claimId) internal {
        bool contested = rounds[claims[claimId].round].t2 != 0;
        bool may = contested ? _maySettle(claimId) : _mayConfirm(claimId);
        bytes memory data = contested
            ? abi.encodeCall(chain.settle, (claimId, states[claimId]))
            : abi.encodeCall(chain.confirm, (claimId, states[claimId]));
        if (!_call(SETTLER, address(chain), 0, data, may, contested ? "settle" : "confirm")) return;
        if (_isOnRightLine(tip) && !claims[claimId].right) _break("a wrong child was confirmed");
        claims[claimId].written = AssertionStatus.Confirmed;
        rounds[claims[claimId].round].outcome = Outcome.Confirmed;
        tip = claimId;
    }

    function _reopenAs(bytes32 parentId) internal {
        bytes32 round = _roundOf(parentId);
        bytes memory data = abi.encodeCall(chain.reopen, (parentId));
        bool guarded = _isOnRightLine(parentId);
        if (!_call(SETTLER, address(chain), 0, data, _mayReopen(parentId), "reopen")) return;
        if (guarded) _break("a dispute of the right line was void");
        rounds[round].outcome = Outcome.Reopened;
        ++epochOf[parentId];
    }

    function _invalidateAs(bytes32 parentId) internal {
        bytes32 round = _roundOf(parentId);
        bool may = _isPaused() && parentId == tip && rounds[round].first != 0;
        bytes memory data = abi.encodeCall(chain.invalidate, (parentId));
        if (!_call(GUARDIAN, address(chain), 0, data, may, "invalidate")) return;
        rounds[round].outcome = Outcome.Invalidated;
        ++epochOf[parentId];
    }

    function _pauseAs(bool start) internal {
        bool may = start ? block.timestamp >= coolsDownAt : _isPaused();
        bytes memory data = start ? abi.encodeCall(guardianPause.pause, ()) : abi.encodeCall(guardianPause.unpause, ());
        if (!_call(GUARDIAN, address(guardianPause), 0, data, may, start ? "pause" : "unpause")) return;
        pausedUntil = start ? block.timestamp + MAX_PAUSE : block.timestamp;
        if (start) coolsDownAt = block.timestamp + COOLDOWN;
    }

    function _markAs(bytes32 claimId) internal {
        AssertionStatus fate = _fateOf(claimId);
        bytes memory data = abi.encodeCall(chain.markOrphan, (claimId));
        if (!_call(SETTLER, address(chain), 0, data, _isDropped(claimId), "mark")) return;
        claims[claimId].written = fate;
        if (fate == AssertionStatus.Lost) _slashed(claims[claimId].bond, claims[claimId].round);
        else ++reached["refund"];
    }

    function _resolveAs(bytes32 partyId) internal {
        bytes memory data = abi.encodeCall(disputes.resolve, (partyId));
        if (_call(SETTLER, address(disputes), 0, data, _isDecided(partyId), "resolve")) _resolved(partyId);
    }

    /// @param tampered  With a ledger that is not the duel's.
    function _collectAs(bytes32 older, bytes32 newer, bool tampered) internal {
        bytes32 duelId = Disputes.duelId(older, newer);
        Credit[] memory credits = ledgers[duelId];
        uint8 winner = _won(older) ? OLDER : NEWER;
        bytes32 loser = winner == OLDER ? newer : older;
        uint256 total = 0;
        for (uint256 k = 0; k < credits.length; ++k) if (credits[k].side == winner) total += credits[k].amount;
        bool slashes = !parties[loser].resolved && stakes[parties[loser].bond].status == IBondVault.BondStatus.Active;
        bool may = _isDue(older, newer) && total <= _potOf(parties[loser].round) + (slashes ? STAKE / 2 : 0);
        if (tampered) {
            if (credits.length == 0) return;
            ++credits[credits.length - 1].amount;
        }
        bytes memory data = abi.encodeCall(disputes.collect, (older, newer, credits));
        if (!_call(SETTLER, address(disputes), 0, data, may && !tampered, "collect")) return;
        if (!parties[loser].resolved) _resolved(loser);
        games[duelId].collected = true;
        rounds[parties[loser].round].paid += total;
        for (uint256 k = 0; k < credits.length; ++k) if (credits[k].side == winner) creditOf[credits[k].mover] += credits[k].amount;
    }

    function _collectJoinAs(bytes32 partyId) internal {
        Party storage p = parties[partyId];
        bool isSlashed = stakes[p.bond].status == IBondVault.BondStatus.Slashed;
        bool may = _won(partyId) && !p.paid && !isSlashed && p.credit <= _potOf(p.round);
        bytes memory data = abi.encodeCall(disputes.collectJoin, (partyId));
        if (!_call(SETTLER, address(disputes), 0, data, may, "collect the joining")) return;
        p.paid = true;
        rounds[p.round].paid += p.credit;
        creditOf[stakes[p.bond].owner] += p.credit;
    }

    function _releaseAs(address who, bytes32 bond) internal {
        bytes memory data = abi.encodeCall(vault.release, (bond));
        bool may = _mayRelease(bond, who);
        if (!_call(who, address(vault), 0, data, may, "release")) return;
        stakes[bond].status = IBondVault.BondStatus.Released;
        creditOf[who] += STAKE;
        if (_fateOf(stakes[bond].claim) == AssertionStatus.Refunded) ++reached["release after a refund"];
    }

    function _claimAs(address who) internal {
        uint256 due = creditOf[who];
        address to = address(0xdead01);
        uint256 had = to.balance;
        if (!_call(who, address(vault), 0, abi.encodeCall(vault.claim, (to)), due > 0, "claim")) return;
        if (to.balance - had != due) _break("paid another amount than the credit");
        claimed += due;
        creditOf[who] = 0;
    }
}
