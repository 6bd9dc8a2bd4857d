import type { DecodedTransaction } from '@crema/protocol'
import { floorGas, intrinsicGas } from '@crema/protocol'
import type { Machine, TxSection, WarmItem } from '../../state/machine.ts'

const nothing = new Uint8Array(0)

/** Section T of a transaction that begins; prices and payments are the caller's. `decoded.data` must be a view of `raw`. */
export function newTransaction(m: Machine, decoded: DecodedTransaction, raw: Uint8Array, origin: bigint): TxSection {
  const to = decoded.to === undefined ? undefined : BigInt(decoded.to)
  return {
    type: decoded.type,
    origin,
    nonce: 'nonce' in decoded ? decoded.nonce : 0n,
    gasLimit: Number(decoded.gasLimit),
    gasPrice: 0n,
    tip: 0n,
    feeCap: 0n,
    value: decoded.value,
    to,
    data: decoded.data,
    raw,
    intrinsicGas: Number(intrinsicGas(decoded)),
    floorGas: Number(floorGas(decoded.data)),
    warm: warmItems(m, decoded, origin, to),
    warmed: 0,
    authorizations: decoded.type === 4 ? decoded.authorizationList : [],
    authorized: 0,
    blobs: undefined,
    transaction: { raw, decoded, from: addressHex(origin) },
    startState: m.state,
    scratch: undefined,
    refund: 0,
    destroyed: undefined,
    logs: [],
    bloomed: 0,
    success: false,
    gasLeft: 0,
    gasUsed: 0,
    output: nothing,
    created: undefined,
  }
}

/** Sender, target and coinbase (EIP-3651), then the access list. */
function warmItems({ b }: Machine, decoded: DecodedTransaction, origin: bigint, to: bigint | undefined): WarmItem[] {
  const items: WarmItem[] = [{ address: origin, slot: undefined }]
  if (to !== undefined) items.push({ address: to, slot: undefined })
  items.push({ address: b.coinbase, slot: undefined })
  if (decoded.type === 0 || decoded.type === 0x7e) return items
  for (const entry of decoded.accessList) {
    const address = BigInt(entry.address)
    items.push({ address, slot: undefined })
    for (const key of entry.storageKeys) items.push({ address, slot: BigInt(key) })
  }
  return items
}

/** Lower-case hex of an address. */
export function addressHex(address: bigint): `0x${string}` {
  return `0x${address.toString(16).padStart(40, '0')}`
}
