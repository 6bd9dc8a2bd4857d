import { CremaError } from '@crema/protocol'
import { ConfigError, exitCodeOf, exitCodes, loadConfig } from '@crema/service-kit'
import { type ChallengerConfig, challengerConfig } from '../config.ts'
import { claim } from './commands/claim.ts'
import { clocks } from './commands/clocks.ts'
import { credits } from './commands/credits.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { listAssertions } from './commands/list-assertions.ts'
import { listCommitments } from './commands/list-commitments.ts'
import { listDuels } from './commands/list-duels.ts'
import { move } from './commands/move.ts'
import { settle } from './commands/settle.ts'
import { showAssertion } from './commands/show-assertion.ts'
import { showDuel } from './commands/show-duel.ts'
import { completeIds } from './complete-ids.ts'
import { usage } from './errors.ts'
import { toJson, toText } from './format.ts'
import { type ParsedCommand, parseCommand } from './parse-command.ts'

interface Command {
  readonly operands: readonly string[]
  readonly help: string
  readonly run: (config: ChallengerConfig, operands: readonly string[]) => Promise<unknown>
}

/** Commands of the challenger beside the service itself. */
const commands: Readonly<Record<string, Command>> = {
  'list-assertions': { operands: [], help: 'assertions on L1 with their fates', run: listAssertions },
  'show-assertion': { operands: ['ID'], help: 'one assertion, its siblings, commitments, windows', run: showAssertion },
  'list-commitments': { operands: [], help: 'committed traces', run: listCommitments },
  'list-duels': { operands: [], help: 'pairs of commitments and whose turn it is', run: listDuels },
  'show-duel': { operands: ['OLDER', 'NEWER'], help: 'one pair with its moves', run: showDuel },
  clocks: { operands: [], help: 'what runs out, the next first', run: clocks },
  credits: { operands: ['ADDRESS'], help: 'what an account is owed and has at stake', run: credits },
  explain: { operands: ['ID'], help: 'the decision about an assertion with its evidence', run: explain },
  move: { operands: ['OLDER', 'NEWER'], help: 'make the right move of a duel', run: move },
  settle: { operands: ['ID'], help: 'confirm a rivalled assertion that won', run: settle },
  claim: { operands: [], help: 'mark and resolve what is decided, take home credits, bonds and stakes', run: claim },
  doctor: { operands: [], help: 'check all that disputes depend on', run: doctor },
}

/** Whether a command line's first word names a command, there or not; without one, and for those that every service has, the service itself is meant. */
export const isCommand = (word: string | undefined): boolean =>
  word !== undefined && !word.startsWith('-') && word !== 'config'

/** Where a command writes. */
export interface CommandOutput {
  out(text: string): void
  err(text: string): void
}

const standard: CommandOutput = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

/** Runs one command and returns the exit code: 0, 1 for what needs a person, 75 for what may succeed later. Never throws for what went wrong outside of it. */
export async function runCommand(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  { out, err }: CommandOutput = standard,
): Promise<number> {
  const parsed = parseCommand(argv)
  try {
    if (parsed.help) {
      out(helpText())
      return exitCodes.clean
    }
    const result = await runParsed(parsed, env)
    out(`${parsed.json ? toJson(result) : toText(result)}\n`)
    return exitCodes.clean
  } catch (error) {
    err(`${parsed.json ? toJson({ error: describeError(error) }, 0) : textOf(error)}\n`)
    return error instanceof ConfigError ? exitCodes.fatal : exitCodeOf(error)
  }
}

async function runParsed({ name, operands, flags }: ParsedCommand, env: NodeJS.ProcessEnv): Promise<unknown> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw usage(`there is no command ${name}; there are: ${Object.keys(commands).join(', ')}`)
  if (operands.length !== command.operands.length) {
    throw usage(`usage: challenger ${[name, ...command.operands].join(' ')} [--json] [options]`)
  }
  const { config } = loadConfig({ service: 'challenger', schema: challengerConfig, argv: flags, env })
  return command.run(config, await completeIds(config, command.operands, operands))
}

/** All commands, a line each. */
export function helpText(): string {
  const rows = Object.entries(commands).map(([name, { operands, help }]) => {
    return `  ${[name, ...operands].join(' ').padEnd(28)} ${help}`
  })
  return `challenger COMMAND [--json] [options of the service]\n\n${rows.join('\n')}\n\nOf ID, OLDER and NEWER the first 8 hex digits are enough.\n`
}

function describeError(error: unknown) {
  if (error instanceof CremaError) {
    const { code, message, details, retryable } = error
    return { code, message, details, retryable }
  }
  const code = error instanceof ConfigError ? 'config' : 'unexpected'
  return { code, message: error instanceof Error ? error.message : String(error), retryable: false }
}

function textOf(error: unknown): string {
  const { code, message, ...rest } = describeError(error)
  const details = 'details' in rest && Object.keys(rest.details).length > 0 ? `\n${toText(rest.details)}` : ''
  return `challenger: ${message} (${code})${details}`
}
