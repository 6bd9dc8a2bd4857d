import { verifierScheduleAbi } from '@crema/l1'
import type { Address } from '@crema/protocol'
import { encodeFunctionData } from 'viem'
import type { ForcedRollup } from './forced-rollup.ts'

const NOBODY: Address = `0x${'00'.repeat(20)}`

/** Names the step verifier that takes over after the rollup's delay, as the schedule's owner: nobody, for whom L1 lets a test act. */
export async function scheduleVerifier({ rpc, config }: Pick<ForcedRollup, 'rpc' | 'config'>, verifier: Address) {
  const data = encodeFunctionData({ abi: verifierScheduleAbi, functionName: 'schedule', args: [verifier] })
  await rpc('anvil_impersonateAccount', NOBODY)
  await rpc('anvil_setBalance', NOBODY, '0xde0b6b3a7640000')
  await rpc('eth_sendTransaction', { from: NOBODY, to: config.l1Contracts.verifierSchedule, data, gas: '0x30d40' })
  await rpc('anvil_stopImpersonatingAccount', NOBODY)
}

/** Puts the rollup's step verifier at another address as well: same code, same parts. */
export async function copyVerifier({ rpc, l1, config }: Pick<ForcedRollup, 'rpc' | 'l1' | 'config'>): Promise<Address> {
  const copy: Address = `0x${'5e'.repeat(20)}`
  await rpc('anvil_setCode', copy, await l1.getCode({ address: config.l1Contracts.stepVerifier }))
  return copy
}
