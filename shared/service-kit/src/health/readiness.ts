/** The set of reasons a service is not ready. Parts of the service add and clear their own. */
export interface Readiness {
  /** Says why `part` is not ready; replaces what it said before. Returns whether it was ready until now. */
  notReady(part: string, reason: string): boolean
  ready(part: string): void
  /** `part: reason` for each part, in order of declaration. */
  reasons(): readonly string[]
}

/** Creates a readiness set; `parts` are not ready until they say so. */
export function createReadiness(parts: readonly string[] = []): Readiness {
  const reasons = new Map<string, string>(parts.map((part) => [part, 'starting']))
  return {
    notReady: (part, reason) => {
      const isNews = !reasons.has(part)
      reasons.set(part, reason)
      return isNews
    },
    ready: (part) => void reasons.delete(part),
    reasons: () => [...reasons].map(([part, reason]) => `${part}: ${reason}`),
  }
}
