import { createGenesis } from '@crema/execution'
import { type Address, blockStatus, type Deposit, type GenesisAccount } from '@crema/protocol'
import type { ProvableBlock } from '../../../../shared/machine/src/run/provable-block.ts'
import { address, config, memoryStore, wallet } from '../../../../shared/machine/test/block/support.ts'
import { inboxOf, nextBlock, type ProvenChain } from '../../../../shared/machine/test/prove/support.ts'

/** Where a case's program is. */
export const program = address(0xc0de)
/** Who calls it. */
export const sender = wallet(1)

/** A block that is executed for what its steps do. */
export interface Case {
  readonly name: string
  readonly alloc: Readonly<Record<Address, GenesisAccount>>
  readonly entries: readonly Uint8Array[]
  readonly deposits?: readonly Deposit[]
  /** Changes of the assertion's limits. */
  readonly assertion?: Partial<ProvableBlock['assertion']>
  /** How the first entry looks with another gas limit, to run out of gas at each of its charges. */
  readonly withGas?: (gasLimit: bigint) => Uint8Array
  readonly gasLimit?: bigint
}

/** Number of the parent of a case's block: so high that BLOCKHASH has all 256. */
const PARENT = 1_000n

/** A chain at a case's genesis. */
export async function createScene(alloc: Case['alloc']): Promise<ProvenChain> {
  const genesis = await createGenesis({ number: PARENT, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const store = memoryStore()
  store.add(genesis.writes)
  const head = genesis.header
  const { stateRoot, withdrawalsRoot } = head
  return {
    store,
    head,
    before: {
      number: PARENT,
      blockHash: head.hash,
      stateRoot,
      withdrawalsRoot: withdrawalsRoot!,
      inboxCount: 3n,
      gasSinceAssertionStart: 0n,
      status: blockStatus.blockEnd,
    },
  }
}

/** The case's block on a chain at its genesis. */
export function blockOfCase(
  chain: ProvenChain,
  { entries, deposits = [], assertion }: Pick<Case, 'entries' | 'deposits' | 'assertion'>,
): ProvableBlock {
  const block = nextBlock(chain, entries, deposits)
  return { ...block, assertion: { ...block.assertion, ...assertion } }
}

/** Root of the Inbox that the block's leaf is in. */
export function inboxRootOf({ before, leaf }: ProvableBlock): `0x${string}` {
  return inboxOf(before, leaf).root()
}
