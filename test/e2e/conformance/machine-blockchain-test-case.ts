import { allocationState } from '@crema/execution'
import {
  executeL1Block,
  type L1Block,
  type L1BlockResult,
  l1Rules,
  MachineError,
  type Rules,
  type SealedHeader,
} from '@crema/machine'
import {
  type BlockHeader,
  bytesToHex,
  DecodeError,
  decodeHeader,
  decodeRlp,
  encodeRlp,
  type Hex,
  headerRlpHash,
  hexToBytes,
  type RlpItem,
  rlpFixed,
  rlpInteger,
  rlpList,
  type StateReader,
} from '@crema/protocol'
import type { BlockchainTestCase } from './blockchain-test-case.ts'
import { toAllocation } from './fixture-state.ts'
import { blobBaseFee } from './machine-blob-base-fee.ts'
import { gasLimitOf, hugeGas } from './machine-state-test-case.ts'
import { createMemoryStore } from './memory-store.ts'

const compared = [
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'gasUsed',
  'blobGasUsed',
  'requestsHash',
] as const
/** Why a block is invalid, where the machine is to see it; other reasons lie in the header. */
const judged = /TransactionException|INVALID_REQUESTS|INVALID_DEPOSIT_EVENT_LAYOUT|SYSTEM_CONTRACT/

/**
 * Executes the blocks of a case under rule set `l1`, each on its stated parent. Throws unless all that a valid block's header says of the execution
 * is right, and a block with an invalid transaction or request is refused. Blocks that are invalid for their header alone are left out: the machine does
 * not judge headers. Returns the number of blocks, or why the case does not apply.
 */
export async function runMachineBlockchainTestCase(test: BlockchainTestCase): Promise<number | string> {
  const store = createMemoryStore()
  const { writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const rules = l1Rules(BigInt(test.config?.chainid ?? '0x1'), test.network.toLowerCase() as 'prague' | 'osaka')
  const headers = new Map<Hex, SealedHeader>()
  const keep = (header: BlockHeader): void => {
    const hash = headerRlpHash(header)
    headers.set(hash, { ...header, hash })
  }
  keep(readHeader(rlpList(decodeRlp(hexToBytes(test.genesisRLP)))[0]!))
  let count = 0
  for (const [i, { rlp, expectException }] of test.blocks.entries()) {
    if (expectException !== undefined && !judged.test(expectException)) continue
    count++
    if (expectException === undefined && hasHugeGas(hexToBytes(rlp))) return hugeGas
    const run = (): { block: L1Block; result: L1BlockResult } => runBlock(rules, store, hexToBytes(rlp), headers, i)
    if (expectException !== undefined) {
      expectRefused(run, `block ${i} was executed, but is invalid: ${expectException}`)
      continue
    }
    const { block, result } = run()
    store.add(result.writes)
    keep(block.header)
  }
  return count
}

function hasHugeGas(bytes: Uint8Array): boolean {
  const [, transactions] = rlpList(decodeRlp(bytes))
  return readTransactions(transactions!).some((raw) => gasLimitOf(raw) > Number.MAX_SAFE_INTEGER)
}

/** Legacy transactions stand in the block as lists. */
function readTransactions(item: RlpItem): Uint8Array[] {
  return rlpList(item).map((each) => (each instanceof Uint8Array ? each : encodeRlp(each)))
}

function runBlock(
  rules: Rules,
  store: StateReader,
  bytes: Uint8Array,
  headers: ReadonlyMap<Hex, SealedHeader>,
  i: number,
): { readonly block: L1Block; readonly result: L1BlockResult } {
  const block = readBlock(bytes, headers)
  const result = executeL1Block(rules, store, block)
  for (const field of compared) expectEqual(i, block.header, result, field)
  return { block, result }
}

/** Only a typed error or a difference to the header is a refusal. */
function expectRefused(run: () => unknown, message: string): void {
  try {
    run()
  } catch (error) {
    if (error instanceof MachineError || error instanceof DecodeError || error instanceof Difference) return
    throw error
  }
  throw new Error(message)
}

/** What a header says is not what the execution came to. */
class Difference extends Error {}

function readHeader(item: RlpItem): BlockHeader {
  return decodeHeader(encodeRlp(item))
}

function readBlock(bytes: Uint8Array, headers: ReadonlyMap<Hex, SealedHeader>): L1Block {
  const [first, transactions, , withdrawals] = rlpList(decodeRlp(bytes), 4)
  const header = readHeader(first!)
  const parent = headers.get(header.parentHash)
  if (parent === undefined) throw new Error(`parent ${header.parentHash} is unknown`)
  return {
    parent,
    header,
    blobBaseFee: blobBaseFee(header.excessBlobGas ?? 0n),
    transactions: readTransactions(transactions!),
    withdrawals: rlpList(withdrawals).map((item) => {
      const [, , address, amount] = rlpList(item, 4)
      return { address: BigInt(bytesToHex(rlpFixed(address, 20))), amount: rlpInteger(amount, 8) }
    }),
  }
}

function expectEqual(i: number, header: BlockHeader, result: L1BlockResult, field: (typeof compared)[number]): void {
  if (header[field] !== result[field]) {
    throw new Difference(`block ${i}: ${field} is ${result[field]}, expected ${header[field]}`)
  }
}
