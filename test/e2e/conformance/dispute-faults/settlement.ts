import type { Change } from '../faults/put-in.ts'
import { change } from './change.ts'

/** How assertions are made, settled and dropped. */
export const settlementFaults: readonly Change[] = [
  change(
    'assertion/Settlement.sol',
    'settle while others can still join',
    'return uint256(from) + challengePeriod;',
    'return from;',
  ),
  change(
    'assertion/Settlement.sol',
    "settle after one's own window instead of the siblings'",
    'siblings.firstChildId == id ? siblings.firstChildAt : siblings.firstRivalAt;',
    'siblings.firstChildId == id ? siblings.firstRivalAt : siblings.firstChildAt;',
  ),
  change(
    'assertion/Settlement.sol',
    'settle without grace',
    '(closesAt > eliminatedAt ? closesAt : eliminatedAt) + gracePeriod',
    '(closesAt > eliminatedAt ? closesAt : eliminatedAt)',
  ),
  change(
    'assertion/Settlement.sol',
    'grace that does not count from the last elimination',
    '(closesAt > eliminatedAt ? closesAt : eliminatedAt) +',
    'closesAt + 0 * eliminatedAt +',
  ),
  change(
    'assertion/Settlement.sol',
    'settle while another is alive',
    'dispute.aliveAssertions != 1 || alive == 0',
    'alive == 0',
  ),
  change(
    'assertion/Settlement.sol',
    'settle what nobody committed to',
    'dispute.aliveAssertions != 1 || alive == 0',
    'dispute.aliveAssertions != 1',
  ),
  change(
    'assertion/Settlement.sol',
    'confirm with rivals',
    'if (siblings.firstRivalAt != 0) revert HasRivals(pending.parentId);',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'confirm in a pause',
    'if (guardianPause.paused()) revert Paused(guardianPause.pausedUntil());',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'confirm under a parent that is not',
    'if (pending.parentId != latestConfirmed) revert ParentNotConfirmed(pending.parentId, latestConfirmed);',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'confirm at any time',
    'if (block.timestamp < from) revert NotOldEnough(from);',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'reopen while somebody is alive',
    'if (dispute.aliveAssertions != 0) revert StillContested(dispute.aliveAssertions, 0);',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'reopen anywhere',
    'if (parentId != latestConfirmed) revert ParentNotConfirmed(parentId, latestConfirmed);\n        Dispute memory dispute',
    'Dispute memory dispute',
  ),
  change(
    'assertion/Settlement.sol',
    'reopen at any time',
    '_checkTimes(uint256(siblings.firstRivalAt) + challengePeriod, dispute);',
    'dispute.joins;',
  ),
  change(
    'assertion/AssertionState.sol',
    'children of an old epoch that live on',
    'if (known.reopenEpoch != siblings.reopenEpoch) {',
    'if (false) {',
  ),
  change(
    'assertion/AssertionState.sol',
    'stakes that are lost by an invalidation',
    '? AssertionStatus.Refunded : AssertionStatus.Lost;',
    '? AssertionStatus.Lost : AssertionStatus.Lost;',
  ),
  change(
    'assertion/AssertionState.sol',
    'descendants that live on',
    'if (above == AssertionStatus.Lost || above == AssertionStatus.Refunded) return above;',
    'above;',
  ),
  change(
    'assertion/Settlement.sol',
    'invalidate outside a pause',
    'if (!guardianPause.paused()) revert OnlyWhilePaused(parentId);',
    '',
  ),
  change(
    'assertion/AssertionState.sol',
    'a cooldown in which a second settlement fits',
    'uint64 most = pause.maxPause() + period;',
    'uint64 most = pause.maxPause() + 2 * period;',
  ),
  change(
    'assertion/Settlement.sol',
    'invalidate anywhere',
    'if (!guardianPause.paused()) revert OnlyWhilePaused(parentId);\n        if (parentId != latestConfirmed) revert ParentNotConfirmed(parentId, latestConfirmed);',
    'if (!guardianPause.paused()) revert OnlyWhilePaused(parentId);',
  ),
  change(
    'assertion/Proposals.sol',
    'a rival a second too late',
    'if (block.timestamp >= closesAt) revert RivalWindowClosed',
    'if (block.timestamp > closesAt) revert RivalWindowClosed',
  ),
  change(
    'assertion/Proposals.sol',
    'each rival begins the dispute anew',
    'if (siblings.firstRivalAt == 0) siblings.firstRivalAt',
    'siblings.firstRivalAt',
  ),
  change(
    'assertion/AssertionChain.sol',
    'clocks that run from the other time',
    'siblings.firstChildId == id ? siblings.firstRivalAt : siblings.firstChildAt;',
    'siblings.firstChildId == id ? siblings.firstChildAt : siblings.firstRivalAt;',
  ),
  change(
    'assertion/AssertionChain.sol',
    'a verifier that is not pinned',
    't.verifier = siblings.verifier;',
    't.verifier = verifierSchedule.current();',
  ),
  change(
    'assertion/Proposals.sol',
    'an id that nobody expected',
    'if (id != expectedId) revert UnexpectedId(id, expectedId);',
    '',
  ),
  change(
    'assertion/Settlement.sol',
    'an orphan that keeps its stake',
    'bondVault.slash(pending.bondId, Disputes.disputeId(pending.parentId, pending.reopenEpoch));',
    '',
  ),
  change(
    'assertion/GuardianPause.sol',
    'a pause that is renewed at once',
    'if (nowAt < coolsDownAt) revert CoolingDown(coolsDownAt);',
    '',
  ),
]
