import { hexToBytes } from '@crema/protocol'
import { createCommitter } from '../../../../shared/machine/src/commit/committer.ts'
import { commitMachine } from '../../../../shared/machine/src/commit/machine-hash.ts'
import { proveIdle } from '../../../../shared/machine/src/prove/prove-step.ts'
import { createProvingMachine } from '../../../../shared/machine/src/run/proving-machine.ts'
import { runToStep } from '../../../../shared/machine/src/run/step.ts'
import { encodeVerify } from '../step-proofs/encode-verify.ts'
import { commonAlloc } from './cases/calling.ts'
import type { CellRecord } from './collect.ts'
import { edgeCell } from './edges.ts'
import { blockOfCase, type Case, createScene, inboxRootOf } from './scene.ts'

const positions = [
  [0, 0],
  [1, 5],
  [7, 0],
  [4_095, 2 ** 24 - 1],
] as const

/** Positions behind the last step of a segment, a block and an assertion: the state stays as it is. */
export async function idleRecords(): Promise<CellRecord[]> {
  const chain = await createScene(commonAlloc)
  const ending: Pick<Case, 'entries' | 'assertion'> = { entries: [], assertion: { targetCount: 4n } }
  return [
    ...idle('segment-end', blockOfCase(chain, { entries: [] }), false),
    ...idle('block-end', blockOfCase(chain, { entries: [] }), true),
    ...idle('assertion-end', blockOfCase(chain, ending), true),
  ]

  function idle(name: string, block: ReturnType<typeof blockOfCase>, isWhole: boolean): CellRecord[] {
    const { machine, nextSegment } = createProvingMachine(block, chain.store)
    do runToStep(machine, Number.POSITIVE_INFINITY)
    while (isWhole && nextSegment())
    const state = commitMachine(createCommitter(), machine).slice()
    const { startInboxCount, targetCount } = block.assertion
    const given = { startInboxCount, targetCount, inboxRoot: hexToBytes(inboxRootOf(block)), before: state, block: 0 }
    // A segment's end goes on at i = 0, a block's at x = i = 0, an assertion's nowhere.
    const goesOn = (x: number, i: number): boolean => i === 0 && (!isWhole || (x === 0 && name === 'block-end'))
    return positions
      .filter(([x, i]) => !goesOn(x, i))
      .map(([segment, step]) => {
        const data = encodeVerify({ ...given, segment, step }, proveIdle(machine))
        return {
          record: { name: `${name} at ${segment}, ${step}`, op: name, data, after: state },
          cells: [edgeCell(name, name)],
        }
      })
  }
}
