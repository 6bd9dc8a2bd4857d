/** Levenshtein distance of two short strings. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** The known name nearest to `unknown`, or undefined when none is near (more than 40 % of its letters differ). */
export function nearestName(unknown: string, known: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined
  for (const name of known) {
    const distance = editDistance(unknown.toLowerCase(), name.toLowerCase())
    if (!best || distance < best.distance) best = { name, distance }
  }
  return best && best.distance <= Math.max(2, Math.ceil(unknown.length * 0.4)) ? best.name : undefined
}

/** Message for an unknown name, with the nearest known one if there is any. */
export function unknownNameMessage(unknown: string, known: Iterable<string>): string {
  const nearest = nearestName(unknown, known)
  return nearest ? `unknown, did you mean ${nearest}?` : 'unknown'
}
