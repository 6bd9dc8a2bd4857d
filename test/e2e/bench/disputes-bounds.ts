// What follows from the contracts as they are built: their sizes, and the stake that the dearest step asks for.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Arena } from '../support/arena/arena.ts'
import { lessRow, type Row } from './row.ts'

const snapshots = join(import.meta.dirname, '../../../contracts/snapshots')
/** EIP-170. */
const MAX_CODE_BYTES = 24_576
/** Runtime sizes of others' dispute contracts, and what a dispute to the bottom takes in bonds there, in ETH. */
const published = { opGame: 23_939, boldManager: 23_787, opBonds: 691, boldStake: 3_600 } as const
/** Longest transaction that L1's nodes pass on, as provers keep to it, and gas of a byte of it. */
const PROVE_BYTES = 122_880
const CALLDATA_BYTE_GAS = 16
const PROVE_BASE_GAS = 45_000
/** Gas price to survive, in ETH for a unit of gas, and how many duels a stake pays at it. */
const GAS_PRICE_ETH = 90e-9
const DUELS_OF_A_STAKE = 4
/** What the stake's enforced bound takes a duel for. */
const DUEL_GAS = 13_500_000

/** Rows about contract sizes in bytes, without the peers' where these have no such contract. */
export async function contractSizes({ rollup }: Arena): Promise<Row[]> {
  const { disputeManager, assertionChain, bondVault, verifierSchedule, stepVerifier } = rollup.config.l1Contracts
  const size = async (address: `0x${string}`): Promise<number> =>
    ((await rollup.l1.getCode({ address }))!.length - 2) / 2
  const manager = await size(disputeManager)
  const rows = [
    lessRow('disputes: DisputeManager (peer: OP FaultDisputeGame)', 'bytes', manager, published.opGame),
    lessRow('disputes: DisputeManager (peer: BoLD EdgeChallengeManager)', 'bytes', manager, published.boldManager),
  ]
  const others = { assertionChain, disputeManager, bondVault, verifierSchedule, stepVerifier }
  for (const [name, address] of Object.entries(others)) {
    rows.push(lessRow(`disputes: ${name} (peer: EIP-170)`, 'bytes', await size(address), MAX_CODE_BYTES, 1))
  }
  const [part, bytes] = Object.entries(snapshot('StepSizes.json')).reduce((a, b) => (b[1] > a[1] ? b : a))
  rows.push(
    lessRow(`disputes: largest part of the step verifier, ${part} (peer: EIP-170)`, 'bytes', bytes, MAX_CODE_BYTES, 1),
  )
  return rows
}

/** Rows about the stake, given the gas of all moves of both sides but prove. */
export function stakeRows(moves: number): Row[] {
  const [step, gas] = dearestStep()
  const worst = gas + PROVE_BASE_GAS + moves
  const stake = DUELS_OF_A_STAKE * worst * GAS_PRICE_ETH
  const name = (peer: string): string =>
    `disputes: stake for four duels about the dearest step at 90 gwei (peer: ${peer})`
  return [
    lessRow(
      `disputes: a whole duel about the dearest step, ${step} (peer: what the stake counts with)`,
      'gas',
      worst,
      DUEL_GAS,
      1,
    ),
    lessRow(name('OP bonds to the bottom'), 'ETH', stake, published.opBonds),
    lessRow(name('BoLD'), 'ETH', stake, published.boldStake),
  ]
}

/** The dearest step that a contract test measures with its proof, and its gas with the proof's calldata. */
function dearestStep(): readonly [string, number] {
  const files = readdirSync(snapshots).filter((file) => file.startsWith('Osp'))
  const steps = files.flatMap((file) => {
    const figures = snapshot(file)
    const names = Object.keys(figures).filter((name) => name.endsWith(': gas'))
    return names.map((name): readonly [string, number] => {
      const step = name.slice(0, -': gas'.length)
      return [step, figures[name]! + (figures[`${step}: bytes`] ?? PROVE_BYTES) * CALLDATA_BYTE_GAS]
    })
  })
  return steps.reduce((a, b) => (b[1] > a[1] ? b : a))
}

/** Figures of a snapshot that `forge` wrote. */
function snapshot(file: string): Readonly<Record<string, number>> {
  const read = JSON.parse(readFileSync(join(snapshots, file), 'utf8')) as Record<string, string>
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, Number(value)]))
}
