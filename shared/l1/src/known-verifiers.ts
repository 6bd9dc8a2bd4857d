import type { Address, RollupConfig } from '@crema/protocol'
import { chainConstants } from './chain-constants.ts'
import { checkStepVerifier } from './check-step-verifier.ts'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'
import { verifierScheduleAbi } from './generated/VerifierSchedule.ts'

/** Tells the step verifiers that decide as this version's machine does. */
export interface KnownVerifiers {
  /** Throws {@link L1Error} when L1 cannot be read. */
  isKnown(verifier: Address): Promise<boolean>
}

/**
 * Known is the verifier that the rollup was deployed with, and every other whose code, and that of its parts, is what this version has for the rollup: the address
 * says nothing. Code does not change, so each that is known is looked at once; another is looked at each time, for an endpoint may have answered before it had the code.
 */
export function createKnownVerifiers(
  client: L1Client,
  config: Pick<RollupConfig, 'l1Contracts' | 'l2' | 'maxGasPerAssertion' | 'maxBlocksPerAssertion'>,
): KnownVerifiers {
  const { stepVerifier, portal } = config.l1Contracts
  const constants = chainConstants(config.l2, portal, config)
  const known = new Set([stepVerifier.toLowerCase()])

  async function hasOurCode(verifier: Address): Promise<boolean> {
    try {
      await checkStepVerifier(client, verifier, constants)
      return true
    } catch (error) {
      if (error instanceof L1Error && error.code === 'L1_WRONG_DEPLOYMENT') return false
      throw error
    }
  }

  return {
    async isKnown(verifier) {
      const name = verifier.toLowerCase()
      if (!known.has(name) && (await hasOurCode(verifier))) known.add(name)
      return known.has(name)
    },
  }
}

/** The step verifier that a first child made now would pin. Throws {@link L1Error}. */
export async function readVerifierInForce(client: L1Client, verifierSchedule: Address): Promise<Address> {
  const schedule = { address: verifierSchedule, abi: verifierScheduleAbi } as const
  const read = () => client.readContract({ ...schedule, functionName: 'current' })
  return lower(await reading('VerifierSchedule.current', read))
}

/** The step verifier that takes over, and when, L1 time in seconds; undefined while none waits. Throws {@link L1Error}. */
export async function readNextVerifier(
  client: L1Client,
  verifierSchedule: Address,
): Promise<{ readonly verifier: Address; readonly activeAt: bigint } | undefined> {
  const schedule = { address: verifierSchedule, abi: verifierScheduleAbi } as const
  const [verifier, activeAt] = await reading('VerifierSchedule.next', () =>
    client.readContract({ ...schedule, functionName: 'next' }),
  )
  return activeAt === 0n ? undefined : { verifier: lower(verifier), activeAt }
}

const lower = (address: Address) => address.toLowerCase() as Address
