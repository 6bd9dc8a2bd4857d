import type { GenesisAccount } from '@crema/protocol'
import { address, config, signed, wallet } from '../block/support.ts'

/** Where the program of long operations is. */
export const longProgram = address(0xd000)

const code = [
  '6001600052', // MSTORE(0, 1)
  '60ff6120005360aa61400053', // MSTORE8(8192), MSTORE8(16384)
  '61a0005f2050', // KECCAK256 of 40,960 bytes
  '6102036102046123285fa2', // LOG2 of 9,000 bytes
  '6110005fa0', // LOG0 of 4,096 bytes
  '5f5fa0', // LOG0 of nothing
  '611388601060205e', // MCOPY downwards
  '611388602060105e', // MCOPY upwards
  '6113885f61010039', // CODECOPY beyond the code
  '611388600361200037', // CALLDATACOPY beyond the data
  '61100060055f73000000000000000000000000000000000000d0003c', // EXTCODECOPY
  '610bb85f6113885f60045afa50', // identity of 5,000 bytes, 3,000 of them kept
  '610bb860016130003e', // RETURNDATACOPY
  '60205f60205f60025afa50', // sha256
  '3360005500', // SSTORE(0, CALLER), STOP
].join('')

export const longAccount: GenesisAccount = { nonce: 1n, code: `0x${code}` }

/** A call of the program by the first wallet. */
export function callLongProgram(nonce: bigint): Uint8Array {
  const fields = { chainId: config.chainId, nonce, gasLimit: 3_000_000n, to: longProgram, value: 0n, accessList: [] }
  const data = new Uint8Array(100).fill(7)
  return signed({ type: 2, ...fields, data, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }, wallet(1))
}
