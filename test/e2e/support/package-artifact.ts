import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Abi, Hex } from 'viem'
import type { Compiled } from './compile.ts'

const packages = join(import.meta.dirname, '../../../node_modules')

/** A contract as its publisher compiled it: an artifact inside an npm package. Throws when it holds no code. */
export function packageArtifact(path: string): Compiled {
  const { abi, bytecode } = JSON.parse(readFileSync(join(packages, path), 'utf8')) as {
    readonly abi: Abi
    readonly bytecode: string
  }
  if (bytecode.length <= 2) throw new Error(`${path} holds no code`)
  return { abi, bytecode: (bytecode.startsWith('0x') ? bytecode : `0x${bytecode}`) as Hex }
}
