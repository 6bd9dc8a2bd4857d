import {
  type Authorization,
  bytesToHex,
  concatBytes,
  type Deposit,
  encodeRlp,
  type GenesisAccount,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  limits,
  predeploys,
  sign,
} from '@crema/protocol'
import { address, noise, signed, type Wallet, wallet } from './actors.ts'
import { type BlockParts, config } from './block.ts'
import { MAX_CODE } from './worst-frame.ts'

const from = wallet(1)
/** Who may not send: has the longest code. */
const contract = wallet(2)
const authority = wallet(3)
const nobody = address(0x9999)
const longCode = bytesToHex(noise(MAX_CODE, 11))
/** Emits logs of every size, and then thousands until the gas is gone: the way in their tree is long. */
const logging = address(0x1066)
/** Stores and destroys itself while it is created. */
const destroying = hexToBytes('0x60015f5530ff')
/** Returns 24,576 bytes of memory. */
const deploying = new Uint8Array(limits.maxInitcodeSize).fill(0x5b)
deploying.set(hexToBytes('0x6160005ff3'), 1)

const rich: GenesisAccount = { balance: 10n ** 24n }
const system: GenesisAccount = { nonce: 1n, code: '0x00' }
const alloc: BlockParts['alloc'] = {
  [from.address]: rich,
  [contract.address]: { ...rich, code: longCode },
  [authority.address]: { ...rich, code: longCode },
  [logging]: { nonce: 1n, code: '0x60ff5f52612328600aa060015f60205fa25b5f5fa0620186a05a11601157612328600aa000' },
  [predeploys.beaconRoots]: system,
  [predeploys.historyStorage]: system,
  [predeploys.l1Block]: system,
  [predeploys.l2ToL1MessagePasser]: system,
}

/** Blocks each of which makes some micro-op of transactions, deposits or the block itself as dear as it gets. */
export function worstContents(): (BlockParts & { readonly name: string })[] {
  const make = (name: string, ...entries: readonly Uint8Array[]) => ({ name, alloc, entries })
  const call = { nonce: 0n, to: nobody, gasLimit: limits.maxTransactionGas }
  const addresses = Array.from({ length: 4_255 }, (_, i) => named(i))
  const keys = Array.from({ length: 2_950 }, (_, i) => bytesToHex(noise(32, i + 1)))
  // What gas pays for, and what a transaction has room for, which is skipped.
  const others = Array.from({ length: 960 }, (_, i) => ({
    ...authorize(wallet(4), BigInt(i)),
    r: 2n ** 256n - BigInt(i + 2),
  }))
  return [
    { ...make('deposits'), deposits: [deposit(1, noise(limits.maxDepositData)), deposit(2, new Uint8Array(0))] },
    make('addresses', signed(from, { ...call, accessList: addresses })),
    make('keys', signed(from, { ...call, accessList: [{ address: nobody, storageKeys: keys }] })),
    make('a key each', signed(from, { ...call, accessList: addresses.slice(0, 1_750).map(withKey) })),
    make('data', signed(from, { ...call, data: noise(limits.maxTransactionSize - 130) })),
    make(
      'authorizations',
      signed(from, { ...call, authorizationList: [authorize(authority, 0n), ...others.slice(0, 650)] }),
    ),
    make('too many authorizations', signed(from, { ...call, authorizationList: others })),
    make('authority', signed(from, { ...call, authorizationList: [authorize(wallet(4), 0n)] })),
    make('sender with code', signed(contract, call)),
    make('creation', signed(from, { nonce: 0n, gasLimit: call.gasLimit, data: deploying, value: 1n })),
    make('destroyed', signed(from, { nonce: 0n, gasLimit: 1_000_000n, data: destroying, value: 1n })),
    make('logs', signed(from, { ...call, gasLimit: 4_000_000n, to: logging, data: noise(40) })),
    make('garbage', noise(limits.maxTransactionSize), noise(limits.maxTransactionSize + 1)),
  ]
}

function named(i: number) {
  return { address: bytesToHex(noise(20, i + 1)), storageKeys: [] as readonly `0x${string}`[] }
}

function withKey(item: ReturnType<typeof named>, i: number): ReturnType<typeof named> {
  return { ...item, storageKeys: [bytesToHex(noise(32, i + 7))] }
}

function authorize(by: Wallet, nonce: bigint): Authorization {
  const target = address(0x77)
  const fields = encodeRlp([integerToRlp(config.chainId), hexToBytes(target), integerToRlp(nonce)])
  const { r, s, yParity } = sign(keccak256Hex(concatBytes(Uint8Array.of(5), fields)), by.key)
  return { chainId: config.chainId, address: target, nonce, yParity: BigInt(yParity), r, s }
}

function deposit(index: number, data: Uint8Array): Deposit {
  const hash = `0x${'11'.repeat(32)}` as const
  const place = { l1BlockNumber: 1n, l1BlockHash: hash, l1Timestamp: 1n, l1TransactionHash: hash, l1LogIndex: 0 }
  const parties = { from: bytesToHex(noise(20, 5)), to: bytesToHex(noise(20, 6)) }
  return {
    index: BigInt(index),
    ...parties,
    mint: 10n ** 18n,
    value: 1n,
    gasLimit: limits.maxDepositGas,
    data,
    ...place,
  }
}
