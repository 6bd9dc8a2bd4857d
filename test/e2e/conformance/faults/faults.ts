import { checkAll } from '../coverage/batches.ts'
import { chainConstants, connectChainVerifier, shareChainVerifier } from '../coverage/chain-verifier.ts'
import { changeKinds, randomChanges } from '../mutations/changes.ts'
import { checkMutants } from '../mutations/check-mutants.ts'
import { createRandom, seedOf } from '../mutations/random.ts'
import { explainFailure, type StepRecord } from '../step-proofs/check-batch.ts'
import { proofSize } from '../step-proofs/encode-verify.ts'
import { type Artifact, deployArtifact, PARTS, readArtifact } from '../step-proofs/verifier.ts'
import { createReport, type Suite, type TaskReport } from '../suite.ts'
import { compileFaults } from './compile.ts'
import type { Fault } from './fault.ts'
import { knownFaults } from './known-faults.ts'
import { ownFaults } from './own-faults.ts'
import { partOf } from './parts.ts'
import { faultRecords } from './records.ts'
import { sealFaults } from './seal-faults.ts'
import { tapeChanges } from './tape-changes.ts'

/** All bugs of the step verifier. */
export const faults: readonly Fault[] = [...knownFaults, ...ownFaults, ...sealFaults]

/** Faults that are compiled together. */
const BATCH = 11
/** Changes of the tape, and as many of any kind anywhere. */
const MUTANTS = 20
/** Proofs longer than this are changed less often: each change copies all of it. */
const LONG_PROOF = 20_000
const FEW_MUTANTS = 4
/** Changes of the tape where the records hold few steps of that name. */
const RARE_MUTANTS = 200
const RARE = 8

type Verifier = Pick<ReturnType<typeof connectChainVerifier>, 'rpc' | 'verifier' | 'batch' | 'mutants'>

/**
 * Faults put into the contracts, each deployed beside the unchanged parts: an honest step must fail, or a wrong proof give a wrong state. The unchanged
 * contracts are run against the same steps and wrong proofs, and pass.
 */
export const seededFaults: Suite = {
  name: 'faults',
  title: `${faults.length} bugs put into the step verifier, ${knownFaults.length} of them known of earlier ones: each is found`,
  async tasks() {
    await shareChainVerifier()
    return ['none', ...Array.from({ length: Math.ceil(faults.length / BATCH) }, (_, i) => String(i))]
  },
  run: (task) =>
    task === 'none' ? runUnchanged() : runFaults(faults.slice(BATCH * Number(task), BATCH * (Number(task) + 1))),
}

let known: Promise<StepRecord[]> | undefined

/** The records, once in a thread. */
function recordsOf(part: string | undefined): Promise<StepRecord[]> {
  known ??= faultRecords()
  if (part === undefined || part === 'StepVerifier') return known
  return known.then((records) => records.filter(({ op }) => partOf(op) === part))
}

async function runUnchanged(): Promise<TaskReport> {
  const builder = createReport()
  const verifier = connectChainVerifier()
  const records = await recordsOf(undefined)
  for (const { record, ok } of await checkAll(verifier, records)) {
    if (ok) builder.pass('steps without a fault')
    else builder.fail('steps without a fault', `${record.op}: ${record.name}`, await explainFailure(verifier, record))
  }
  for (const record of records) {
    const { reverted, harmless, survivor } = await mutate(verifier, record, records)
    builder.pass('wrong proofs without a fault', reverted + harmless)
    if (survivor !== undefined) builder.fail('wrong proofs without a fault', `${record.op}: ${record.name}`, survivor)
  }
  return builder.report
}

async function runFaults(batch: readonly Fault[]): Promise<TaskReport> {
  const builder = createReport()
  const artifacts = compileFaults(batch)
  for (const [i, fault] of batch.entries()) {
    try {
      const killer = await findKiller(fault, artifacts[i]!)
      if (killer === undefined) builder.fail('faults', `${fault.contracts[0]}: ${fault.name}`, 'nothing finds it')
      else builder.pass(`faults found by ${killer}`)
    } catch (error) {
      builder.fail('faults', `${fault.contracts[0]}: ${fault.name}`, error)
    }
  }
  return builder.report
}

/** What shows the fault; undefined when nothing does. */
async function findKiller(fault: Fault, artifacts: readonly Artifact[]): Promise<string | undefined> {
  const verifier = await deployFault(fault, artifacts)
  const records = await recordsOf(fault.contracts[0])
  if ((await checkAll(verifier, records)).some(({ ok }) => !ok)) return 'a right step'
  for (const record of records)
    if ((await mutate(verifier, record, records)).survivor !== undefined) return 'a wrong proof'
  return undefined
}

/** The verifier with the faulty contracts in place of the right ones. */
async function deployFault({ contracts, name }: Fault, artifacts: readonly Artifact[]): Promise<Verifier> {
  const chain = connectChainVerifier()
  const { rpc } = chain
  const parts: Record<string, string> = { ...chain.parts }
  let entry = readArtifact('StepVerifier')
  for (const [i, contract] of contracts.entries()) {
    const artifact = artifacts[i]!
    if (contract === 'StepVerifier') {
      entry = artifact
      continue
    }
    const part = Object.entries(PARTS).find(([, each]) => each === contract)
    if (part === undefined) throw new Error(`${contract} is no part of the verifier`)
    parts[part[0]] = await deployArtifact(rpc, name, artifact, contract === 'OspSeal' ? [chainConstants] : [])
  }
  return { ...chain, verifier: await deployArtifact(rpc, 'StepVerifier', entry, [parts]) }
}

interface Mutated {
  readonly reverted: number
  readonly harmless: number
  /** The change that gave a wrong state. */
  readonly survivor: string | undefined
}

/** The record's wrong proofs: the same ones each time. */
async function mutate(verifier: Verifier, record: StepRecord, records: readonly StepRecord[]): Promise<Mutated> {
  const random = createRandom(seedOf(record.name))
  const size = proofSize(record.data)
  const count = size > LONG_PROOF ? FEW_MUTANTS : MUTANTS
  const changes = [
    ...tapeChanges(record, isRare(record, records) ? RARE_MUTANTS : count, random),
    ...randomChanges(size, count, random),
  ]
  const { reverted, harmless, survivors } = await checkMutants(verifier, record, changes)
  const [first] = survivors
  const survivor =
    first && `a wrong state after ${changeKinds[first.kind]} value ${first.value} at ${first.a}, ${first.b}`
  return { reverted, harmless, survivor }
}

function isRare({ op }: StepRecord, records: readonly StepRecord[]): boolean {
  return records.filter((other) => other.op === op).length <= RARE
}
