import { healthSection, logSection, secret } from '@crema/service-kit'
import { z } from 'zod'
import { faultSchema } from './faults/switches.ts'

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be 20 bytes of hex')
const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 32 bytes of hex')
const positive = z.number().int().positive()

/** Well-known mnemonic of development chains; its keys protect nothing. */
export const devnetMnemonic = 'test test test test test test test test test test test junk'

/** Configuration of the dev sequencer; sources and names: service-kit. */
export const sequencerConfig = z.object({
  log: logSection,
  health: healthSection,
  dataDir: z.string().describe('Folder of the log; created when missing.'),
  host: z.string().default('127.0.0.1').describe('Address the API listens on.'),
  port: z.number().int().min(0).max(65535).default(9750).describe('Port of the API; 0 takes a free one.'),
  blockTimeMs: z
    .number()
    .int()
    .min(0)
    .default(1_000)
    .describe('Milliseconds between blocks; 0: a block as soon as something waits.'),
  lanes: z
    .array(z.string().regex(/^\d+=0x[0-9a-fA-F]{40}$/, 'must be lane=inbox'))
    .min(1)
    .describe('Lanes and the Inboxes they are bound to, each `chainId=0x…`.'),
  committee: z.object({
    mnemonic: secret(z.string(), 'BIP-39 mnemonic of the members; default: the well-known one of devnets.').optional(),
    keysFile: z.string().optional().describe('File with one private key a line, instead of the mnemonic.'),
    count: z.number().int().min(1).max(256).default(4).describe('Members derived from the mnemonic.'),
    firstIndex: z.number().int().min(0).default(0).describe("First member's index below m/44'/60'/0'/1."),
  }),
  l1: z.object({
    rpcUrl: z.url().describe('JSON-RPC endpoint of L1.'),
    origin: z
      .enum(['finalized', 'latest-minus-1'])
      .default('finalized')
      .describe('L1 block that headers name; `latest-minus-1` is for devnets.'),
    pollMs: positive.default(1_000).describe('Milliseconds between looks at L1.'),
  }),
  set: z
    .object({
      id: hash.optional().describe('Sequencer set.'),
      epoch: z.bigint().default(0n).describe('Epoch to sign in.'),
      registry: address.optional().describe('Committee registry on L1.'),
      l1ChainId: z.bigint().optional().describe('Chain id of L1.'),
      originNumber: z.bigint().optional().describe('L1 block that headers name until L1 has a later one.'),
      originHash: hash.optional().describe('Its hash.'),
    })
    .describe("All of it or nothing: by default it is read from the first lane's Inbox."),
  pool: z.object({
    maxCount: positive.default(20_000).describe('Transactions that wait in one lane at most.'),
    maxBytes: positive.default(32 * 2 ** 20).describe('Bytes that wait in one lane at most.'),
  }),
  quota: z.object({
    bytesPerWindow: positive.default(4 * 2 ** 20).describe('Bytes one sender may submit to a lane in a window.'),
    windowMs: positive.default(10_000).describe('Length of the window in milliseconds.'),
  }),
  orderAgainMs: z
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe('Milliseconds until what was ordered may be ordered once more; doubles each time.'),
  recentTransactions: positive.default(100_000).describe('Ordered transactions whose place is remembered.'),
  faults: z.object({
    port: z
      .number()
      .int()
      .min(0)
      .max(65535)
      .optional()
      .describe('Port on 127.0.0.1 of the fault switches (tests only); absent turns them off.'),
    initial: z.string().default('{}').describe('Faults in force at the start, as JSON.'),
  }),
})

export type SequencerConfig = z.output<typeof sequencerConfig>

/** Faults to start with, or undefined when fault switches are off. @throws ZodError, SyntaxError. */
export function initialFaults({ faults }: SequencerConfig) {
  return faults.port === undefined ? undefined : faultSchema.parse(JSON.parse(faults.initial))
}
