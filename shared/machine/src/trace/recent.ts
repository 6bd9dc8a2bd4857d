/** Keeps the `limit` entries that were used last. */
export interface Recent<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
}

export function createRecent<K, V>(limit: number): Recent<K, V> {
  const entries = new Map<K, V>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) break
        entries.delete(oldest)
      }
    },
  }
}
