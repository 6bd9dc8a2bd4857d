import { assertionChainAbi, guardianPauseAbi } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup, testAccount } from '@crema/testing'
import { type Abi, createWalletClient, type Hex, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assert } from './support/challenger.ts'
import { type ChallengerProcess, challengerProcess, errorOf } from './support/challenger-process.ts'

const MINUTE = 60_000
const [GUARDIAN, OWNER] = [0, 12] as const
const DEPTH = 3
let rollup: ForcedRollup
let challenger: ChallengerProcess
let mining: NodeJS.Timeout
beforeAll(async () => {
  rollup = await startForcedRollup({ challengePeriod: 600n })
  challenger = await challengerProcess(rollup, OWNER, 'defend')
  mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 300)
}, MINUTE)
afterAll(async () => {
  clearInterval(mining)
  await rollup?.close()
})

async function asGuardian(address: Hex, abi: Abi, functionName: string, args: readonly unknown[] = []): Promise<void> {
  const wallet = createWalletClient({ account: testAccount(GUARDIAN), transport: http(rollup.l1Url) })
  const hash = await wallet.writeContract({ address, abi, functionName, args, chain: null })
  const { status } = await rollup.l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (status !== 'success') throw new Error(`${functionName} was refused`)
}

it(
  'brings home the stakes of a line that the guardian invalidated at its root, and says before and after that nothing is due',
  async () => {
    const { assertionChain, guardianPause } = rollup.config.l1Contracts
    const abi = assertionChainAbi
    const genesisId = await rollup.l1.readContract({ address: assertionChain, abi, functionName: 'genesisId' })
    let tip: Hash = genesisId
    for (let depth = 0; depth < DEPTH; depth++) {
      await rollup.leaves(1)
      tip = await assert(rollup, OWNER, tip)
    }
    await rollup.settle()
    const early = await challenger.command('claim', '--json')
    expect({ code: early.code, error: errorOf(early.err).code }).toEqual({ code: 75, error: 'cli.not-due' })
    await asGuardian(guardianPause, guardianPauseAbi, 'pause')
    await asGuardian(assertionChain, assertionChainAbi, 'invalidate', [genesisId])
    const claimed = await challenger.command('claim', '--json')
    expect(claimed).toMatchObject({ code: 0, err: '' })
    const steps: { readonly kind: string; readonly reason: { readonly amount?: string } }[] = JSON.parse(claimed.out)
    const marks = Array.from({ length: DEPTH }, () => 'markOrphan')
    const releases = Array.from({ length: DEPTH }, () => 'release')
    expect(steps.map(({ kind }) => kind)).toEqual([...marks, ...releases, 'claim'])
    expect(steps.at(-1)!.reason.amount).toBe((BigInt(DEPTH) * rollup.config.stake).toString())
    const late = await challenger.command('claim', '--json')
    expect(errorOf(late.err)).toMatchObject({ code: 'cli.not-due', details: { stakes: { credit: '0' } } })
  },
  3 * MINUTE,
)
