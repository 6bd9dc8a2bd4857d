import { bytesToHex, hexToBytes, predeploys } from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { MerkleStateManager } from '@ethereumjs/statemanager'
import { createTxFromRLP } from '@ethereumjs/tx'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { createVM, runTx } from '@ethereumjs/vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toLog } from '../../src/l2/receipt.ts'
import { genesisAlloc, planArbitrary, toRaws, wallets } from '../random-payload.ts'
import { config, createTestChain } from '../support.ts'

/** The library as installed: its own state manager, crypto, transaction objects and checks. */
async function createReference() {
  const common = createCustomCommon({ chainId: Number(config.chainId) }, Mainnet, { hardfork: Hardfork.Osaka })
  const stateManager = new MerkleStateManager({ common })
  const vm = await createVM({ common, stateManager })
  for (const [hex, account] of Object.entries(genesisAlloc)) {
    const { balance = 0n, nonce = 0n, code } = account as { balance?: bigint; nonce?: bigint; code?: `0x${string}` }
    const address = createAddressFromString(hex)
    await stateManager.putAccount(address, new Account(nonce, balance))
    if (code !== undefined) await stateManager.putCode(address, hexToBytes(code))
  }
  return { common, vm, stateManager }
}

type Reference = Awaited<ReturnType<typeof createReference>>

/** Runs one transaction through the library; undefined when it refuses it. */
async function runReference({ common, vm }: Reference, raw: Uint8Array, header: object, gasUsed: bigint) {
  const block = createBlock({ header }, { common, skipConsensusFormatValidation: true })
  try {
    const result = await runTx(vm, { tx: createTxFromRLP(raw, { common }), block, blockGasUsed: gasUsed })
    return {
      gasUsed: result.totalGasSpent,
      status: (result.receipt as { status: number }).status,
      logs: result.receipt.logs.map(toLog),
      bloom: bytesToHex(result.bloom.bitvector),
    }
  } catch {
    return undefined
  }
}

it('random blocks: same transactions refused, same gas, status, logs and balances as @ethereumjs/vm as installed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(planArbitrary, { minLength: 1, maxLength: 12 }), async (plans) => {
      const chain = await createTestChain(genesisAlloc)
      const reference = await createReference()
      const raws = toRaws(
        plans,
        wallets.map(() => 0n),
      )
      const { block } = await chain.run(raws)
      const { number, timestamp, baseFeePerGas, gasLimit, mixHash } = block.header
      const header = { number, timestamp, baseFeePerGas, gasLimit, mixHash, coinbase: predeploys.sequencerFeeVault }
      const expected: Awaited<ReturnType<typeof runReference>>[] = []
      let gasUsed = 0n
      for (const raw of raws) {
        const outcome = await runReference(reference, raw, header, gasUsed)
        gasUsed += outcome?.gasUsed ?? 0n
        expected.push(outcome)
      }
      const actual = block.receipts.map((receipt) => ({
        gasUsed: receipt.gasUsed,
        status: receipt.status,
        logs: receipt.logs,
        bloom: receipt.logsBloom,
      }))
      expect(actual).toEqual(expected.filter((outcome) => outcome !== undefined))
      const skipped = expected.flatMap((outcome, i) => (outcome === undefined ? [i] : []))
      expect(block.skipped.map(({ entryIndex }) => entryIndex)).toEqual(skipped)
      // With the base fee's vault paid as well, the states are equal account for account.
      const vault = createAddressFromString(predeploys.baseFeeVault)
      if (gasUsed > 0n) await reference.stateManager.putAccount(vault, new Account(0n, gasUsed * baseFeePerGas!))
      expect(bytesToHex(await reference.stateManager.getStateRoot())).toBe(block.header.stateRoot)
    }),
    { numRuns: 40 },
  )
}, 120_000)
