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
  type UnsignedTransaction,
} from '@crema/protocol'
import { randomBytes } from '../trie/support.ts'
import { type Random, randomCode, randomProgram } from './random-program.ts'
import { address, config, deposit, ether, signed, type Wallet, wallet } from './support.ts'

/** Who signs the entries. */
export const wallets = [1, 2, 3, 4].map(wallet)
const programs = Array.from({ length: 12 }, (_, i) => address(0xc000 + i))
const precompiles = Array.from({ length: 17 }, (_, i) => address(i + 1))
const targets: readonly Address[] = [
  ...programs,
  ...programs,
  ...precompiles,
  address(0x100),
  address(0xdead),
  predeploys.sequencerFeeVault,
  predeploys.historyStorage,
  ...wallets.map((each) => each.address),
]

/** Genesis: wallets, programs that call each other and precompiles, the system's contracts. */
export function makeAlloc(random: Random): Record<Address, GenesisAccount> {
  const alloc: Record<Address, GenesisAccount> = {}
  for (const { address: owner } of wallets) alloc[owner] = { balance: 100n * ether }
  for (const [i, program] of programs.entries()) {
    const code = i === 0 ? randomCode(random, 200) : randomProgram(random, targets, 4 + (random() % 24))
    alloc[program] = { balance: BigInt(random() % 5), nonce: 1n, code }
  }
  // The system's contracts, so that the begin of a block writes and BLOCKHASH reads; any code will do for that.
  for (const system of [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block]) {
    alloc[system] = { nonce: 1n, code: '0x00' }
  }
  alloc[predeploys.l2ToL1MessagePasser] = { code: randomProgram(random, targets, 8) }
  return alloc
}

function authorization(random: Random, nonces: bigint[]): Authorization {
  const i = random() % wallets.length
  const nonce = nonces[i]! + BigInt(random() % 4 === 0 ? 1 : 0)
  const chainId = [0n, config.chainId, 5n][random() % 3]!
  const target = random() % 5 === 0 ? address(0) : targets[random() % targets.length]!
  const digest = keccak256Hex(
    concatBytes(Uint8Array.of(5), encodeRlp([integerToRlp(chainId), hexToBytes(target), integerToRlp(nonce)])),
  )
  const { r, s, yParity } = sign(digest, wallets[i]!.key)
  if (nonce === nonces[i] && chainId !== 5n) nonces[i]! += 1n
  return { chainId, address: target, nonce, yParity: random() % 9 === 0 ? 7n : BigInt(yParity), r, s }
}

/** A signed transaction of any type, mostly valid. */
export function makeEntry(random: Random, nonces: bigint[]): Uint8Array {
  const i = random() % wallets.length
  const from = wallets[i] as Wallet
  const nonce = nonces[i]! + BigInt(random() % 12 === 0 ? 1 : 0)
  const isCreation = random() % 6 === 0
  const fields = {
    chainId: config.chainId,
    nonce,
    gasLimit: BigInt([21_000, 60_000, 300_000, 1_000_000, 3_000_000, 17_000_000][random() % 6]!),
    to: isCreation ? undefined : targets[random() % targets.length]!,
    value: [0n, 0n, 1n, ether, 1_000n * ether][random() % 5]!,
    data: isCreation ? hexToBytes(randomProgram(random, targets, random() % 10)) : randomBytes(random, random() % 200),
  }
  const accessList = Array.from({ length: random() % 3 }, () => ({
    address: targets[random() % targets.length]!,
    storageKeys: [`0x${'00'.repeat(31)}0${random() % 4}` as const],
  }))
  const market = {
    maxPriorityFeePerGas: BigInt(random() % 3),
    maxFeePerGas: BigInt([10, 2_000, 10 ** 9][random() % 3]!),
  }
  const used = (): void => {
    if (nonce === nonces[i]) nonces[i]! += 1n
  }
  const kind = random() % 4
  // Whether it is executed is not known here: nonces that stay behind make later entries skips.
  used()
  const transaction: UnsignedTransaction =
    kind === 0
      ? { type: 0, ...fields, gasPrice: 10n ** 9n }
      : kind === 1
        ? { type: 1, ...fields, gasPrice: 10n ** 9n, accessList }
        : kind === 2 || fields.to === undefined
          ? { type: 2, ...fields, ...market, maxFeePerGas: 10n ** 9n, accessList }
          : {
              type: 4,
              ...fields,
              to: fields.to,
              ...market,
              accessList,
              authorizationList: Array.from({ length: 1 + (random() % 3) }, () => authorization(random, nonces)),
            }
  return signed(transaction, from)
}

/** A deposit of any kind, some of which fail. */
export function makeDeposit(random: Random, index: number): Deposit {
  const isCreation = random() % 4 === 0
  return deposit(index, {
    from: targets[random() % targets.length]!,
    to: isCreation ? undefined : targets[random() % targets.length]!,
    mint: BigInt(random() % 3) * ether,
    value: BigInt(random() % 3) * ether,
    gasLimit: BigInt([100, 21_000, 100_000, 2_000_000][random() % 4]!),
    data: isCreation ? hexToBytes(randomProgram(random, targets, random() % 8)) : randomBytes(random, random() % 100),
  })
}
