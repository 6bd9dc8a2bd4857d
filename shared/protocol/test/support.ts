import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeAbiParameters, keccak256, parseAbiParameters, toHex } from 'viem'
import type { Hash } from '../src/index.ts'

/** A value of a vector file; its shape is the file's. */
// biome-ignore lint/suspicious/noExplicitAny: tests read JSON of known shape
export type Json = any

/** A committed vector file. */
export function readVectors(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'))
}

/** Rows of a vector table, one object for each; numbered columns become arrays again. */
export function rowsOf(table: Record<string, unknown> & { count: number }): Json[] {
  return Array.from({ length: table.count }, (_, i) => {
    const row: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(table)) {
      const numbered = /^(.*?)(\d+)$/.exec(key)
      if (numbered && Number(numbered[2]) === i) row[numbered[1]!] = value
      else if (Array.isArray(value) && !numbered) row[key] = value[i]
    }
    return row
  })
}

/** A file of the public test corpora: `CREMA_VECTORS`, or `../shared/vectors` beside the repository. Absent: a clear failure. */
export function corpusFile(path: string): Buffer {
  const root = process.env.CREMA_VECTORS ?? new URL('../../../../shared/vectors', import.meta.url).pathname
  const file = join(root, path)
  if (!existsSync(file))
    throw new Error(`test corpus missing: ${file}; set CREMA_VECTORS to the directory that holds ${path}`)
  return readFileSync(file)
}

/** The definition of docs/protocol/hashing.md by viem: keccak256(abi.encode(tag, words)). */
export function oracleHash(name: string, types: string, values: readonly unknown[]): Hash {
  const parameters = parseAbiParameters(`bytes32 tag${types === '' ? '' : `, ${types}`}`)
  return keccak256(encodeAbiParameters(parameters, [keccak256(toHex(`crema.${name}.v1`)), ...values] as never))
}

/** Inner node by viem. */
export function oracleNode(left: Hash, right: Hash): Hash {
  return oracleHash('node', 'bytes32, bytes32', [left, right])
}

/** Root of leaves padded with empty subtrees to `depth` levels, by viem and by definition. */
export function oracleRoot(leaves: readonly Hash[], depth: number): Hash {
  let level = [...leaves]
  let empty: Hash = `0x${'00'.repeat(32)}`
  for (let height = 0; height < depth; height++) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) =>
      oracleNode(level[2 * i]!, level[2 * i + 1] ?? empty),
    )
    empty = oracleNode(empty, empty)
  }
  return level[0] ?? empty
}
