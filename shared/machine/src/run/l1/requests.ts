import { createHash } from 'node:crypto'
import { concatBytes, type Hash, hexToBytes, type Log } from '@crema/protocol'
import { MachineError } from '../../state/errors.ts'
import type { Machine } from '../../state/machine.ts'
import { readInteger } from '../../state/words.ts'
import { requestContracts, systemCall } from './system-call.ts'

/** Mainnet's deposit contract and its event (EIP-6110). */
const DEPOSIT_CONTRACT = '0x00000000219ab540356cbb839cbe05303d7705fa'
const DEPOSIT_EVENT = '0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5'

/** The hash of the block's requests (EIP-7685): deposits, withdrawals, consolidations. */
export function collectRequests(m: Machine): Hash {
  const logs = m.body.receipts.flatMap((receipt) => receipt.logs)
  const deposits = concatBytes(...logs.filter(isDeposit).map(depositRequest))
  const requests = [deposits, systemCall(m, requestContracts[1]), systemCall(m, requestContracts[2])]
  const hashes = requests.flatMap((data, type) =>
    data.length === 0 ? [] : [sha256(concatBytes(Uint8Array.of(type), data))],
  )
  return `0x${sha256(concatBytes(...hashes)).toString('hex')}`
}

function isDeposit({ address, topics }: Log): boolean {
  return address === DEPOSIT_CONTRACT && topics[0] === DEPOSIT_EVENT
}

/** Where pubkey, credentials, amount, signature and index stand in the event, and their lengths. */
const fields = [
  [160, 48],
  [256, 32],
  [320, 8],
  [384, 96],
  [512, 8],
] as const

function depositRequest({ data }: Log): Uint8Array {
  const bytes = hexToBytes(data)
  const asExpected =
    bytes.length === 576 &&
    fields.every(
      ([offset, length], i) =>
        readInteger(bytes, 32 * i, 32) === BigInt(offset) && readInteger(bytes, offset, 32) === BigInt(length),
    )
  if (!asExpected) throw new MachineError('BAD_DEPOSIT_LOG', 'a deposit log has another layout', { details: { data } })
  return concatBytes(...fields.map(([offset, length]) => bytes.subarray(offset + 32, offset + 32 + length)))
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
