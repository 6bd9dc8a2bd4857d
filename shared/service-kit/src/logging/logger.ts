import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { redactUrls } from './redact-urls.ts'

/** Logger of all services: pino's interface, `logger.info({ fields }, 'message')`. */
export type Logger = PinoLogger

/** Levels, least severe first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

/** Options of `createLogger`. */
export interface LoggerOptions {
  readonly service: string
  readonly level?: LogLevel
  /** `auto`, the default, is pretty when standard output is a terminal. */
  readonly format?: 'auto' | 'json' | 'pretty'
  /** Where lines go; default standard output, written synchronously so that the last line before an exit is not lost. */
  readonly destination?: DestinationStream
}

/** Keys whose values never reach a log, up to two objects deep. */
const secretKeys = [
  'privateKey',
  'mnemonic',
  'password',
  'passphrase',
  'secret',
  'authorization',
  'Authorization',
  'jwt',
]
const redactPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

function standardOutput(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true })
  // A reader that went away (EPIPE) must not take the service with it.
  stream.on('error', () => {})
  return stream
}

/** Formats each line at once, in the caller's turn: pino-pretty's own stream is asynchronous and loses the last ones. */
function prettyStream(out: DestinationStream): DestinationStream {
  const format = prettyFactory({
    colorize: process.stdout.isTTY === true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  })
  return { write: (line) => out.write(format(line)) }
}

/** Creates the root logger. Errors go under `err` or `cause` with `code` and `details`; bigints print as decimals. */
export function createLogger({ service, level = 'info', format = 'auto', destination }: LoggerOptions): Logger {
  const out = destination ?? standardOutput()
  const isPretty =
    format === 'pretty' || (format === 'auto' && destination === undefined && process.stdout.isTTY === true)
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err, cause: pino.stdSerializers.err },
      hooks: { streamWrite: redactUrls },
      redact: { paths: redactPaths, censor: '[redacted]' },
    },
    isPretty ? prettyStream(out) : out,
  )
}
