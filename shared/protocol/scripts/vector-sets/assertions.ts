import {
  type AssertionConfig,
  assertionId,
  type BlockState,
  blockStatus,
  bondId,
  configHash,
  emptyTreeRoot,
  outputRoot,
  stateHash,
} from '../../src/index.ts'
import { account, columns, type Vectors, word } from './columns.ts'

const max = 2n ** 64n - 1n
const zero = `0x${'00'.repeat(32)}` as const

/** `assertions.json`: block states, output roots, configurations, assertion ids and bond ids. */
export function assertionVectors(): Vectors {
  const state = (number: bigint, overrides: Partial<BlockState> = {}): BlockState => ({
    number,
    blockHash: word(`block ${number}`),
    stateRoot: word(`state ${number}`),
    withdrawalsRoot: word(`withdrawals ${number}`),
    inboxCount: number,
    gasSinceAssertionStart: 21_000n * number,
    status: blockStatus.blockEnd,
    ...overrides,
  })
  const states = [
    state(0n, { status: blockStatus.assertionEnd }),
    state(1n),
    state(4_096n, { status: blockStatus.assertionEnd }),
    state(max, { gasSinceAssertionStart: max }),
  ]
  const config: AssertionConfig = {
    l1ChainId: 31_337n,
    inbox: account('inbox'),
    lane: 901n,
    disputeManager: account('disputeManager'),
    verifier: account('verifier'),
    challengePeriod: 604_800n,
    gracePeriod: 172_800n,
    stake: 5n * 10n ** 18n,
    maxBlocks: 4_096n,
    maxGas: 10n ** 9n,
    minAssertionPeriod: 60n,
  }
  const configs = [
    config,
    { ...config, stake: 2n ** 256n - 1n },
    { ...config, verifier: account('next verifier'), challengePeriod: 15n, gracePeriod: 0n, lane: 2n ** 32n - 1n },
  ]
  const genesis = {
    parentId: zero,
    reopenEpoch: 0n,
    endStateHash: stateHash(states[0]!),
    targetCount: 0n,
    inboxRoot: emptyTreeRoot,
    configHash: configHash(config),
  }
  const child = {
    ...genesis,
    parentId: assertionId(genesis),
    endStateHash: stateHash(states[2]!),
    targetCount: 4_096n,
    inboxRoot: word('inbox root'),
  }
  const ids = [genesis, child, { ...child, reopenEpoch: 2n ** 32n - 1n }]
  return {
    states: columns(states.map((each) => ({ ...each, stateHash: stateHash(each), outputRoot: outputRoot(each) }))),
    configs: columns(configs.map((each) => ({ ...each, configHash: configHash(each) }))),
    assertions: columns(ids.map((each) => ({ ...each, id: assertionId(each) }))),
    bonds: columns(
      ids.map((each) => {
        const owner = account('owner')
        return { owner, assertionId: assertionId(each), bondId: bondId(owner, assertionId(each)) }
      }),
    ),
  }
}
