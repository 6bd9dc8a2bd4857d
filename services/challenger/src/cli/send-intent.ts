import type { DisputeIntent } from '@crema/dispute'
import { describeIntent } from '@crema/dispute'
import { disputeAbi, encodeDisputeCall, simulateDisputeCall } from '@crema/l1'
import { hexToBytes, keccak256Hex } from '@crema/protocol'
import { CliError } from './errors.ts'
import type { Offline } from './offline.ts'

/**
 * Simulates and sends one call and waits until it is final; what was done already is success. Throws {@link CliError} `cli.no-key`, the `DisputeRevert` that it
 * would end in, and what the transaction manager throws.
 */
export async function sendIntent({ node, l1, sender }: Offline, intent: DisputeIntent) {
  if (sender.status === undefined) {
    throw new CliError(
      'cli.no-key',
      'this command sends a transaction: set signer.* and a challenger.mode that is not watch',
    )
  }
  const { call, key } = intent
  const encoded = encodeDisputeCall(node.config.l1Contracts, call)
  const revert = await simulateDisputeCall(l1, sender.tx.address, call.kind, encoded)
  if (revert?.meaning === 'done') return { ...describeIntent(intent), result: 'already done' }
  if (revert !== undefined) throw revert
  const isDone = async () => (await simulateDisputeCall(l1, sender.tx.address, call.kind, encoded))?.meaning === 'done'
  const content = keccak256Hex(hexToBytes(encoded.data)).slice(2, 10)
  const attempt = firstFree((n) => sender.intents.get(`by-hand:${key}:${content}#${n}`)?.state)
  const receipt = await sender.tx.send({
    ...encoded,
    ...{ key: `by-hand:${key}:${content}#${attempt}`, isDone, abi: disputeAbi },
  })
  return { ...describeIntent(intent), result: receipt.kind, receipt }
}

/** The attempt to go on with: the first that is not settled. */
function firstFree(stateOf: (attempt: number) => string | undefined): number {
  let attempt = 0
  for (let state = stateOf(0); state === 'confirmed' || state === 'failed'; state = stateOf(attempt)) attempt++
  return attempt
}
