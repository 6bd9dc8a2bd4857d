import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { L1Client } from '@crema/l1'
import { type OpenedNode, openNode, type RollupNode } from '@crema/node'
import type { BlockRef, RollupConfig } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { testAccount, testAddress } from './accounts.ts'
import { startAnvil } from './anvil.ts'
import { type CreateRollupOptions, createRollup } from './create-rollup.ts'
import { forceLeaf } from './force-leaf.ts'
import { prepareL1 } from './prepare-l1.ts'

/** A rollup on an L1 of its own whose only input is forced, with a node in this process. */
export interface ForcedRollup {
  readonly l1: L1Client
  readonly l1Url: string
  readonly config: RollupConfig
  readonly node: RollupNode
  /** A folder that is removed at the end. */
  readonly dir: string
  /** Calls a method of the L1 that no client library has, such as `evm_snapshot`. */
  rpc<T>(method: string, ...params: unknown[]): Promise<T>
  /** Appends so many leaves and waits until the node has finalized them. */
  leaves(count: number): Promise<void>
  /** Mines empty blocks until the node follows the head and has finalized all leaves. Throws when that takes longer than `patienceMs`, default 30 s. */
  settle(patienceMs?: number): Promise<void>
  /** Moves L1's clock on and mines. */
  pass(seconds: number): Promise<void>
  close(): Promise<void>
}

const ETHER = 10n ** 18n
/** Accounts of the test mnemonic: nobody else's in a test. */
const [DEPLOYER, DEPOSITOR] = [0, 19] as const

/** Starts L1, contracts and node. Account 0 deployed, account 19 forces. */
export async function startForcedRollup(options: Partial<CreateRollupOptions> = {}): Promise<ForcedRollup> {
  const dir = mkdtempSync(join(tmpdir(), 'crema-forced-'))
  const anvil = await startAnvil()
  const stopping = new AbortController()
  let opened: OpenedNode | undefined
  let running: Promise<void> | undefined
  const close = async (): Promise<void> => {
    stopping.abort()
    await running
    opened?.close()
    await anvil.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    const l1 = anvil.client
    await prepareL1(l1)
    const config = await createRollup({
      l1Url: anvil.url,
      l1,
      deployer: testAccount(DEPLOYER),
      committee: [0, 1, 2, 3].map((index) => testAddress(index, 1)),
      l2ChainId: 420_691n,
      blockGasLimit: 30_000_000n,
      challengePeriod: 60n,
      forceDelay: 0n,
      minAssertionPeriod: 0n,
      stake: ETHER,
      maxGasPerAssertion: 15_000_000n,
      guardian: testAddress(DEPLOYER),
      maxPause: 30n,
      pauseCooldown: 60n,
      feeRecipient: testAddress(DEPLOYER),
      prefunded: {},
      ...options,
    })
    opened = await openNode({
      config,
      dataDir: join(dir, 'node'),
      l1Url: anvil.url,
      sequencerUrl: undefined,
      clock: systemClock,
      logger: createLogger({ service: 'forced-rollup', level: 'fatal' }),
      settings: { l1PollMs: 50, sequencerPollMs: 50, l1Range: 2_000n, laneRange: 64, sequencerTimeoutMs: 1_000 },
    })
    const { node } = opened
    running = node.run(stopping.signal)
    const rpc = <T>(method: string, ...params: unknown[]) => l1.request({ method, params } as never) as Promise<T>
    const isCanonical = async ({ number: blockNumber, hash }: BlockRef): Promise<boolean> =>
      (await l1.getBlock({ blockNumber }).catch(() => undefined))?.hash === hash
    const settle = async (patienceMs = 30_000): Promise<void> => {
      await rpc('anvil_mine', '0x4')
      const { number } = await l1.getBlock()
      const deadline = Date.now() + patienceMs
      for (;;) {
        const { heads, l1: seen, mode } = node.status()
        const final = heads.finalized.number === config.genesis.number + node.store.leafCount()
        if (mode !== 'syncing' && final && seen.current !== undefined && seen.current.number >= number) {
          if (await isCanonical(seen.current)) return
        }
        if (Date.now() > deadline)
          throw new Error(`the node does not follow: ${mode}, ${seen.current?.number} of ${number}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    return {
      l1,
      l1Url: anvil.url,
      config,
      node,
      dir,
      rpc,
      settle,
      leaves: async (count) => {
        for (let i = 0; i < count; i++) await forceLeaf(l1, anvil.url, testAccount(DEPOSITOR), config)
        await settle()
      },
      pass: async (seconds) => {
        await rpc('evm_increaseTime', seconds)
        await rpc('anvil_mine', '0x1')
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
