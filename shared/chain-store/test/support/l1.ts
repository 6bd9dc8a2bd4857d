import { type Deposit, type Hash, type InboxLeaf, keccak256Hex } from '@crema/protocol'
import type { L1BlockRow, L1Event, PostedLeaf } from '../../src/index.ts'
import { addresses } from './blocks.ts'
import { createRandom } from './random.ts'

/** One L1 block of the tests and what the rollup's contracts did in it. */
export interface L1Step {
  readonly block: L1BlockRow
  readonly deposits: readonly Deposit[]
  readonly leaves: readonly PostedLeaf[]
  readonly events: readonly L1Event[]
}

/** Where the next step continues. */
export interface L1Progress {
  readonly parent: { readonly number: bigint; readonly hash: Hash } | undefined
  readonly depositCount: bigint
  readonly leafCount: bigint
}

/** A random L1 block on `progress`. */
export function makeL1Step(progress: L1Progress, seed: number): L1Step {
  const random = createRandom(seed)
  const number = (progress.parent?.number ?? 99n) + 1n
  const hash = random.hash()
  const parentHash = progress.parent?.hash ?? random.hash()
  const timestamp = number * 12n
  const place = { l1BlockNumber: number, l1BlockHash: hash, l1TransactionHash: random.hash() }
  return {
    block: { number, hash, parentHash, timestamp, baseFee: BigInt(random.hex(9)), mixHash: random.hash() },
    deposits: Array.from({ length: random.below(4) }, (_, i) => ({
      index: progress.depositCount + BigInt(i),
      from: random.pick(addresses),
      to: random.below(3) === 0 ? undefined : random.pick(addresses),
      mint: BigInt(random.hex(12)),
      value: BigInt(random.below(100)),
      gasLimit: BigInt(21_000 + random.below(200_000)),
      data: random.bytes(random.below(50)),
      ...place,
      l1Timestamp: timestamp,
      l1LogIndex: i,
    })),
    leaves: Array.from({ length: random.below(3) }, (_, i) => {
      const payload = random.bytes(random.below(200))
      const leaf: InboxLeaf = {
        kind: random.below(4) === 0 ? 1 : 0,
        sequencerHeight: 2n ** 64n - 1n - BigInt(random.below(1000)),
        timestamp,
        originNumber: number - 1n,
        originHash: random.hash(),
        originTimestamp: timestamp - 12n,
        originBaseFee: 2n ** 200n + BigInt(random.below(1000)),
        prevRandao: random.hash(),
        payloadHash: keccak256Hex(payload),
        txCount: BigInt(random.below(10)),
        txRoot: random.hash(),
        depositStart: progress.depositCount,
        depositEnd: progress.depositCount,
        depositRoot: random.hash(),
      }
      return {
        index: progress.leafCount + BigInt(i),
        leafHash: random.hash(),
        leaf,
        payload,
        laneHeight: BigInt(random.below(1e6)),
        laneTip: random.hash(),
        ...place,
        ...(random.below(2) === 0 ? {} : { inboxRoot: random.hash() }),
      }
    }),
    events: Array.from({ length: random.below(2) }, () => ({
      kind: 'assertion.created',
      key: random.hash(),
      data: { blocks: random.below(100), list: ['1', null, true] },
      ...place,
      l1LogIndex: 100,
    })),
  }
}

/** A run of steps from `progress` on. */
export function makeL1Steps(progress: L1Progress, seeds: readonly number[]): L1Step[] {
  const steps: L1Step[] = []
  let at = progress
  for (const seed of seeds) {
    const step = makeL1Step(at, seed)
    steps.push(step)
    at = {
      parent: step.block,
      depositCount: at.depositCount + BigInt(step.deposits.length),
      leafCount: at.leafCount + BigInt(step.leaves.length),
    }
  }
  return steps
}

export const l1Start: L1Progress = { parent: undefined, depositCount: 0n, leafCount: 0n }

/** The steps as one batch. */
export function toBatch(steps: readonly L1Step[]) {
  return {
    blocks: steps.map(({ block }) => block),
    deposits: steps.flatMap(({ deposits }) => deposits),
    leaves: steps.flatMap(({ leaves }) => leaves),
    events: steps.flatMap(({ events }) => events),
  }
}
