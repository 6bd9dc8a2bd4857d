/** A growing list of 32-byte hashes in one buffer. */
export interface HashList {
  readonly length: number
  push(hash: Uint8Array): void
  /** Hash `index`, a view; it must exist. */
  at(index: number): Uint8Array
  /** All of them, one after another; a view. */
  bytes(): Uint8Array
  copy(): HashList
}

/** A list of the hashes that `bytes` (a multiple of 32 of them, copied) hold. */
export function createHashList(bytes: Uint8Array = new Uint8Array(0)): HashList {
  let buffer = bytes.slice()
  let length = Math.floor(bytes.length / 32)
  const list: HashList = {
    get length() {
      return length
    },
    push(hash) {
      if (32 * length === buffer.length) {
        const wider = new Uint8Array(Math.max(256, 2 * buffer.length))
        wider.set(buffer)
        buffer = wider
      }
      buffer.set(hash, 32 * length++)
    },
    at: (index) => buffer.subarray(32 * index, 32 * index + 32),
    bytes: () => buffer.subarray(0, 32 * length),
    copy: () => createHashList(list.bytes()),
  }
  return list
}
