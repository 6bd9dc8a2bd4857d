import {
  type Address,
  type Authorization,
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
import { address, config, deposit, ether, signed, type Wallet, wallet } from './support.ts'

const [alice, bob, carol] = [1, 2, 3].map(wallet) as [Wallet, Wallet, Wallet]

/** Creates a contract that destroys itself in favour of its caller, calls it twice with value, and once more. */
const destroyed = create('33ff', 5)
/** The same, whose heir is itself. */
const burnt = create('30ff', 7)
/** BLOCKHASH of the parent, the last and the first that are out of reach, this block, and far ahead. */
const hashes = `${['6001430340', '610100430340', '610101430340', '4340', '5f1940'].map((each, i) => `${each}60${hex(i)}55`).join('')}00`
/** Creations with and without init code, beyond the balance, and CREATE2 twice with one salt. */
const creations =
  '5f5f5ff060005560015f5f5ff56001555f5f69fffffffffffffffffffff060035560ff5f5360015f5ff06004555f5f535f60015f5ff0600555601f5f5360015f5ff55060015f5f5ff55000'
/** Precompiles by every kind of call: bad points with value, an empty pairing, identity, beyond the balance, a window that is wider than what comes back. */
const precompiles = `${[
  '60406000608060006001600661ffff',
  '60206000600060006000600861ffff',
  '60ff6003610aaa60056000600461ffff',
  '60206000602060006001600261ffff',
]
  .map((each) => `${each}f150`)
  .join(
    '',
  )}602060006020600069ffffffffffffffffffff600261fffff250602060006020600060026103e8f45060206000602060006002603bfa503d60005500`
/** RETURNDATACOPY of nothing behind the end halts. */
const beyond = '60206000602060006000600461fffff1505f60215f3e00'
const nothingBeyond = '60206000602060006000600461fffff1505f60205f3e00'
/** Returns 0xef as code; returns code of one byte more than allowed. */
const efCode = '60ef5f5360015ff3'
const longCode = '6160015ff3'

const at = {
  destroyed: address(0xe001),
  burnt: address(0xe002),
  hashes: address(0xe003),
  creations: address(0xe004),
  precompiles: address(0xe005),
  beyond: address(0xe006),
  nothingBeyond: address(0xe007),
  toPrecompile: address(0xe008),
  toDelegation: address(0xe009),
  calls: address(0xe00a),
  logs: address(0xe00b),
  memory: address(0xe00c),
} as const

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** Code that creates a contract with two bytes of code and `value` wei, and calls it three times. */
function create(runtime: string, value: number): string {
  const initcode = `61${runtime}5f526002601ef3`
  const call = '5f5f5f5f6001855af150'
  return `69${initcode}5f52600a601660${hex(value)}f0${call}${call}803b505f5f5f5f5f855af15000`
}

/** Calls with value to whom there is none, to itself, to a delegation, and without enough gas for the delegation's target. */
function callCode(targets: readonly Address[]): string {
  const calls = targets.flatMap((target) =>
    ['61ffff', '610064'].map((gas) => `5f5f5f5f600173${target.slice(2)}${gas}f150`),
  )
  return `${calls.join('')}00`
}

/** Genesis of the blocks of edges. */
export function edgeAlloc(): Record<Address, GenesisAccount> {
  const alloc: Record<Address, GenesisAccount> = {}
  for (const { address: owner } of [alice, bob, carol]) alloc[owner] = { balance: 100n * ether }
  for (const system of [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block]) {
    alloc[system] = { nonce: 1n, code: '0x00' }
  }
  alloc[predeploys.sequencerFeeVault] = { code: '0x00' }
  alloc[predeploys.l2ToL1MessagePasser] = { code: `0x${'5f35602035555f'}` }
  const codes: Record<keyof typeof at, string> = {
    destroyed,
    burnt,
    hashes,
    creations,
    precompiles,
    beyond,
    nothingBeyond,
    toPrecompile: `ef0100${address(4).slice(2)}`,
    toDelegation: `ef0100${at.toPrecompile.slice(2)}`,
    calls: callCode([address(0xffff01), at.calls, at.toPrecompile, at.toDelegation, address(2), alice.address]),
    // 20,000 bytes of zeros and of nothing, then a byte below and above 0x80 alone.
    logs: '614e205fa05f5fa060015fa060ff5f5360015fa060806000a000',
    // 2,000,000 bytes, then its last word moved across the end of a block.
    memory: '6001621e84805260206000621e8480526009621e84605e60206020621e8480205000',
  }
  for (const [name, code] of Object.entries(codes)) {
    alloc[at[name as keyof typeof at]] = { nonce: 1n, balance: 1_000n, code: `0x${code}` }
  }
  return alloc
}

function authorize(from: Wallet, nonce: bigint, target: Address, fields: Partial<Authorization> = {}): Authorization {
  const chainId = fields.chainId ?? config.chainId
  const digest = keccak256Hex(
    concatBytes(Uint8Array.of(5), encodeRlp([integerToRlp(chainId), hexToBytes(target), integerToRlp(nonce)])),
  )
  const { r, s, yParity } = sign(digest, from.key)
  return { chainId, address: target, nonce, yParity: BigInt(yParity), r, s, ...fields }
}

/** Entries and deposits of the blocks, of which each runs on the state after those before. */
export function edgeBlocks(): { readonly entries: Uint8Array[]; readonly deposits: Deposit[] }[] {
  const nonces = new Map<Wallet, bigint>()
  const send = (
    from: Wallet,
    to: Address | undefined,
    fields: { gas?: bigint; value?: bigint; data?: string } = {},
  ) => {
    const nonce = nonces.get(from) ?? 0n
    nonces.set(from, nonce + 1n)
    const { gas = 400_000n, value = 0n, data = '' } = fields
    return signed(
      {
        type: 0,
        chainId: config.chainId,
        nonce,
        gasPrice: 10n ** 9n,
        gasLimit: gas,
        to,
        value,
        data: hexToBytes(`0x${data}`),
      },
      from,
    )
  }
  const setCode = (from: Wallet, to: Address, authorizationList: readonly Authorization[], data = '') => {
    const nonce = nonces.get(from) ?? 0n
    nonces.set(from, nonce + 1n)
    const fields = { chainId: config.chainId, nonce, gasLimit: 400_000n, to, value: 1n, data: hexToBytes(`0x${data}`) }
    const fees = { maxPriorityFeePerGas: 0n, maxFeePerGas: 10n ** 9n }
    return signed({ type: 4, ...fields, ...fees, accessList: [], authorizationList: [...authorizationList] }, from)
  }
  const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value)
  const code = (text: string): Uint8Array => hexToBytes(`0x${text}`)
  const deposits: Partial<Deposit>[] = [
    { to: address(4), mint: 3n, value: 2n, data: bytes(5_000), gasLimit: 300_000n },
    { to: address(4), data: bytes(0), gasLimit: 21_015n },
    { to: address(4), data: bytes(0), gasLimit: 21_014n },
    { to: address(6), mint: 3n, value: 2n, data: bytes(64, 1) },
    { to: address(0x100), data: bytes(160), gasLimit: 300_000n },
    { to: undefined, mint: 9n, value: 4n },
    { to: undefined, data: code(efCode) },
    { to: undefined, data: code(longCode), gasLimit: 8_000_000n },
    { to: undefined, data: code('00'), gasLimit: 53_000n },
    { to: undefined, from: at.creations, data: code('33ff'), mint: 5n, value: 5n },
    { to: at.toPrecompile, mint: 1n, value: 1n, data: bytes(33) },
    { to: at.toDelegation, mint: 1n, value: 1n },
    { from: at.destroyed, to: at.destroyed, value: 1n, gasLimit: 400_000n },
    { from: at.toPrecompile, to: at.burnt, mint: 1n, gasLimit: 400_000n },
    { from: alice.address, to: alice.address, mint: ether, value: 2n ** 256n - 1n },
    { to: predeploys.sequencerFeeVault, value: 1n, mint: 1n },
    { to: at.logs, data: bytes(32_768), gasLimit: 2_000_000n },
    { to: at.hashes, gasLimit: 21_000n },
    { from: address(0xbeef01), to: address(0xbeef02), gasLimit: 21_000n },
  ]
  const first = Object.values(at).map((target) =>
    send(alice, target, { gas: target === at.memory ? 14_000_000n : 800_000n }),
  )
  const second = [
    setCode(
      bob,
      bob.address,
      [authorize(bob, 1n, address(4)), authorize(carol, 0n, at.destroyed, { s: 2n ** 255n })],
      '00'.repeat(40),
    ),
    setCode(
      bob,
      address(6),
      [authorize(bob, 3n, at.calls, { chainId: 0n }), authorize(alice, 2n ** 64n - 1n, at.burnt)],
      '01'.repeat(64),
    ),
  ]
  nonces.set(bob, nonces.get(bob)! + 2n)
  second.push(
    setCode(alice, bob.address, [authorize(bob, 5n, address(0)), authorize(carol, 0n, at.burnt, { yParity: 9n })]),
    send(carol, undefined, { data: '00'.repeat(49_152), gas: 2_000_000n }),
    send(carol, undefined, { data: efCode }),
    send(carol, undefined),
    send(carol, address(5), {
      data: '00'.repeat(31).concat('01', '00'.repeat(31), '01', '00'.repeat(31), '01', '020203'),
      gas: 30_000n,
    }),
    send(carol, address(9), { data: '00' }),
    send(carol, at.calls, { gas: 21_000n }),
    send(carol, alice.address, { value: 10n ** 30n }),
  )
  return [
    { entries: first, deposits: deposits.map((fields, i) => deposit(i + 1, fields)) },
    { entries: second, deposits: [] },
    { entries: [], deposits: [] },
  ]
}
