/** `npm run demo:dispute`: a proposer lies about one SSTORE, an honest challenger proves it on L1. Ends with a table of all transactions and a JSON summary as the last line. */

import { killAnvils } from '@crema/testing'
import { formatEther } from 'viem'
import { playDemo } from './play-demo.ts'
import { tableOf } from './table.ts'

const say = (line: string): void => console.log(line)
process.once('SIGINT', () => {
  killAnvils()
  process.exit(130)
})
const { summary, sent } = await playDemo(say)
say('')
say(tableOf(sent))
say('')
say(
  summary.ok
    ? `The truth is confirmed. The liar lost ${formatEther(BigInt(summary.liar.lostStakeWei))} ETH; the challenger has its stake back, and ${formatEther(BigInt(summary.honest.creditsWei))} ETH for moves that cost it ${formatEther(BigInt(summary.honest.movesFeeWei))}.`
    : 'The truth was not confirmed: this is a fault.',
)
console.log(JSON.stringify(summary))
process.exitCode = summary.ok ? 0 : 1
