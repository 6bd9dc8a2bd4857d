import { readFileSync } from 'node:fs'
import {
  checkL1Chain,
  createDisputeBook,
  createL1Client,
  type DisputeBook,
  type DisputeState,
  type L1Client,
  readDisputes,
} from '@crema/l1'
import { decodeRollupConfig, type Hash, type RollupConfig } from '@crema/protocol'
import type { ChallengerConfig } from '../config.ts'
import { CliError } from './errors.ts'

/** What L1 says of all disputes now; needs no node and no key. */
export interface L1View {
  readonly l1: L1Client
  readonly rollup: RollupConfig
  readonly book: DisputeBook
  readonly states: readonly DisputeState[]
}

/** Reads all disputes, or those about the children of `parentsOf(book)` alone. Throws `L1Error`. */
export async function readL1View(
  config: ChallengerConfig,
  parentsOf: (book: DisputeBook) => readonly Hash[] = (book) => book.parents(),
): Promise<L1View> {
  const rollup = decodeRollupConfig(readFileSync(config.rollup, 'utf8'))
  const l1 = createL1Client({ url: config.l1.rpcUrl })
  await checkL1Chain(l1, rollup.l1ChainId)
  const contracts = rollup.l1Contracts
  const book = createDisputeBook(l1, { contracts, fromBlock: rollup.l1StartBlock })
  await book.refresh()
  return { l1, rollup, book, states: await readDisputes(l1, { contracts, book, parentIds: parentsOf(book) }) }
}

/** The dispute that an assertion is part of. Throws `CliError` `cli.not-found`. */
export function stateOf({ states }: Pick<L1View, 'states'>, id: Hash): DisputeState {
  const state = states.find(({ assertions }) => assertions.some((assertion) => assertion.id === id))
  if (state === undefined) throw notFound('assertion', { id })
  return state
}

/** A pair of commitments with its dispute. Throws `CliError` `cli.not-found`. */
export function duelOf({ states }: Pick<L1View, 'states'>, older: Hash, newer: Hash) {
  for (const state of states) {
    const duel = state.duels.find((one) => one.older === older && one.newer === newer)
    const [first, second] = [older, newer].map((id) => state.commitments.find((one) => one.id === id))
    if (duel !== undefined && first !== undefined && second !== undefined) return { state, duel, first, second }
  }
  throw notFound('pair of commitments on different children of one parent', { older, newer })
}

export function notFound(what: string, details: Readonly<Record<string, unknown>>): CliError {
  return new CliError('cli.not-found', `L1 has no such ${what}`, { details })
}
