import { createCommitter, proveStep } from '@crema/machine'
import { bytesToHex, type Deposit, type GenesisAccount, predeploys } from '@crema/protocol'
import { address, noise, signed, wallet } from './actors.ts'
import { type BlockParts, type MadeBlock, makeBlock } from './block.ts'
import { word } from './keys.ts'
import type { PlacedStep } from './worst-blocks.ts'

const SENDERS = 60
const RUNNING = 0
const token = address(0x70c)
/** Reads two slots, writes two and logs a word with two topics, as a token's transfer does. */
const tokenCode = '0x6004355433545f55600160043555335f526004353360205fa200'

/** An ordinary block: transfers, calls that store and log, a creation, two deposits. */
export async function typicalBlock(): Promise<MadeBlock> {
  const senders = Array.from({ length: SENDERS }, (_, i) => wallet(100 + i))
  const system: GenesisAccount = { nonce: 1n, code: '0x00' }
  const alloc: BlockParts['alloc'] = {
    [token]: { nonce: 1n, code: tokenCode },
    [predeploys.beaconRoots]: system,
    [predeploys.historyStorage]: system,
    [predeploys.l1Block]: system,
    [predeploys.l2ToL1MessagePasser]: system,
  }
  for (const sender of senders) alloc[sender.address] = { balance: 10n ** 20n }
  const transfers = senders.map((from, i) =>
    signed(from, { nonce: 0n, to: senders[(i + 7) % SENDERS]!.address, gasLimit: 21_000n, value: 1n }),
  )
  const data = (i: number): Uint8Array => noise(36, i + 1)
  const calls = senders.map((from, i) => signed(from, { nonce: 1n, to: token, gasLimit: 120_000n, data: data(i) }))
  const accessList = [{ address: token, storageKeys: [bytesToHex(word(1n))] }]
  const listed = signed(senders[0]!, { nonce: 2n, to: token, gasLimit: 120_000n, data: data(99), accessList })
  return makeBlock({ alloc, entries: [...transfers, ...calls, listed], deposits: [deposit(1), deposit(2)] })
}

/** An ordinary deposit. */
export function deposit(index: number): Deposit {
  const hash = `0x${'11'.repeat(32)}` as const
  const place = { l1BlockNumber: 1n, l1BlockHash: hash, l1Timestamp: 1n, l1TransactionHash: hash, l1LogIndex: 0 }
  const [from, to] = [address(0xaa), address(0xbb)]
  return { index: BigInt(index), from, to, mint: 10n ** 18n, value: 1n, gasLimit: 100_000n, data: noise(40), ...place }
}

/** All steps of a block, proven one after another. */
export function* blockSteps(made: MadeBlock): Generator<PlacedStep> {
  const { machine: m, nextSegment } = made.machine()
  const { startInboxCount, targetCount } = made.block.assertion
  const committer = createCommitter()
  let segment = 0
  do {
    while (m.status === RUNNING) {
      const at = { startInboxCount, targetCount, inboxRoot: made.inboxRoot, segment, step: m.steps }
      yield [`segment ${segment}, step ${m.steps}`, proveStep(m, committer), at]
    }
    segment++
  } while (nextSegment())
}
