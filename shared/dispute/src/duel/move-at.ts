import { NEWER, OLDER, type Side } from '@crema/l1'

/** What a move does beside going down four levels (docs/protocol/disputes.md, Duels). */
export type RevealStep = 'plain' | 'enterBlock' | 'answerBlock' | 'enterSegment' | 'answerSegment'

/** The move that is due in a running duel. */
export type DueMove =
  | { readonly kind: 'reveal'; readonly step: RevealStep; readonly side: Side }
  | { readonly kind: 'prove'; readonly side: Side }

/** Depth of the node whose children are steps. */
export const LAST_DEPTH = 44

const steps: Readonly<Record<number, RevealStep>> = {
  8: 'enterBlock',
  12: 'answerBlock',
  20: 'enterSegment',
  24: 'answerSegment',
}

/** The move at a depth of a duel, the same in every duel; undefined for a depth that no duel has. */
export function moveAt(depth: number): DueMove | undefined {
  if (!Number.isInteger(depth) || depth < 0 || depth > LAST_DEPTH || depth % 4 !== 0) return undefined
  const side: Side = depth % 8 === 0 ? OLDER : NEWER
  if (depth === LAST_DEPTH) return { kind: 'prove', side }
  return { kind: 'reveal', step: steps[depth] ?? 'plain', side }
}
