import { microOp, proveStep, runToStep, type StepProof } from '@crema/machine'
import { limits } from '@crema/protocol'
import { address, noise, signed, wallet } from './actors.ts'
import { type Machine, makeBlock } from './block.ts'

const { maxEntries, maxTransactionSize, maxTransactionGas } = limits
const RUNNING = 0
/** Where the long entries stand: among the last, where the open tries hold the most branches and children. */
const LOGS_AT = maxEntries - 3
const LONG_AT = maxEntries - 2

/**
 * Sealing a block with as many transactions as there may be, one of them as long as it may be and one with as many logs as its gas pays for. The block that
 * ran had these two and a transfer; for its seal the transfer stands in all other places, which no block's gas would pay for.
 */
export async function* worstSeal(): AsyncGenerator<readonly [where: string, step: StepProof]> {
  const from = wallet(1)
  const logging = address(0x1066)
  const to = address(0x9999)
  const { machine: m, nextSegment } = (
    await makeBlock({
      // 9,000 bytes of memory as a log; then logs without data while more than 100,000 gas are left; then 9,000 bytes again.
      alloc: {
        [from.address]: { balance: 10n ** 24n },
        [logging]: { nonce: 1n, code: '0x60ff5f526123285fa05b5f5fa0620186a05a116009576123285fa000' },
      },
      entries: [
        signed(from, { nonce: 0n, to, gasLimit: 21_000n, value: 1n }),
        signed(from, { nonce: 1n, to: logging, gasLimit: maxTransactionGas }),
        signed(from, { nonce: 2n, to, gasLimit: 8_000_000n, data: noise(maxTransactionSize - 130) }),
      ],
    })
  ).machine()
  do {
    if (m.x.op === microOp.sealBegin) break
    runToStep(m, Number.POSITIVE_INFINITY)
  } while (nextSegment())
  for (const list of [m.records, m.body.transactions, m.body.receipts]) spread(list as unknown[])
  while (m.status === RUNNING) {
    if (isWorst(m)) yield ['full block', proveStep(m)]
    else runToStep(m, m.steps + 1)
  }
}

/** Whether the step is one of the two long entries or beside them, and of the logs one of the first or last. */
function isWorst({ x, records }: Machine): boolean {
  if (x.op === microOp.sealBegin || x.i < LOGS_AT - 1 || x.i > LONG_AT + 1) return false
  const isLog = x.op === microOp.sealLog || x.op === microOp.sealLogData
  return !isLog || x.n < 2 || x.n > records[LOGS_AT]!.length - 2
}

function spread(list: unknown[]): void {
  const [transfer, logs, long] = list
  for (let i = 0; i < maxEntries; i++) list[i] = i === LOGS_AT ? logs : i === LONG_AT ? long : transfer
}
