import {
  bytesToHex,
  concatBytes,
  type Deposit,
  encodeRlp,
  type GenesisAccount,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  predeploys,
  sign,
} from '@crema/protocol'
import { address, noise, signed, wallet } from './actors.ts'
import { type BlockParts, config, type MadeBlock, makeBlock } from './block.ts'
import { deposit } from './typical-block.ts'

const program = address(0xd000)
/** Long operations of every kind: each goes through the micro-ops behind an instruction. */
const code = [
  '6001600052', // MSTORE(0, 1)
  '60ff6120005360aa61400053', // MSTORE8(8192), MSTORE8(16384)
  '61a0005f2050', // KECCAK256 of 40,960 bytes
  '6102036102046123285fa2', // LOG2 of 9,000 bytes
  '5f5fa0', // LOG0 of nothing
  '611388601060205e', // MCOPY downwards
  '611388602060105e', // MCOPY upwards
  '6113885f61010039', // CODECOPY beyond the code
  '611388600361200037', // CALLDATACOPY beyond the data
  '61100060055f73000000000000000000000000000000000000d0003c', // EXTCODECOPY
  '610bb85f6113885f60045afa50', // identity of 5,000 bytes, 3,000 of them kept
  '610bb860016130003e', // RETURNDATACOPY
  '60205f60205f60025afa50', // sha256
  '60205f60205f600160095af150', // blake2f with value, which fails
  '60015f5d5f5c50', // TSTORE, TLOAD
  '336000555f54505f5f55', // SSTORE(0, CALLER), SLOAD, SSTORE(0, 0)
  '5f40504750', // BLOCKHASH, SELFBALANCE
  '60fd5f5360015f5ff050', // CREATE of a program that reverts with nothing
  '5f5f5f5f5f335af150', // CALL of the sender
  '00',
].join('')
/** Stores, deploys a byte, and destroys itself when it is called in the same transaction: init code. */
const destroying = hexToBytes('0x60015f5533ff')
const deploying = hexToBytes('0x5f5f5360015ff3')

/** A block by hand that goes through nearly every micro-op: long operations, creations, a destroyed contract, a delegation, skipped entries, deposits. */
export function sampleBlock(): Promise<MadeBlock> {
  const [a, b] = [wallet(1), wallet(2)]
  const system: GenesisAccount = { nonce: 1n, code: '0x00' }
  const alloc: BlockParts['alloc'] = {
    [a.address]: { balance: 10n ** 20n },
    [b.address]: { balance: 10n ** 20n },
    [program]: { nonce: 1n, code: `0x${code}` },
    [predeploys.beaconRoots]: system,
    [predeploys.historyStorage]: system,
    [predeploys.l1Block]: system,
    [predeploys.l2ToL1MessagePasser]: system,
  }
  const accessList = [{ address: program, storageKeys: [bytesToHex(noise(32))] }]
  const large = { gasLimit: 3_000_000n }
  const fields = encodeRlp([integerToRlp(config.chainId), hexToBytes(program), integerToRlp(0n)])
  const { r, s, yParity } = sign(keccak256Hex(concatBytes(Uint8Array.of(5), fields)), b.key)
  const authorization = { chainId: config.chainId, address: program, nonce: 0n, yParity: BigInt(yParity), r, s }
  const entries = [
    signed(a, { nonce: 0n, to: b.address, gasLimit: 21_000n, value: 5n }),
    signed(a, { nonce: 1n, to: program, ...large, data: noise(100), accessList }),
    noise(50),
    signed(a, { nonce: 2n, ...large, data: destroying, value: 1n }),
    signed(a, { nonce: 3n, ...large, data: deploying }),
    signed(a, { nonce: 4n, to: b.address, ...large, authorizationList: [authorization] }),
    signed(a, { nonce: 9n, to: b.address, ...large }),
  ]
  const deposits: Deposit[] = [deposit(1), { ...deposit(2), to: program, gasLimit: 100_000n }]
  return makeBlock({ alloc, entries, deposits })
}
