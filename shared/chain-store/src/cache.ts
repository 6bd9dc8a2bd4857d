/** A cache that forgets what was used longest ago once its entries weigh more than its bound. */
export interface Cache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  clear(): void
}

/** An empty cache of at most `capacity`, in the unit of `weigh`. An entry heavier than the capacity is not kept. */
export function createCache<K, V>(capacity: number, weigh: (value: V) => number): Cache<K, V> {
  const entries = new Map<K, V>()
  let weight = 0
  const remove = (key: K): void => {
    const value = entries.get(key)
    if (value !== undefined && entries.delete(key)) weight -= weigh(value)
  }
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      remove(key)
      const added = weigh(value)
      if (added > capacity) return
      entries.set(key, value)
      weight += added
      for (const oldest of entries.keys()) {
        if (weight <= capacity) break
        remove(oldest)
      }
    },
    delete: remove,
    clear() {
      entries.clear()
      weight = 0
    },
  }
}
