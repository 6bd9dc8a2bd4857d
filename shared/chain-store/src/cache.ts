/** A cache that forgets what was not used for long, so that its entries never weigh more than its capacity. */
export interface Cache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
  clear(): void
}

/**
 * An empty cache of at most `capacity`, in the unit of `weigh`. It holds two generations of half the capacity each: what was used
 * since the younger one began, and the one before. So what was used last, up to half the capacity with what was deleted or replaced
 * meanwhile, is always there; an entry heavier than that is not kept. (Deleting the oldest entry of one Map instead takes time in proportion to the entries deleted before.)
 */
export function createCache<K, V>(capacity: number, weigh: (value: V) => number): Cache<K, V> {
  const half = capacity / 2
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  let youngWeight = 0

  const remove = (key: K): void => {
    const value = young.get(key)
    if (value !== undefined && young.delete(key)) youngWeight -= weigh(value)
    old.delete(key)
  }
  const add = (key: K, value: V): void => {
    const weight = weigh(value)
    if (weight > half) return
    if (youngWeight + weight > half) {
      old = young
      young = new Map()
      youngWeight = 0
    }
    young.set(key, value)
    youngWeight += weight
  }
  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const aged = old.get(key)
      if (aged === undefined) return undefined
      old.delete(key)
      add(key, aged)
      return aged
    },
    set(key, value) {
      remove(key)
      add(key, value)
    },
    delete: remove,
    clear() {
      young = new Map()
      old = new Map()
      youngWeight = 0
    },
  }
}
