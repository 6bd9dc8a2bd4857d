import type { L1Client } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'
import { type Logger, retry } from '@crema/service-kit'
import type { LaneBinding, OriginRef } from './chain/types.ts'
import { type Committee, createCommittee } from './committee/committee.ts'
import { keysFromFile, keysFromMnemonic } from './committee/keys.ts'
import { devnetMnemonic, type SequencerConfig } from './config.ts'
import { SequencerServiceError } from './errors.ts'
import { readOwnEpoch } from './l1/own-epoch.ts'
import { readL1Setup } from './l1/read-setup.ts'

/** What the configuration and L1 say together. */
export interface Setup {
  readonly setId: Hash
  readonly epoch: bigint
  readonly epochStart: bigint
  readonly committee: Committee
  readonly genesisOrigin: OriginRef
  /** Whether L1 was asked, or the configuration states all. */
  readonly fromL1: boolean
}

/** Lanes of the configuration, addresses in lower case. */
export function lanesOf(config: SequencerConfig): LaneBinding[] {
  return config.lanes.map((text) => {
    const [lane, inbox] = text.split('=')
    return { lane: BigInt(lane!), inbox: inbox!.toLowerCase() as Address }
  })
}

/**
 * Reads the keys and, unless the configuration states all of it, the set from L1, for which it waits as long as L1 is not there.
 * @throws SequencerServiceError BAD_COMMITTEE when the keys are not the set's members.
 */
export async function readSetup(
  config: SequencerConfig,
  client: L1Client,
  logger: Logger,
  signal: AbortSignal,
): Promise<Setup> {
  const keys = readKeys(config, logger)
  const { id, epoch, registry, l1ChainId, originNumber, originHash } = config.set
  if (id && registry && l1ChainId !== undefined && originNumber !== undefined && originHash) {
    const committee = createCommittee(keys, { chainId: l1ChainId, registry: registry.toLowerCase() as Address })
    const genesisOrigin = { number: originNumber, hash: originHash.toLowerCase() as Hash }
    return { setId: id.toLowerCase() as Hash, epoch, epochStart: 1n, committee, genesisOrigin, fromL1: false }
  }
  const onRetry = (err: unknown) => logger.warn({ err }, 'L1 does not show the sequencer set, waiting')
  const options = { signal, onRetry, maxMs: 5_000 }
  const l1 = await retry(() => readL1Setup(client, lanesOf(config)[0]!.inbox), options)
  const committee = createCommittee(keys, { chainId: l1.chainId, registry: l1.registry })
  const own = await retry(() => readOwnEpoch(client, l1, committee.members), options)
  if (own === undefined) {
    const details = { configured: committee.members, registered: l1.committee.members, setId: l1.setId }
    throw new SequencerServiceError('BAD_COMMITTEE', "the keys are not the set's members", { details })
  }
  const { epoch: ownEpoch, startHeight: epochStart } = own
  return { setId: l1.setId, epoch: ownEpoch, epochStart, committee, genesisOrigin: l1.origin, fromL1: true }
}

function readKeys({ committee }: SequencerConfig, logger: Logger): Uint8Array[] {
  const { keysFile, mnemonic, count, firstIndex } = committee
  if (keysFile !== undefined) return keysFromFile(keysFile)
  if (mnemonic === undefined) logger.warn('using the well-known keys of devnets')
  return keysFromMnemonic(mnemonic ?? devnetMnemonic, count, firstIndex)
}
