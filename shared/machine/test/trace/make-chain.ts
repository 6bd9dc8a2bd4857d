import type { UnsignedTransaction } from '@crema/protocol'
import { randomProgram } from '../block/random-program.ts'
import { address, config, deposit, ether, signed, wallet } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { type BlockContent, createTracedChain, type TracedChain } from './chain.ts'

/** Counts a slot up and hashes until 50,000 gas are left; then logs a word. */
const loop = '0x5b5f54600101805f5550' + '5f5f2050' + '61c3505a11' + '5f57' + '60205fa000'

/** Three blocks: programs at random, a long loop, garbage, deposits; an empty one. Equal seeds make equal ones; `CREMA_MACHINE_SEED` sets another. */
export async function makeChain(seed = Number(process.env.CREMA_MACHINE_SEED ?? 7)): Promise<TracedChain> {
  const random = randomSource(seed)
  const owners = [1, 2].map(wallet)
  const programs = Array.from({ length: 4 }, (_, i) => address(0xc000 + i))
  const looping = address(0xd000)
  const alloc = Object.fromEntries([
    ...owners.map((owner) => [owner.address, { balance: 100n * ether }] as const),
    ...programs.map(
      (program) => [program, { nonce: 1n, balance: 3n, code: randomProgram(random, programs, 20) }] as const,
    ),
    [looping, { nonce: 1n, code: loop }] as const,
  ])
  const nonces = [0n, 0n]
  const send = (to: string, gasLimit: bigint): Uint8Array => {
    const from = random() % 2
    const fields = {
      chainId: config.chainId,
      nonce: nonces[from]!++,
      gasLimit,
      to,
      value: 1n,
      data: randomBytes(random, 40),
      accessList: [],
    }
    const transaction = { type: 2, ...fields, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n } as UnsignedTransaction
    return signed(transaction, owners[from]!)
  }
  const contents: BlockContent[] = [
    {
      entries: [send(programs[0]!, 200_000n), randomBytes(random, 30), send(looping, 800_000n)],
      deposits: [deposit(3, { to: programs[1]!, value: 0n })],
    },
    { entries: [], deposits: [] },
    {
      entries: [send(programs[2]!, 100_000n), send(looping, 400_000n), send(programs[3]!, 100_000n)],
      deposits: [deposit(4, { mint: 5n, value: 2n }), deposit(5, {})],
    },
  ]
  return createTracedChain(alloc, contents)
}
