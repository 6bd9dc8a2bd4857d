import { createHttpSequencerClient } from '@crema/sequencer-client'
import { until } from '../../support/until.ts'
import type { Step } from '../journey.ts'

/** The sequencer orders it: without executing it, and with a quorum's certificate. */
export const include: Step = {
  title: 'the sequencer includes it',
  run: async ({ devnet, transaction }) => {
    const client = createHttpSequencerClient({ url: devnet.urls.sequencer })
    const lane = devnet.config.l2.chainId
    const status = await until('the transaction to be ordered', 10_000, async () => {
      const now = await client.status(lane, transaction!)
      return now.stage === 'ordered' ? now : undefined
    })
    const certified = await client.certifiedHeader(status.sequencerHeight)
    if (certified === undefined) throw new Error(`no certificate at height ${status.sequencerHeight}`)
    const signers = certified.certificate.bitmap.toString(2).replaceAll('0', '').length
    return `height ${status.sequencerHeight}, entry ${status.entryIndex}, ${signers} signatures`
  },
}
