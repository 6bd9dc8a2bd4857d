import {
  type Address,
  bytesToHex,
  encodeTransaction,
  type GenesisAccount,
  hexToBytes,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'
import { privateKeyToAccount } from 'viem/accounts'

const key = (digit: string) => `0x${digit.repeat(64)}` as const

/** Accounts with 1,000 ether at genesis; keys for tests alone. */
export const keys = { alice: key('1'), bob: key('2'), poor: key('3') } as const

/** Address of a test account, lower case. */
export function addressOf(name: keyof typeof keys): Address {
  return privateKeyToAccount(keys[name]).address.toLowerCase() as Address
}

/** Small contracts at genesis. */
export const contracts = {
  /** Emits `LOG1(42, topic 1)`. */
  logger: '0x00000000000000000000000000000000000c0de1',
  /** Reverts with `Error("nope")`. */
  reverter: '0x00000000000000000000000000000000000c0de2',
  /** Adds 1 to slot 0 and returns it. */
  counter: '0x00000000000000000000000000000000000c0de3',
  /** Loops until the gas is gone. */
  loop: '0x00000000000000000000000000000000000c0de4',
  /** Returns BASEFEE and GASPRICE. */
  prices: '0x00000000000000000000000000000000000c0de5',
  /** Reverts unless at least 100,000 gas are left. */
  hungry: '0x00000000000000000000000000000000000c0de6',
} as const satisfies Record<string, Address>

/** `Error("nope")` as reverted bytes. */
export const nopeData =
  '0x08c379a000000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000004' +
  '6e6f706500000000000000000000000000000000000000000000000000000000'

const codes: Record<keyof typeof contracts, `0x${string}`> = {
  logger: '0x602a5f52600160205fa100',
  reverter: `0x6064600a5f3960645ffd${nopeData.slice(2)}`,
  counter: '0x5f54600101805f555f5260205ff3',
  loop: '0x5b5f56',
  prices: '0x485f523a60205260405ff3',
  hungry: '0x620186a05a11600c575f5ffd5b00',
}

/** Genesis of the test rollup. */
export const alloc: Readonly<Record<Address, GenesisAccount>> = {
  [addressOf('alice')]: { balance: 1_000n * 10n ** 18n },
  [addressOf('bob')]: { balance: 1_000n * 10n ** 18n },
  [addressOf('poor')]: { balance: 10n ** 14n },
  ...Object.fromEntries(
    Object.entries(contracts).map(([name, address]) => [
      address,
      { nonce: 1n, code: codes[name as keyof typeof contracts] },
    ]),
  ),
}

type FeeMarket = Extract<UnsignedTransaction, { type: 2 }>

/** A transfer of 1 wei with what a test does not care about filled in. */
export function transfer(fields: Partial<FeeMarket> = {}): FeeMarket {
  return {
    type: 2,
    chainId: 4_242n,
    nonce: 0n,
    maxPriorityFeePerGas: 1_000_000n,
    maxFeePerGas: 3_000_000_000n,
    gasLimit: 21_000n,
    to: '0x7777777777777777777777777777777777777777',
    value: 1n,
    data: new Uint8Array(0),
    accessList: [],
    ...fields,
  }
}

/** Raw hex of a transaction that `name` signed. */
export function signed(transaction: UnsignedTransaction, name: keyof typeof keys = 'alice'): `0x${string}` {
  return bytesToHex(encodeTransaction(signTransaction(transaction, hexToBytes(keys[name]))))
}
