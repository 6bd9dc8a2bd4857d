import type { DuelState } from './duel-state.ts'

/** What an agent does in each state of a pair. */
export type DuelAction = 'nothing' | 'startDuel' | 'reveal' | 'prove' | 'timeout' | 'alarm'

/** States of a pair, and those that each may become; the transition table of docs/protocol/disputes.md as an agent sees it. */
export const transitions: Readonly<Record<DuelState['kind'], readonly DuelState['kind'][]>> = {
  toStart: ['waiting', 'oursExpired', 'decided'],
  waiting: ['toReveal', 'toProve', 'theirsExpired', 'decided'],
  toReveal: ['waiting', 'oursExpired', 'decided'],
  toProve: ['oursExpired', 'decided'],
  theirsExpired: ['decided'],
  oursExpired: ['decided'],
  decided: [],
  impossible: ['toStart', 'waiting', 'toReveal', 'toProve', 'theirsExpired', 'oursExpired', 'decided'],
}

/** The action that a state asks for. */
export function actionIn(state: DuelState): DuelAction {
  switch (state.kind) {
    case 'toStart':
      return 'startDuel'
    case 'toReveal':
      return 'reveal'
    case 'toProve':
      return 'prove'
    case 'theirsExpired':
      return 'timeout'
    case 'waiting':
    case 'decided':
      return 'nothing'
    case 'oursExpired':
    case 'impossible':
      return 'alarm'
    default:
      return state satisfies never
  }
}
