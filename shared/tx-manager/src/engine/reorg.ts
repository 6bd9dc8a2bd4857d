import { type Context, save, type Tracked, track } from './context.ts'

/** Puts an intent back whose transaction is in no block any more: the same transaction is published again. */
export function noteReorg(context: Context, tracked: Tracked): void {
  const nowMs = context.clock.nowMs()
  save(context, tracked, 'reorg', { receipt: null })
  tracked.mustPublish = true
  tracked.publishAtMs = nowMs
  tracked.replaceAtMs = nowMs + context.config.resubmitMs
  tracked.lostSightings = 0
  context.log.warn({ key: tracked.record.key }, 'transaction reorged out, publishing again')
  context.emit({ type: 'reorged', key: tracked.record.key })
}

/**
 * Takes up confirmed intents again whose transactions a reorganisation deeper than `confirmations` took out: their nonces are unused, so that nothing else is in
 * their place. They hold their nonces from then on; whoever was told of the confirmation was told too early. Payloads that were pruned are gone for good.
 *
 * Returns whether the node has no block yet at the height of one of them: it lags, or the chain became shorter. Only the block there tells.
 */
export async function reopenReorged(context: Context, latestNonce: number): Promise<boolean> {
  const { chain, config, signer, store } = context
  let isBehind = false
  for (const record of store.confirmedFrom(config.chainId, signer.address, latestNonce)) {
    const { receipt, attempts } = record
    if (receipt === null || attempts.at(-1)?.raw === '0x') continue
    const hash = await chain.blockHash(receipt.blockNumber)
    if (hash === null) isBehind = true
    if (hash === null || hash === receipt.blockHash) continue
    context.feesSpentWei -= receipt.gasUsed * receipt.effectiveGasPriceWei
    noteReorg(context, track(context, record))
  }
  return isBehind
}
