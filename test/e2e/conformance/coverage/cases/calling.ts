import { type Address, type GenesisAccount, type Hex, hexToBytes, predeploys } from '@crema/protocol'
import { address, config, ether, signed } from '../../../../../shared/machine/test/block/support.ts'
import { asm } from '../asm.ts'
import { type Case, program, sender } from '../scene.ts'

/** Helpers that programs call, by what they do. */
export const callee = {
  /** The code that a case gives as `target`. */
  target: address(0x7a26e7),
  stops: address(0x5709),
  reverts: address(0x4e7e47),
  halts: address(0x4a17),
  /** Returns 5,000 bytes. */
  returns: address(0x4e7045),
  /** No account. */
  nobody: address(0xdead0001),
  /** An account without code. */
  plain: address(0xdead0002),
} as const

const system: Record<Address, GenesisAccount> = Object.fromEntries(
  [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block].map((at) => [
    at,
    { nonce: 1n, code: '0x00' },
  ]),
)

/** What all cases begin with: the sender, the helpers, the system's contracts. */
export const commonAlloc: Readonly<Record<Address, GenesisAccount>> = {
  ...system,
  [sender.address]: { balance: 1_000n * ether },
  [callee.stops]: { nonce: 1n, code: asm('STOP') },
  [callee.reverts]: { nonce: 1n, code: asm('7 0 MSTORE 40 0 REVERT') },
  [callee.halts]: { nonce: 1n, code: '0xfe' },
  [callee.returns]: { nonce: 1n, code: asm('5000 0 RETURN') },
  [callee.plain]: { balance: 1n },
}

export interface CallOptions {
  readonly alloc?: Record<Address, GenesisAccount>
  /** Fields of the program's account. */
  readonly account?: Partial<GenesisAccount>
  readonly gasLimit?: bigint
  readonly value?: bigint
  readonly data?: Uint8Array
  readonly nonce?: bigint
}

/** A transaction of the sender that calls the program. */
export function callEntry(
  gasLimit: bigint,
  { value = 0n, data = new Uint8Array(0), nonce = 0n }: CallOptions,
  to: Address | undefined = program,
): Uint8Array {
  const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }
  return signed({ type: 2, chainId: config.chainId, nonce, gasLimit, to, value, data, accessList: [], ...fees }, sender)
}

/** One call of a program, which a source for {@link asm} or code gives. */
export function calling(name: string, source: string, options: CallOptions = {}): Case {
  const code = codeOf(source)
  const { gasLimit = 1_000_000n } = options
  return {
    name,
    alloc: { ...commonAlloc, [program]: { nonce: 1n, code, ...options.account }, ...options.alloc },
    entries: [callEntry(gasLimit, options)],
    gasLimit,
    withGas: (limit) => callEntry(limit, options),
  }
}

/** One transaction that creates a contract by the init code. */
export function creating(name: string, source: string, options: CallOptions = {}): Case {
  const data = hexToBytes(codeOf(source))
  const { gasLimit = 6_000_000n } = options
  const entry = (limit: bigint): Uint8Array => {
    const fields = {
      chainId: config.chainId,
      nonce: options.nonce ?? 0n,
      gasLimit: limit,
      value: options.value ?? 0n,
      data,
    }
    const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }
    return signed({ type: 2, ...fields, ...fees, to: undefined, accessList: [] }, sender)
  }
  return { name, alloc: { ...commonAlloc, ...options.alloc }, entries: [entry(gasLimit)], gasLimit, withGas: entry }
}

/** Runs code in a frame of its own, one call below the transaction's: a call of `target`, 100 bytes of whose result are kept. */
export function below(
  name: string,
  source: string,
  kind: 'CALL' | 'STATICCALL' | 'DELEGATECALL' = 'CALL',
  options: CallOptions = {},
): Case {
  const value = kind === 'CALL' ? '0' : ''
  return calling(name, `100 0 0 0 ${value} ${BigInt(callee.target)} 200000 ${kind} STOP`, {
    ...options,
    alloc: { [callee.target]: { nonce: 1n, code: codeOf(source), ...options.account }, ...options.alloc },
  })
}

function codeOf(source: string): Hex {
  return /^0x[0-9a-f]*$/.test(source) ? (source as Hex) : asm(source)
}
