import { securePath } from '@crema/machine'
import { concatBytes, hexToBytes } from '@crema/protocol'

/** Domains of scratch keys (docs/protocol/machine.md, Execution). */
export const scratchDomain = { warmAddress: 0x41, warmSlot: 0x53, transient: 0x54, created: 0x43 } as const

/** A number as a word. */
export function word(value: bigint): Uint8Array {
  return hexToBytes(`0x${value.toString(16).padStart(64, '0')}`)
}

/** The 20 bytes of an address. */
export function addressBytes(address: bigint): Uint8Array {
  return word(address).subarray(12)
}

/** Path of an account in the world state. */
export function accountPath(address: bigint): Uint8Array {
  return securePath(addressBytes(address))
}

/** Path of a slot in an account's storage. */
export function slotPath(slot: bigint): Uint8Array {
  return securePath(word(slot))
}

/** Path in the scratch trie: keccak256(domain ‖ address as a word [‖ slot]). */
export function scratchPath(domain: number, address: bigint, slot?: bigint): Uint8Array {
  return securePath(concatBytes(Uint8Array.of(domain), word(address), slot === undefined ? none : word(slot)))
}

const none = new Uint8Array(0)
