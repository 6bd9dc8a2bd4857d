import { assertionVectors } from './assertions.ts'
import { certificateVectors } from './certificates.ts'
import type { Vectors } from './columns.ts'
import { depositVectors, inboxLeafVectors, payloadVectors } from './inbox.ts'
import { invalidTransactionVectors } from './invalid-transactions.ts'
import { headerVectors, laneVectors, setVectors } from './ordering.ts'
import { validTransactionVectors } from './transactions.ts'
import { appendOnlyTreeVectors, tagVectors } from './trees.ts'

/** Every vector file's name and content; the same on every run. */
export function makeVectors(): Readonly<Record<string, Vectors>> {
  return {
    'tags.json': tagVectors(),
    'append-only-tree.json': appendOnlyTreeVectors(),
    'sequencer-headers.json': headerVectors(),
    'lanes.json': laneVectors(),
    'committee-sets.json': setVectors(),
    'certificates.json': certificateVectors(),
    'payloads.json': payloadVectors(),
    'inbox-leaves.json': inboxLeafVectors(),
    'deposits.json': depositVectors(),
    'assertions.json': assertionVectors(),
    'transactions-valid.json': validTransactionVectors(),
    'transactions-invalid.json': invalidTransactionVectors(),
  }
}

/** A vector file's text. */
export function vectorText(vectors: Vectors): string {
  return `${JSON.stringify(vectors, undefined, 1)}\n`
}
