import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import type { Abi, Hex } from 'viem'

/** A contract as clients want it. */
export interface Compiled {
  readonly abi: Abi
  readonly bytecode: Hex
}

interface Solc {
  compile(input: string, callbacks: { readonly import: (path: string) => { readonly contents: string } }): string
}

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>
}

const packages = join(import.meta.dirname, '../../../node_modules')

/** Compiles the contract that `path` (from this folder) is named after, with imports from npm packages. Throws the compiler's errors. */
export function compile(path: string): Compiled {
  // The package has no types and takes seconds to load: only a file that compiles pays for it.
  const solc = createRequire(import.meta.url)('solc') as Solc
  const file = basename(path)
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: readFileSync(join(import.meta.dirname, path), 'utf8') } },
    settings: {
      evmVersion: 'prague',
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  }
  const read = (imported: string) => ({ contents: readFileSync(join(packages, imported), 'utf8') })
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as Output
  const errors = output.errors?.filter(({ severity }) => severity === 'error') ?? []
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  const { abi, evm } = output.contracts![file]![basename(path, '.sol')]!
  return { abi, bytecode: `0x${evm.bytecode.object}` }
}
