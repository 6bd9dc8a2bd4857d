import { CremaError, type Hash } from '@crema/protocol'
import type { Clock } from '@crema/service-kit'
import type { Explainer } from './create-explainer.ts'
import type { Explanation } from './explain-assertion.ts'

/** Explanations for /status, each at most so old: what many ask for is looked up once. */
export interface ToldExplanations {
  /** By assertion; an explanation that cannot be given is told as its error. */
  of(ids: readonly Hash[]): Promise<Readonly<Record<Hash, Explanation>>>
  /** One that somebody asks for; it is not kept. */
  one(id: Hash): Promise<Explanation>
}

export function createToldExplanations(explainer: Explainer, clock: Clock, maxAgeMs: number): ToldExplanations {
  const told = new Map<Hash, { readonly at: number; readonly explanation: Promise<Explanation> }>()

  async function one(id: Hash): Promise<Explanation> {
    try {
      return await explainer.explain(id)
    } catch (error) {
      if (!(error instanceof CremaError)) throw error
      return { id, error: { code: error.code, message: error.message, details: error.details } }
    }
  }

  function explain(id: Hash): Promise<Explanation> {
    const known = told.get(id)
    if (known !== undefined && clock.nowMs() < known.at + maxAgeMs) return known.explanation
    const explanation = one(id)
    told.set(id, { at: clock.nowMs(), explanation })
    return explanation
  }

  return {
    one,
    of: async (ids) => {
      const wanted = new Set(ids)
      for (const id of told.keys()) if (!wanted.has(id)) told.delete(id)
      return Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await explain(id)] as const)))
    },
  }
}
