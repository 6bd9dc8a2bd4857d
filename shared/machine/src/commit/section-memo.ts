/** A hash and what it was made of. */
export interface Memo {
  readonly key: readonly unknown[]
  readonly hash: Uint8Array
}

/** The last hashes of sections, and of `rest`. */
export interface SectionMemo {
  r: Memo | undefined
  b: Memo | undefined
  t: Memo | undefined
  rest: Memo | undefined
}

/** The section's hash: the last one if `key` has not changed, which must tell all that the words depend on. */
export function memoized(
  memos: SectionMemo,
  name: keyof SectionMemo,
  key: readonly unknown[],
  make: () => Uint8Array,
): Uint8Array {
  const last = memos[name]
  if (last !== undefined && sameKey(last.key, key)) return last.hash
  const hash = make()
  memos[name] = { key, hash }
  return hash
}

function sameKey(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false
  return a.length === b.length
}
