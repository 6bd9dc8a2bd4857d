import { wETH9RuntimeCode } from '@crema/l1'
import {
  type Address,
  bytesToHex,
  concatBytes,
  encodeTransaction,
  type GenesisAccount,
  type Hex,
  hexToBytes,
  keccak256Hex,
  predeploys,
  recoverSender,
  signTransaction,
  type UnsignedTransaction,
} from '@crema/protocol'

/** A block's worth of work, measured as `amount` of `unit`. */
export interface Workload {
  readonly name: string
  readonly unit: 'tx/s' | 'Mgas/s'
  readonly amount: number
  readonly alloc: Record<Address, GenesisAccount>
  /** Signed transactions of block `round`; rounds run one after another on one state. */
  block(round: number): Uint8Array[]
  /** Gas that every block must use, where the unit is gas. */
  readonly gas?: bigint
  /** Least ratio to @ethereumjs/vm as installed. */
  readonly target: number
}

export const benchChainId = 4242n
const ether = 10n ** 18n
const loop: Address = '0x000000000000000000000000000000000000100b'

interface Wallet {
  readonly key: Uint8Array
  readonly address: Address
}

/** ETH transfers, ERC-20 transfers and one long arithmetic loop. */
export function createWorkloads(): Workload[] {
  const wallets = Array.from({ length: 500 }, (_, i) => createWallet(i))
  const funded: Record<Address, GenesisAccount> = {}
  for (const { address } of wallets) funded[address] = { balance: 100n * ether }
  return [transfers(wallets, funded), tokens(wallets, funded), arithmetic(wallets[0]!, funded)]
}

function transfers(wallets: readonly Wallet[], alloc: Workload['alloc']): Workload {
  const block = (round: number): Uint8Array[] =>
    [0, 1].flatMap((turn) =>
      wallets.map((from, i) =>
        signed(from, { nonce: BigInt(2 * round + turn), to: next(wallets, i + turn), value: 1n, gasLimit: 21_000n }),
      ),
    )
  return { name: 'ETH transfers', unit: 'tx/s', amount: 2 * wallets.length, alloc, block, target: 5 }
}

function tokens(wallets: readonly Wallet[], funded: Workload['alloc']): Workload {
  const storage: Record<Hex, Hex> = {}
  // WETH9's balances are the mapping at slot 0.
  for (const { address } of wallets)
    storage[keccak256Hex(concatBytes(word(BigInt(address)), word(0n)))] = bytesToHex(word(ether))
  const alloc = {
    ...funded,
    [predeploys.weth9]: { code: wETH9RuntimeCode as Hex, nonce: 1n, balance: 500n * ether, storage },
  }
  const block = (round: number): Uint8Array[] =>
    wallets.map((from, i) => {
      const data = concatBytes(hexToBytes('0xa9059cbb'), word(BigInt(next(wallets, i + round))), word(5n))
      return signed(from, { nonce: BigInt(round), to: predeploys.weth9, value: 0n, gasLimit: 60_000n, data })
    })
  return { name: 'ERC-20 transfers', unit: 'tx/s', amount: wallets.length, alloc, block, target: 4 }
}

function arithmetic(from: Wallet, funded: Workload['alloc']): Workload {
  // Until the gas is gone: x = (x * 3 + 7) ^ (x / 5)
  const code = '0x60015b8060030260070190600590041860025600'
  return { ...callEachBlock('arithmetic loop', code, from, funded), gas: loopGas, target: 1.4 }
}

/** One call a block, with 16 M gas, of a contract that loops by itself. */
export function loopWorkload(name: string, code: Hex): Omit<Workload, 'target'> {
  const from = createWallet(0)
  return callEachBlock(name, code, from, { [from.address]: { balance: 100n * ether } })
}

const loopGas = 16_000_000n

function callEachBlock(name: string, code: Hex, from: Wallet, funded: Workload['alloc']): Omit<Workload, 'target'> {
  const alloc = { ...funded, [loop]: { code, nonce: 1n } }
  const block = (round: number): Uint8Array[] => [
    signed(from, { nonce: BigInt(round), to: loop, value: 0n, gasLimit: loopGas }),
  ]
  return { name, unit: 'Mgas/s', amount: Number(loopGas) / 1e6, alloc, block }
}

type Fields = Pick<Extract<UnsignedTransaction, { type: 2 }>, 'nonce' | 'value' | 'gasLimit'> & {
  readonly to: Address
  readonly data?: Uint8Array
}

function signed(from: Wallet, fields: Fields): Uint8Array {
  const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 11n }
  const rest = { data: new Uint8Array(0), accessList: [], chainId: benchChainId, ...fees, ...fields }
  return encodeTransaction(signTransaction({ type: 2, ...rest }, from.key))
}

function createWallet(i: number): Wallet {
  const key = word(0x1000_0001n + BigInt(i))
  const probe = signTransaction(
    {
      type: 0,
      chainId: undefined,
      nonce: 0n,
      gasPrice: 0n,
      gasLimit: 0n,
      to: undefined,
      value: 0n,
      data: new Uint8Array(0),
    },
    key,
  )
  return { key, address: recoverSender(probe)! }
}

const next = (wallets: readonly Wallet[], i: number): Address => wallets[(i * 7 + 1) % wallets.length]!.address

function word(value: bigint): Uint8Array {
  return hexToBytes(`0x${value.toString(16).padStart(64, '0')}`)
}
