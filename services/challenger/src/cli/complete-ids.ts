import type { DisputeBook } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { ChallengerConfig } from '../config.ts'
import { usage } from './errors.ts'
import { notFound, readL1View } from './l1-view.ts'

/** What the operands of commands name, by the operand's name; any other is taken as it is. */
const known: Readonly<Record<string, { readonly what: string; readonly of: (book: DisputeBook) => readonly Hash[] }>> =
  {
    ID: { what: 'assertion', of: (book) => book.assertions().map(({ id }) => id) },
    OLDER: { what: 'commitment', of: commitmentsOf },
    NEWER: { what: 'commitment', of: commitmentsOf },
  }

/**
 * Completes ids that are given by their beginning, 0x and at least 8 hex digits as terminals show them, by what L1 has. Asks L1 only when there is such a one.
 * Throws `CliError` `cli.usage` where several begin so, `cli.not-found` where none does, and `L1Error`.
 */
export async function completeIds(
  config: ChallengerConfig,
  names: readonly string[],
  operands: readonly string[],
): Promise<readonly string[]> {
  const kinds = operands.map((word, at) => (/^0x[0-9a-fA-F]{8,63}$/.test(word) ? known[names[at] ?? ''] : undefined))
  if (kinds.every((kind) => kind === undefined)) return operands
  const { book } = await readL1View(config, () => [])
  return operands.map((word, at) => {
    const kind = kinds[at]
    return kind === undefined ? word : completeId(word, kind.what, kind.of(book))
  })
}

/** The one id that begins so. Throws `CliError` `cli.usage` with the candidates, `cli.not-found`. */
export function completeId(beginning: string, what: string, ids: readonly Hash[]): Hash {
  const found = [...new Set(ids)].filter((id) => id.startsWith(beginning.toLowerCase()))
  const [id] = found
  if (id === undefined) throw notFound(what, { beginning })
  if (found.length > 1) throw usage(`${found.length} ${what}s begin with ${beginning}`, { found })
  return id
}

function commitmentsOf(book: DisputeBook): readonly Hash[] {
  return book.events().flatMap((event) => (event.kind === 'joined' ? [event.id] : []))
}
