import { healthSection, logSection, signerSection } from '@crema/service-kit'
import { z } from 'zod'

const positive = z.number().int().positive()

/** Configuration of the batch poster; sources and names: service-kit. */
export const posterConfig = z.object({
  log: logSection,
  health: healthSection,
  signer: signerSection,
  dataDir: z.string().describe('Folder of `intents.sqlite`; created when missing.'),
  inbox: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, 'must be 20 bytes of hex')
    .describe('Inbox to post to.'),
  sequencer: z.object({
    url: z.url().describe("Base address of the sequencer's API."),
  }),
  l1: z.object({
    rpcUrl: z.url().describe('JSON-RPC endpoint of L1.'),
    origin: z
      .enum(['finalized', 'latest-minus-1'])
      .default('finalized')
      .describe('As the sequencer has it: up to which L1 block deposits can be included.'),
    pollMs: positive.default(1_000).describe('Milliseconds between looks at L1.'),
  }),
  batch: z.object({
    maxBytes: positive.max(122_880).default(100_000).describe('Calldata of one transaction; one block may exceed it.'),
    maxBlocks: positive.max(1_000).default(96).describe('Blocks of one transaction.'),
    maxDelayMs: z.number().int().min(0).default(6_000).describe('Milliseconds that blocks wait for a batch to fill.'),
    feePatienceMs: positive
      .default(120_000)
      .describe('Milliseconds that the fee limit may hold a batch up until it is halved.'),
    giveUpMs: positive
      .default(900_000)
      .describe('Milliseconds after which a batch that is not on L1 is given up and made anew.'),
  }),
  heartbeatAfterMs: z
    .number()
    .int()
    .min(0)
    .default(4_000)
    .describe('Milliseconds that deposits wait for a block before a heartbeat is asked for.'),
  tx: z.object({
    confirmations: positive.default(10).describe('L1 blocks until a transaction counts as final.'),
    resubmitMs: positive.default(48_000).describe('Milliseconds without inclusion after which fees are bumped.'),
    maxFeeCapWei: z.bigint().default(1_000_000_000_000n).describe('Largest fee cap in wei per gas.'),
    maxCostWei: z
      .bigint()
      .default(1_000_000_000_000_000_000n)
      .describe('Most that one transaction may cost, in wei; a node refuses more than its own cap (geth: 1 ether).'),
  }),
})

export type PosterConfig = z.output<typeof posterConfig>
