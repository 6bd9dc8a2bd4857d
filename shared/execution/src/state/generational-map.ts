/** A map that forgets what was not used lately: it keeps between `capacity` and twice as many entries. */
export interface GenerationalMap<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
}

/** Makes a {@link GenerationalMap}. Both operations take constant time. */
export function createGenerationalMap<V>(capacity: number): GenerationalMap<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  function set(key: string, value: V): void {
    young.set(key, value)
    if (young.size < capacity) return
    old = young
    young = new Map()
  }

  return {
    get(key) {
      const hit = young.get(key)
      if (hit !== undefined) return hit
      const aged = old.get(key)
      if (aged !== undefined) set(key, aged)
      return aged
    },
    set,
  }
}
