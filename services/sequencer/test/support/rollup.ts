import { committeeRegistryAbi, deployRollup, inboxAbi, type L1Client } from '@crema/l1'
import { blockStatus, type Hash } from '@crema/protocol'
import { startAnvil, testAccount } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { onTestFinished } from 'vitest'
import { createCommittee } from '../../src/committee/committee.ts'
import { keysFromMnemonic } from '../../src/committee/keys.ts'
import { devnetMnemonic } from '../../src/config.ts'

const word = (byte: string): Hash => `0x${byte.repeat(32)}`
export const lane = 901n
/** Seconds. */
export const forceDelay = 60n

/** An anvil that mines every 200 ms or so with a rollup's real contracts on it; ended after the test. */
export async function rollup({ intervalMs = 200, port }: { intervalMs?: number; port?: number } = {}) {
  const anvil = await startAnvil(port === undefined ? {} : { port })
  onTestFinished(anvil.stop)
  const l1 = anvil.client
  const deployer = createWalletClient({ account: testAccount(0), transport: http(anvil.url) })
  const keys = keysFromMnemonic(devnetMnemonic, 4)
  const none = { chainId: 31_337n, registry: `0x${'00'.repeat(20)}` } as const
  const { timestamp } = await l1.getBlock()
  const deployed = await deployRollup(l1, deployer, {
    committee: createCommittee(keys, none).members,
    salt: word('01'),
    l2: {
      chainId: lane,
      blockGasLimit: 30_000_000n,
      minBaseFee: 1n,
      elasticityMultiplier: 2n,
      baseFeeChangeDenominator: 8n,
    },
    genesisTimestamp: timestamp,
    genesisState: {
      number: 0n,
      blockHash: word('0a'),
      stateRoot: word('0b'),
      withdrawalsRoot: word('0c'),
      inboxCount: 0n,
      gasSinceAssertionStart: 0n,
      status: blockStatus.assertionEnd,
    },
    challengePeriod: 3_600n,
    gracePeriod: 2n,
    minAssertionPeriod: 1n,
    forceDelay,
    stake: 10n ** 18n,
    maxBlocksPerAssertion: 4_096n,
    maxGasPerAssertion: 10n ** 12n,
    maxCreditGasPrice: 10n ** 9n,
    verifierOwner: `0x${'00'.repeat(20)}`,
    verifierDelay: 3_600n,
    guardian: testAccount(0).address,
    maxPause: 60n,
    pauseCooldown: 120n,
  })
  const rpc = (method: string, ...params: unknown[]) => l1.request({ method, params } as never) as Promise<unknown>
  let mine: NodeJS.Timeout | undefined
  const mining = (on: boolean) => {
    clearInterval(mine)
    if (on) mine = setInterval(() => void rpc('evm_mine').catch(() => {}), intervalMs)
  }
  mining(true)
  onTestFinished(() => mining(false))
  const { committeeRegistry: registry, inbox, portal } = deployed.contracts
  const contract = { address: inbox, abi: inboxAbi } as const
  return {
    anvil,
    l1,
    rpc,
    /** Turns the mining of blocks in intervals on or off. */
    mining,
    deployer,
    inbox,
    portal,
    registry,
    setId: deployed.setId,
    genesisOrigin: deployed.genesisOrigin,
    committee: createCommittee(keys, { chainId: 31_337n, registry }),
    position: () => l1.readContract({ ...contract, functionName: 'lanePosition' }),
    lastLeaf: () => l1.readContract({ ...contract, functionName: 'lastLeaf' }),
    leaves: () => l1.readContract({ ...contract, functionName: 'count' }),
  }
}

export type Rollup = Awaited<ReturnType<typeof rollup>>

/** Asks the real registry. @throws viem's error with the contract's reason. */
export const verifyOnL1 = (
  l1: L1Client,
  registry: `0x${string}`,
  args: readonly [Hash, bigint, bigint, Hash, { bitmap: bigint; signatures: `0x${string}` }],
) => l1.readContract({ address: registry, abi: committeeRegistryAbi, functionName: 'verify', args })
