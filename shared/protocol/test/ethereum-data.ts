import { RLP } from '@ethereumjs/rlp'
import { corpusFile } from './support.ts'

/** A block of execution-apis' chain.rlp as @ethereumjs/rlp splits it. */
export interface ChainBlock {
  readonly headerRlp: Uint8Array
  /** Consensus encodings. */
  readonly transactions: readonly Uint8Array[]
}

type Nested = Uint8Array | Nested[]

/** All blocks of chain.rlp, in order. */
export function chainBlocks(): ChainBlock[] {
  const blocks: ChainBlock[] = []
  let rest: Uint8Array = new Uint8Array(corpusFile('execution-apis/tests/chain.rlp'))
  while (rest.length > 0) {
    const { data, remainder } = RLP.decode(rest, true)
    const [header, transactions] = data as Nested[] as [Nested[], Nested[]]
    const encodings = transactions.map((item) => (item instanceof Uint8Array ? item : RLP.encode(item)))
    blocks.push({ headerRlp: RLP.encode(header), transactions: encodings })
    rest = remainder
  }
  return blocks
}

/** Answers of execution-apis' recorded JSON-RPC calls in a file. */
export function recordedResults<Result>(path: string): Result[] {
  const lines = corpusFile(`execution-apis/tests/${path}`).toString('utf8').split('\n')
  return lines.filter((line) => line.startsWith('<< ')).map((line) => JSON.parse(line.slice(3)).result)
}
