import type { Change } from '../faults/put-in.ts'
import { change } from './change.ts'

/** What becomes of stakes and credits. */
export const stakeFaults: readonly Change[] = [
  change(
    'dispute/Payouts.sol',
    'a joining paid to a slashed bond',
    'if (bond.status == IBondVault.BondStatus.Slashed) revert BondSlashed(c.bondId);',
    '',
  ),
  change(
    'dispute/Payouts.sol',
    'a ledger of any credits',
    'if (ledger != expected) revert WrongLedger(ledger, expected);',
    'expected;',
  ),
  change('dispute/Payouts.sol', 'credits for the loser', 'if (credits[i].side != winner) continue;', ''),
  change('dispute/Payouts.sol', 'credits paid again', 'played.collected = true;', ''),
  change('dispute/Payouts.sol', 'joining paid again', 'c.paid = true;', ''),
  change(
    'dispute/Payouts.sol',
    'resolved before it is decided',
    'if (fate == AssertionStatus.Pending) revert Undecided(c.assertionId);',
    '',
  ),
  change(
    'dispute/Payouts.sol',
    'resolved again',
    'if (_commitments[id].status == CommitmentStatus.Resolved) revert AlreadyResolved(id);',
    '',
  ),
  change(
    'dispute/Payouts.sol',
    'an invalidation that slashes',
    '(eliminated && fate != AssertionStatus.Refunded)',
    'eliminated',
  ),
  change(
    'dispute/Payouts.sol',
    'a wrong trace of the right assertion that keeps its stake',
    '(eliminated && fate != AssertionStatus.Refunded)',
    'false',
  ),
  change(
    'dispute/Payouts.sol',
    'a wrong trace of the right assertion that is paid',
    'c.reason == Reason.None && chain',
    'chain',
  ),
  change(
    'dispute/Payouts.sol',
    'a strike for ever',
    'bondVault.free(c.bondId, eliminated);',
    'bondVault.free(c.bondId, false);',
  ),
  change('dispute/Payouts.sol', 'counted after it is resolved', 'if (!eliminated) _uncount(c);', ''),
  change(
    'assertion/BondVault.sol',
    'a bond slashed twice',
    'if (held.status != BondStatus.Active) return false;\n        held.status',
    'held.status',
  ),
  change(
    'assertion/BondVault.sol',
    'less than half burned',
    'uint256 toPot = amount / 2;',
    'uint256 toPot = amount / 4 * 3;',
  ),
  change(
    'assertion/BondVault.sol',
    'a pot that pays more than it has',
    'if (amount > left) revert PotTooSmall(disputeId, left, amount);\n        pot[disputeId] = left - amount;\n        totalPots -= amount;',
    'uint256 taken = amount > left ? left : amount;\n        pot[disputeId] = left - taken;\n        totalPots -= taken;',
  ),
  change(
    'assertion/BondVault.sol',
    'a bond that is released while it backs commitments',
    'if (held.commitments != 0) revert BondCommitted(bondId, held.commitments);',
    '',
  ),
  change(
    'assertion/BondVault.sol',
    'a bond that is released before its fate',
    'if (fate != AssertionStatus.Confirmed && fate != AssertionStatus.Refunded) revert BondLocked(bondId, assertionId);',
    'fate;',
  ),
  change(
    'assertion/BondVault.sol',
    'a bond that is released again',
    'if (held.status != BondStatus.Active) revert BondNotActive(bondId);',
    '',
  ),
  change(
    'assertion/BondVault.sol',
    'a bond of another',
    'if (held.owner != owner) revert NotBondOwner(bondId, held.owner, owner);',
    'owner;',
  ),
  change(
    'assertion/BondVault.sol',
    'a struck bond that backs more',
    'if (held.strikes != 0) revert BondUnderStrike(bondId, held.strikes);',
    '',
  ),
  change(
    'assertion/BondVault.sol',
    'a bond that rolls from anywhere',
    'if (held.assertionId != fromAssertion) revert BondBacksOther(bondId, held.assertionId, fromAssertion);',
    '',
  ),
  change(
    'assertion/BondVault.sol',
    'credit paid again',
    '        credit[msg.sender] = 0;\n        totalCredit -= amount;\n',
    '',
  ),
]
