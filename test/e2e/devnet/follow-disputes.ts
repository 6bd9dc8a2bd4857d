import { assertionChainAbi, bondVaultAbi, disputeManagerAbi, type L1Client } from '@crema/l1'
import type { RollupConfig } from '@crema/protocol'
import { causesFirst } from '../support/causes-first.ts'
import { createDisputeTeller, type ToldEvent } from './tell-dispute.ts'

export interface FollowedRollup {
  readonly l1: L1Client
  readonly config: RollupConfig
  /** Of addresses in lower case. */
  readonly names: ReadonlyMap<string, string>
}

/** Tells disputes as they go, a line for each event, until the signal aborts. */
export async function followDisputes(
  { l1, config, names }: FollowedRollup,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { assertionChain, disputeManager, bondVault } = config.l1Contracts
  const abi = [...disputeManagerAbi, ...assertionChainAbi, ...bondVaultAbi]
  const address = [disputeManager, assertionChain, bondVault]
  const tell = createDisputeTeller(names)
  let next = config.l1StartBlock
  while (!signal.aborted) {
    const head = await l1.getBlockNumber().catch(() => undefined)
    if (head !== undefined && head >= next) {
      const logs = await l1.getContractEvents({ address, abi, fromBlock: next, toBlock: head, strict: true })
      for (const log of causesFirst(logs as unknown as ToldEvent[], isEffect)) {
        const line = tell(log)
        if (line !== undefined) say(line)
      }
      next = head + 1n
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const isEffect = ({ eventName }: ToldEvent): boolean => eventName === 'CommitmentEliminated'
