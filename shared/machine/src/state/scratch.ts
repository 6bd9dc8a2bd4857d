import { decodeRlp, encodeRlp, integerToRlp, rlpInteger } from '@crema/protocol'
import { get } from '../trie/get.ts'
import type { NodeStore } from '../trie/node.ts'
import { put } from '../trie/put.ts'
import { securePath } from '../trie/secure.ts'
import { set } from '../trie/set.ts'
import type { Machine } from './machine.ts'
import { noteRead, noteWrite } from './witness.ts'
import { writeWord } from './words.ts'

/** First byte of a scratch key: what the entry says. */
const domain = { warmAddress: 0x41, warmSlot: 0x53, transient: 0x54, created: 0x43 } as const

const memoryOnly: NodeStore = { node: () => undefined }
const marked = Uint8Array.of(1)
const nothing = new Uint8Array(0)

/** Makes an address warm; whether it was cold (EIP-2929). */
export function warmAddress(m: Machine, address: bigint): boolean {
  return isPrecompileAddress(m, address) ? false : mark(m, addressKey(m, domain.warmAddress, address))
}

/** Makes a slot warm; whether it was cold (EIP-2929). */
export function warmSlot(m: Machine, address: bigint, slot: bigint): boolean {
  return mark(m, slotKey(m, m.caches.scratchSlots, domain.warmSlot, address, slot))
}

/** Notes that this transaction created the contract (EIP-6780). */
export function markCreated(m: Machine, address: bigint): void {
  mark(m, addressKey(m, domain.created, address))
}

/** Whether this transaction created the contract. */
export function isCreated(m: Machine, address: bigint): boolean {
  return read(m, addressKey(m, domain.created, address)) !== undefined
}

/** Transient storage (EIP-1153). */
export function readTransient(m: Machine, address: bigint, slot: bigint): bigint {
  const bytes = read(m, slotKey(m, m.caches.transientSlots, domain.transient, address, slot))
  return bytes === undefined ? 0n : rlpInteger(decodeRlp(bytes), 32)
}

/** Writes transient storage; 0 removes. */
export function writeTransient(m: Machine, address: bigint, slot: bigint, value: bigint): void {
  const path = slotKey(m, m.caches.transientSlots, domain.transient, address, slot)
  const bytes = value === 0n ? nothing : encodeRlp(integerToRlp(value))
  if (m.witness !== undefined) noteWrite(m.witness, undefined, memoryOnly, m.t.scratch, path, bytes)
  m.t.scratch = set(memoryOnly, m.t.scratch, path, bytes)
}

/** Whether a precompile is at `address` under the rules; such addresses are always warm. */
export function isPrecompileAddress({ rules }: Machine, address: bigint): boolean {
  return address <= 0x100n && address > 0n && (address <= 0x11n || (address === 0x100n && rules.osaka))
}

function read(m: Machine, path: Uint8Array): Uint8Array | undefined {
  if (m.witness !== undefined) noteRead(m.witness, undefined, memoryOnly, m.t.scratch, path)
  return get(memoryOnly, m.t.scratch, path)
}

/** Writes 1 whether or not it is there: one walk tells and writes. True if it was not. */
function mark(m: Machine, path: Uint8Array): boolean {
  const { t } = m
  if (m.witness !== undefined) noteWrite(m.witness, undefined, memoryOnly, t.scratch, path, marked)
  if (get(memoryOnly, t.scratch, path) !== undefined) return false
  t.scratch = put(memoryOnly, t.scratch, path, marked)
  return true
}

const addressBuffer = new Uint8Array(33)
const slotBuffer = new Uint8Array(65)

/** Path of keccak256(domain ‖ address as a word). */
function addressKey(m: Machine, kind: number, address: bigint): Uint8Array {
  const key = (BigInt(kind) << 160n) | address
  const { scratchPaths } = m.caches
  let path = scratchPaths.get(key)
  if (path === undefined) {
    addressBuffer[0] = kind
    writeWord(addressBuffer, 1, address)
    path = securePath(addressBuffer)
    scratchPaths.set(key, path)
  }
  return path
}

/** Path of keccak256(domain ‖ address as a word ‖ slot). */
function slotKey(
  m: Machine,
  cache: Map<bigint, Map<bigint, Uint8Array>>,
  kind: number,
  address: bigint,
  slot: bigint,
): Uint8Array {
  let slots = cache.get(address)
  if (slots === undefined) {
    slots = new Map()
    cache.set(address, slots)
  }
  let path = slots.get(slot)
  if (path === undefined) {
    slotBuffer[0] = kind
    writeWord(slotBuffer, 1, address)
    writeWord(slotBuffer, 33, slot)
    path = securePath(slotBuffer)
    slots.set(slot, path)
    m.caches.slotCount++
  }
  return path
}
