import {
  commit,
  decodeAccount,
  encodeAccount,
  get,
  microOp,
  openTrie,
  proveStep,
  put,
  runToStep,
  type StepProof,
} from '@crema/machine'
import { predeploys } from '@crema/protocol'
import type { MemoryStore } from '../memory-store.ts'
import type { VerifyArguments } from '../step-proofs/encode-verify.ts'
import { type Machine, type MadeBlock, makeBlock } from './block.ts'
import { deepen } from './deep-trie.ts'
import { accountPath, scratchDomain, scratchPath, slotPath } from './keys.ts'
import { stepName } from './measure.ts'
import { worstContents } from './worst-contents.ts'

/** Steps of one kind that are proven in a segment: the first ones, for what follows is alike. */
const EACH = 3
const RUNNING = 0
const HISTORY_WINDOW = 8_191n

/** A proven step with what `verify` is given beside its proof. */
export type PlacedStep = readonly [where: string, step: StepProof, at: Partial<VerifyArguments>]

/** Steps of whole blocks, all ways in tries being as deep as in the worst frames. */
export async function* worstBlocks(): AsyncGenerator<PlacedStep> {
  for (const { name, ...parts } of worstContents()) yield* stepsOf(name, await makeBlock(parts))
}

function* stepsOf(name: string, made: MadeBlock): Generator<PlacedStep> {
  const { machine: m, nextSegment } = made.machine()
  const { startInboxCount, targetCount } = made.block.assertion
  const at = { startInboxCount, targetCount, inboxRoot: made.inboxRoot }
  let segment = 0
  do {
    const seen = new Map<string, number>()
    while (m.status === RUNNING) {
      const op = m.x.op === microOp.opcode ? (m.f.code[m.f.pc] ?? 0) : undefined
      const label = stepName({ op: m.x.op as StepProof['op'], opcode: op })
      const count = seen.get(label) ?? 0
      seen.set(label, count + 1)
      const step = m.steps
      if (count >= EACH || op !== undefined) {
        runToStep(m, step + 1)
        continue
      }
      deepenAll(m, made.store)
      yield [name, proveStep(m), { ...at, segment, step }]
    }
    segment++
  } while (nextSegment())
}

/** Makes the ways to all that the due micro-op may read deep. */
function deepenAll(m: Machine, store: MemoryStore): void {
  const { t, f, x } = m
  // BlockBegin opens the parent's state, which is hashed elsewhere too.
  if (x.op === microOp.blockBegin) return
  const item = t.warm[t.warmed]
  const accounts = [t.origin, t.to, x.address, x.caller, f.address, t.destroyed?.address, ...vaults]
  for (const at of new Set(accounts)) if (at !== undefined) m.state = deepen(store, m.state, accountPath(at))
  for (const [at, slot] of systemSlots(m)) deepenSlot(m, store, at, slot)
  if (t.startState === undefined) return
  for (const at of [t.origin, x.address, f.address, ...(item === undefined ? [] : [item.address])]) {
    t.scratch = deepen(store, t.scratch, scratchPath(scratchDomain.warmAddress, at))
  }
  if (item?.slot !== undefined) {
    t.scratch = deepen(store, t.scratch, scratchPath(scratchDomain.warmSlot, item.address, item.slot))
  }
}

const vaults = [predeploys.sequencerFeeVault, predeploys.baseFeeVault, predeploys.l2ToL1MessagePasser].map(BigInt)
const beaconRoots = BigInt(predeploys.beaconRoots)
const historyStorage = BigInt(predeploys.historyStorage)
const l1Block = BigInt(predeploys.l1Block)

/** What the begin of a block writes. */
function systemSlots({ context, x }: Machine): (readonly [bigint, bigint])[] {
  if (x.op < microOp.sysBeaconTimestamp || x.op > microOp.sysL1Block || context === undefined) return []
  const { input, parent } = context
  const timestamp = input.timestamp % HISTORY_WINDOW
  return [
    [beaconRoots, timestamp],
    [beaconRoots, timestamp + HISTORY_WINDOW],
    [historyStorage, parent.number % HISTORY_WINDOW],
    [l1Block, BigInt(x.i)],
  ]
}

function deepenSlot(m: Machine, store: MemoryStore, address: bigint, slot: bigint): void {
  const path = accountPath(address)
  const bytes = get(store, m.state, path)!
  // As the machine decoded it: no store has the nodes yet that the block wrote.
  const account = m.caches.accounts.get(bytes) ?? decodeAccount(bytes)
  const storage = m.caches.storages.get(account.storageRoot)?.trie ?? openTrie(account.storageRoot)
  const { root, nodes } = commit(deepen(store, storage, slotPath(slot)))
  store.add({ nodes, codes: new Map() })
  m.state = deepen(store, put(store, m.state, path, encodeAccount({ ...account, storageRoot: root })), path)
}
