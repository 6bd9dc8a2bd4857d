/**
 * The nonce for the next transaction: the lowest that neither the chain nor the pool has used (everything below `pending`)
 * nor an open intent of ours holds. Gaps of ours are thereby filled first.
 */
export function allocateNonce(latest: number, pending: number, own: ReadonlySet<number>): number {
  let nonce = Math.max(latest, pending)
  while (own.has(nonce)) nonce++
  return nonce
}

/** Nonces between the latest and our highest that nobody is seen to use, and that keep ours from being mined. */
export function nonceGaps(latest: number, pending: number, own: ReadonlySet<number>): readonly number[] {
  const highest = Math.max(-1, ...own)
  const gaps: number[] = []
  for (let nonce = Math.max(latest, pending); nonce < highest; nonce++) if (!own.has(nonce)) gaps.push(nonce)
  return gaps
}

/** Nonces taken by pending transactions that are not ours. */
export function strangerNonces(latest: number, pending: number, own: ReadonlySet<number>): readonly number[] {
  const strangers: number[] = []
  for (let nonce = latest; nonce < pending; nonce++) if (!own.has(nonce)) strangers.push(nonce)
  return strangers
}
