/** Remembers what was made last. */
export interface Recent<V> {
  /** The value of a key; made when it is not remembered. */
  get(key: string, make: () => V): V
}

/** Remembers the `limit` values that were used last. */
export function createRecent<V>(limit: number): Recent<V> {
  const values = new Map<string, V>()
  return {
    get(key, make) {
      const value = values.has(key) ? values.get(key)! : make()
      values.delete(key)
      values.set(key, value)
      for (const oldest of values.keys()) {
        if (values.size <= limit) break
        values.delete(oldest)
      }
      return value
    },
  }
}
