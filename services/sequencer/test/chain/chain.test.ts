import {
  createTree,
  firstLaneTip,
  type Hash,
  headerHash,
  historyLeaf,
  keccak256Hex,
  laneTip,
  verifyCertificate,
  verifyLaneProof,
} from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { proveLane, readLaneRange } from '../../src/api/lane-range.ts'
import { openChain } from '../../src/chain/chain.ts'
import { initialState } from '../../src/chain/initial-state.ts'
import { grow, open } from '../support/chain.ts'
import { committee, domain, epoch, genesisOrigin, laneA, laneB, setId } from '../support/committee.ts'
import { tempDir } from '../support/temp-dir.ts'

describe('the certified chain', () => {
  it('links, certifies and proves every header', async () => {
    const chain = await open(tempDir())
    await grow(chain, 10)
    const history = createTree()
    let parentHash: Hash = `0x${'00'.repeat(32)}`
    for (let height = 1n; height <= 10n; height++) {
      const { certified } = (await chain.block(height))!
      const { header, certificate } = certified
      verifyCertificate(header, certificate, epoch, domain)
      expect(header.parentHash).toBe(parentHash)
      expect(header.historyRoot).toBe(history.root())
      expect(header.proposer).toBe(committee.members[Number(height) % 4])
      parentHash = headerHash(header)
      history.append(historyLeaf(height, parentHash))
      verifyLaneProof(laneA.lane, await proveLane(chain, height, laneA.lane), header.lanesRoot)
    }
    await chain.close()
  })

  it('serves ranges whose tips chain from the first one', async () => {
    const dir = tempDir()
    await (async () => {
      const chain = await open(dir)
      await grow(chain, 12)
      await chain.close()
    })()
    const chain = await open(dir)
    let tip = firstLaneTip({ setId, ...laneA })
    let from = 1n
    for (;;) {
      const range = await readLaneRange(chain, { lane: laneA.lane, fromLaneHeight: from, limit: 3 })
      if (!range) break
      for (const block of range.blocks) {
        const { payload } = block
        const next = { payloadLength: payload.length, payloadHash: keccak256Hex(payload) }
        tip = laneTip({ ...block, ...next, lane: laneA.lane, prevTip: tip })
      }
      expect(range.laneProof.laneTip).toBe(tip)
      verifyLaneProof(laneA.lane, range.laneProof, range.certified.header.lanesRoot)
      from += BigInt(range.blocks.length)
    }
    expect(from).toBe(9n)
    await chain.close()
  })

  it('refuses the log of another set or without one of its lanes', async () => {
    const dir = tempDir()
    const chain = await open(dir)
    await grow(chain, 3)
    await chain.close()
    const other = initialState({
      setId: `0x${'01'.repeat(32)}`,
      epoch: 0n,
      lanes: [laneA, laneB],
      origin: genesisOrigin,
    })
    await expect(openChain({ dir, committee, initial: other })).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
    const fewer = initialState({ setId, epoch: 0n, lanes: [laneA], origin: genesisOrigin })
    await expect(openChain({ dir, committee, initial: fewer })).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
    const rebound = initialState({
      setId,
      epoch: 0n,
      lanes: [{ ...laneA, inbox: laneB.inbox }, laneB],
      origin: genesisOrigin,
    })
    await expect(openChain({ dir, committee, initial: rebound })).rejects.toMatchObject({ code: 'CHAIN_MISMATCH' })
  })
})
