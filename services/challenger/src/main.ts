import { runMain } from '@crema/service-kit'
import { helpText, isCommand, runCommand } from './cli/run-command.ts'
import { challengerConfig } from './config.ts'
import { startChallenger } from './start.ts'

const argv = process.argv.slice(2)
if (isCommand(argv[0])) process.exitCode = await runCommand(argv, process.env)
else {
  if (argv.includes('--help') || argv.includes('-h')) process.stdout.write(`${helpText()}\n`)
  await runMain({ name: 'challenger', version: '0.1.0', schema: challengerConfig, start: startChallenger }, argv)
}
