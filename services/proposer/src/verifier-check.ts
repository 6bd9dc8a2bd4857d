import { createKnownVerifiers, readVerifierInForce } from '@crema/l1'
import type { Address } from '@crema/protocol'
import type { ProposerPorts } from './ports.ts'

/** Finds the step verifier that the next assertion pins. */
export interface VerifierCheck {
  /** Undefined, and part `verifier` is not ready, while this version does not know how it decides: no stake may stand on it. Throws `L1Error`. */
  inForce(): Promise<Address | undefined>
}

/** Creates the check; an unknown verifier is an error in the log once. */
export function createVerifierCheck({
  node,
  l1,
  readiness,
  logger,
}: Pick<ProposerPorts, 'node' | 'l1' | 'readiness' | 'logger'>): VerifierCheck {
  const { verifierSchedule, stepVerifier } = node.config.l1Contracts
  const verifiers = createKnownVerifiers(l1, node.config)
  let refused: Address | undefined
  return {
    async inForce() {
      const verifier = await readVerifierInForce(l1, verifierSchedule)
      if (await verifiers.isKnown(verifier)) {
        refused = undefined
        readiness.ready('verifier')
        return verifier
      }
      readiness.notReady('verifier', `this version does not know the step verifier ${verifier}`)
      if (refused !== verifier) {
        const message = 'the step verifier in force is unknown to this version: nothing is proposed'
        logger.error({ verifier, deployed: stepVerifier }, message)
      }
      refused = verifier
      return undefined
    },
  }
}
