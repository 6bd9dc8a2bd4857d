import { z } from 'zod'
import { secret } from './secret.ts'

/** `log.*`: how a service logs. */
export const logSection = z.object({
  level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('Least severe level shown; SIGUSR2 cycles it.'),
  format: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .describe('`auto` is pretty on a terminal and JSON elsewhere.'),
})

/** `health.*`: the operators' HTTP server. */
export const healthSection = z.object({
  host: z.string().default('127.0.0.1').describe('Address the health server listens on.'),
  port: z
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('Port of /health, /ready, /status and /metrics; 0 takes a free one; absent turns the server off.'),
})

/** `signer.*`: the one key a service signs L1 transactions with; exactly one kind must be given. */
export const signerSection = z
  .object({
    privateKey: secret(
      z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits'),
      'Private key.',
    ).optional(),
    mnemonic: secret(z.string(), 'BIP-39 mnemonic.').optional(),
    hdPath: z
      .string()
      .regex(/^m(\/\d+'?)*$/)
      .default("m/44'/60'/0'/0/0")
      .describe('BIP-32 path used with the mnemonic.'),
    keystore: z.string().optional().describe('Path of a keystore v3 (Web3 Secret Storage) file.'),
    password: secret(z.string(), 'Password of the keystore.').optional(),
    remoteUrl: z.url().optional().describe('JSON-RPC endpoint that answers eth_signTransaction.'),
    remoteAddress: z
      .string()
      .regex(/^0x[0-9a-fA-F]{40}$/)
      .optional()
      .describe('Account the remote signer signs for.'),
    remoteHeaders: secret(
      z.array(z.string().regex(/^[^:\s]+: .+/, 'must be "Name: value"')),
      'HTTP headers for the remote signer, each `Name: value`.',
    ).default([]),
  })
  .superRefine((value, context) => {
    const kinds = [value.privateKey, value.mnemonic, value.keystore, value.remoteUrl].filter(
      (item) => item !== undefined,
    )
    const fail = (message: string) => context.addIssue({ code: 'custom', message })
    if (kinds.length !== 1) fail('give exactly one of privateKey, mnemonic, keystore and remoteUrl')
    if (value.keystore !== undefined && value.password === undefined) fail('keystore needs password')
    if (value.remoteUrl !== undefined && value.remoteAddress === undefined) fail('remoteUrl needs remoteAddress')
  })

/** How old L1's newest block may be; for services that stake by what L1 holds. */
export const maxL1AgeSeconds = z
  .number()
  .int()
  .min(1)
  .default(300)
  .describe(
    "Seconds that L1's newest block may be behind this machine's clock. Beyond them the endpoint stands still: a critical alert, and the service is not ready.",
  )
