import { type Address, type BlockInput, bigIntToBytes, hexToBytes, predeploys } from '@crema/protocol'
import { createAddressFromString } from '@ethereumjs/util'
import type { JournaledState } from '../state/journaled-state.ts'
import type { SealedHeader } from '../types.ts'

/** Ring size of both system contracts (EIP-4788, EIP-2935). */
export const HISTORY_WINDOW = 8_191n

/**
 * The writes before the first transaction, each straight into storage and only where the account has code: EIP-4788 with the L1
 * origin's hash as root, EIP-2935 with the parent's hash, L1Block's slots 0 to 2 (contracts/src/l2/README.md).
 */
export async function beginBlock(state: JournaledState, parent: SealedHeader, input: BlockInput): Promise<void> {
  const { origin, timestamp } = input
  const originHash = hexToBytes(origin.hash)
  const ring = timestamp % HISTORY_WINDOW
  await writeSlots(state, predeploys.beaconRoots, [
    [ring, word(timestamp)],
    [ring + HISTORY_WINDOW, originHash],
  ])
  await writeSlots(state, predeploys.historyStorage, [[parent.number % HISTORY_WINDOW, hexToBytes(parent.hash)]])
  await writeSlots(state, predeploys.l1Block, [
    [0n, word((origin.timestamp << 64n) | origin.number)],
    [1n, word(origin.baseFee)],
    [2n, originHash],
  ])
}

async function writeSlots(
  state: JournaledState,
  contract: Address,
  slots: readonly (readonly [bigint, Uint8Array])[],
): Promise<void> {
  const address = createAddressFromString(contract)
  if ((await state.getCodeSize(address)) === 0) return
  for (const [slot, value] of slots) await state.putStorage(address, word(slot), value)
}

const word = (value: bigint): Uint8Array => bigIntToBytes(value, 32)
