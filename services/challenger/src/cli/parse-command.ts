import type { Address, Hash } from '@crema/protocol'
import { usage } from './errors.ts'

/** A command line taken apart. */
export interface ParsedCommand {
  readonly name: string
  /** Words behind the name. */
  readonly operands: readonly string[]
  readonly json: boolean
  readonly help: boolean
  /** Flags of the configuration, as the service takes them. */
  readonly flags: readonly string[]
}

/** Takes the name, its words up to the first flag, and `--json` out of a command line; all else is configuration. */
export function parseCommand([name = '', ...rest]: readonly string[]): ParsedCommand {
  const others = rest.filter((word) => word !== '--json' && word !== '--help' && word !== '-h')
  const firstFlag = others.findIndex((word) => word.startsWith('-'))
  const end = firstFlag === -1 ? others.length : firstFlag
  return {
    name,
    operands: others.slice(0, end),
    flags: others.slice(end),
    json: rest.includes('--json'),
    help: rest.includes('--help') || rest.includes('-h'),
  }
}

/** The operand as a hash of 32 bytes. Throws `CliError` `cli.usage`. */
export function hashOperand(operands: readonly string[], at: number, name: string): Hash {
  const word = operands[at]
  if (word !== undefined && /^0x[0-9a-fA-F]{64}$/.test(word)) return word.toLowerCase() as Hash
  throw usage(`${name} must be 0x and 64 hex digits, or the first 8 or more of them`, { given: word })
}

/** The operand as an address. Throws `CliError` `cli.usage`. */
export function addressOperand(operands: readonly string[], at: number, name: string): Address {
  const word = operands[at]
  if (word !== undefined && /^0x[0-9a-fA-F]{40}$/.test(word)) return word.toLowerCase() as Address
  throw usage(`${name} must be 0x and 40 hex digits`, { given: word })
}
