import {
  type Address,
  type Authorization,
  type GenesisAccount,
  hexToBytes,
  limits,
  secp256k1HalfOrder,
  sign,
  type UnsignedTransaction,
} from '@crema/protocol'
import {
  address,
  config,
  ether,
  signed,
  type Wallet,
  wallet,
  word,
} from '../../../../../shared/machine/test/block/support.ts'
import { asm } from '../asm.ts'
import { authorizationDigest } from '../authorization-outcome.ts'
import { type Case, program, sender } from '../scene.ts'
import { callEntry, callee, calling, commonAlloc, creating } from './calling.ts'
import { delegating } from './calls.ts'

const none = new Uint8Array(0)
const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }
const base = {
  chainId: config.chainId,
  nonce: 0n,
  gasLimit: 100_000n,
  to: callee.stops as Address,
  value: 0n,
  data: none,
  accessList: [],
}
const maxNonce = 2n ** 64n - 1n
const [poor, coder, old, delegator, last] = [11, 12, 13, 14, 15].map(wallet) as [Wallet, Wallet, Wallet, Wallet, Wallet]

/** Alloc of the skips: senders that may not, or cannot pay. */
const senders: Record<Address, GenesisAccount> = {
  [poor.address]: { balance: 1n },
  [coder.address]: { balance: ether, nonce: 0n, code: '0x00' },
  [old.address]: { balance: ether, nonce: maxNonce },
  [delegator.address]: { ...delegating(callee.returns), balance: ether, nonce: 0n },
}

function entry(name: string, raw: Uint8Array, alloc: Record<Address, GenesisAccount> = {}): Case {
  return {
    name,
    alloc: { ...commonAlloc, ...senders, [program]: { nonce: 1n, code: asm('STOP') }, ...alloc },
    entries: [raw],
  }
}

function sent(name: string, fields: Partial<UnsignedTransaction> & object, from: Wallet = sender): Case {
  return entry(name, signed({ type: 2, ...base, ...fees, ...fields } as UnsignedTransaction, from))
}

/** Entries of all types, each reason to skip one, access lists, refunds and floors, authorizations. */
export function transactionCases(): Case[] {
  const valid = signed({ type: 2, ...base, ...fees }, sender)
  const { accessList: _, ...plain } = base
  const unprotected = { ...plain, chainId: undefined }
  const keys = [word(1n), word(2n), word(1n)]
  const large = new Uint8Array(limits.maxTransactionSize + 1).fill(2)
  return [
    entry('no entry at all', none),
    entry('an entry that is too large', large),
    entry('an unknown type', Uint8Array.of(5, 0xc0)),
    entry('a blob transaction', Uint8Array.of(3, 0xc0)),
    entry('garbage', hexToBytes('0x02c483ffffff')),
    entry('a cut transaction', valid.subarray(0, valid.length - 1)),
    entry('a transaction without a signer', withoutSigner()),
    { ...entry('a nonce that is used', valid), entries: [valid, valid] },
    sent('another chain', { chainId: 5n }),
    sent('a gas limit above the cap', { gasLimit: limits.maxTransactionGas + 1n }),
    sent('too little gas for itself', { gasLimit: 20_999n }),
    sent('too little gas for its floor', { gasLimit: 21_000n + 16n * 100n, data: new Uint8Array(100).fill(1) }),
    sent('too long init code', { to: undefined, gasLimit: 5_000_000n, data: new Uint8Array(49_153) }),
    sent('a tip above the fee cap', { maxPriorityFeePerGas: 10n ** 10n }),
    sent('a fee cap below the base fee', { maxFeePerGas: 1n, maxPriorityFeePerGas: 0n }),
    sent('no tip', { maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n }),
    sent('a fee cap just above the base fee', { maxFeePerGas: 1_001n, maxPriorityFeePerGas: 1_001n }),
    sent('a nonce to come', { nonce: 3n }),
    sent('a sender without funds', {}, poor),
    sent('a sender without account', {}, last),
    sent('a sender with code', {}, coder),
    sent('a sender that delegates', {}, delegator),
    sent('a nonce that cannot be raised', { nonce: maxNonce }, old),
    {
      ...sent('more gas than the block has left', {}),
      entries: [callEntry(16_000_000n, {}), callEntry(16_000_000n, { nonce: 1n })],
      alloc: { ...commonAlloc, [program]: { nonce: 1n, code: asm('#fe') } },
    },
    entry('a legacy transaction', signed({ type: 0, ...plain, gasPrice: 10n ** 9n }, sender)),
    entry(
      'an unprotected legacy transaction',
      signed({ type: 0, ...unprotected, gasPrice: 10n ** 9n } as UnsignedTransaction, sender),
    ),
    entry(
      'a transaction with an access list',
      signed(
        {
          type: 1,
          ...base,
          gasPrice: 10n ** 9n,
          accessList: [
            { address: callee.plain, storageKeys: keys },
            { address: sender.address, storageKeys: [] },
            { address: address(3), storageKeys: keys },
          ],
        },
        sender,
      ),
    ),
    sent('a call of nobody', { to: callee.nobody }),
    sent('a call with value', { to: callee.nobody, value: 5n }),
    sent('a call of what delegates', { to: delegator.address }),
    sent('a floor above what was spent', { data: new Uint8Array(500).fill(1) }),
    sent('what reverts', { to: callee.reverts }),
    sent('what halts', { to: callee.halts }),
    creating('a creation with data that is a floor', `0x00${'11'.repeat(3_000)}`, { gasLimit: 500_000n }),
    calling('a refund that is given whole', '0 0 SSTORE 40000 0 KECCAK256 STOP', {
      account: { storage: { [word(0n)]: word(5n) } },
    }),
    calling('a refund that is capped', '0 0 SSTORE 0 1 SSTORE 0 2 SSTORE STOP', {
      account: { storage: { [word(0n)]: word(5n), [word(1n)]: word(5n), [word(2n)]: word(5n) } },
    }),
    ...authorizationCases(),
  ]
}

/** A transaction whose r is the order of the curve, which is no signature's. */
function withoutSigner(): Uint8Array {
  // Of a nonce for which r and s have 32 bytes each; they are the last of the encoding: 0xa0 r 0xa0 s.
  const raw = Buffer.from(signed({ type: 2, ...base, ...fees }, sender))
  if (raw.at(-33) !== 0xa0 || raw.at(-66) !== 0xa0) throw new Error('r or s is short')
  Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex').copy(raw, raw.length - 65)
  return raw
}

function authorize(
  signer: Wallet,
  fields: Partial<Pick<Authorization, 'chainId' | 'address' | 'nonce'>>,
  changed: Partial<Authorization> = {},
): Authorization {
  const signedFields = { chainId: config.chainId, address: callee.returns as Address, nonce: 0n, ...fields }
  const { r, s, yParity } = sign(
    authorizationDigest(signedFields.chainId, signedFields.address, signedFields.nonce),
    signer.key,
  )
  return { ...signedFields, yParity: BigInt(yParity), r, s, ...changed }
}

function authorizationCases(): Case[] {
  const [fresh, rich, busy, coded, pointing] = [21, 22, 23, 24, 25].map(wallet) as [
    Wallet,
    Wallet,
    Wallet,
    Wallet,
    Wallet,
  ]
  const alloc: Record<Address, GenesisAccount> = {
    [rich.address]: { balance: ether },
    [busy.address]: { balance: ether, nonce: 7n },
    [coded.address]: { balance: ether, code: '0x00' },
    [pointing.address]: { ...delegating(callee.stops), nonce: 0n },
  }
  const lists: readonly (readonly [string, readonly Authorization[]])[] = [
    ['by who has no account', [authorize(fresh, {})]],
    ['by who has one, for any chain, and again', [authorize(rich, { chainId: 0n }), authorize(rich, { nonce: 1n })]],
    ['by who exists', [authorize(rich, {})]],
    ['cleared', [authorize(rich, {}), authorize(rich, { nonce: 1n, address: address(0) })]],
    ['over another', [authorize(pointing, {})]],
    ['cleared that was none', [authorize(rich, { address: address(0) })]],
    ['of another chain', [authorize(rich, { chainId: 5n })]],
    ['of the last nonce', [authorize(rich, { nonce: maxNonce })]],
    ['of another nonce', [authorize(busy, {}), authorize(busy, { nonce: 8n }), authorize(fresh, { nonce: 1n })]],
    ['by who has code', [authorize(coded, {})]],
    ['of a wrong parity', [authorize(rich, {}, { yParity: 2n })]],
    ['of a high s', [authorize(rich, {}, { s: secp256k1HalfOrder + 1n })]],
    ['of nobody', [authorize(rich, {}, { r: 0n })]],
    ['by the sender itself', [authorize(sender, { nonce: 1n })]],
  ]
  return lists.map(([name, authorizationList]) =>
    entry(
      `an authorization ${name}`,
      signed(
        { type: 4, ...base, ...fees, gasLimit: 400_000n, to: rich.address, authorizationList } as UnsignedTransaction,
        sender,
      ),
      alloc,
    ),
  )
}
