import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRollupConfig } from '@crema/protocol'
import { type ForcedRollup, freePort, testKey } from '@crema/testing'
import { createServiceProcess, type ServiceProcess } from '../../devnet/service-process.ts'

/** Services that play disputes with a key and a node of their own. */
export type HonestRole = 'challenger' | 'proposer'

const settings: Readonly<Record<HonestRole, readonly string[]>> = {
  challenger: ['--challenger.mode', 'full', '--challenger.poll-ms', '200', '--challenger.spread-ms', '0'],
  proposer: [
    ...['--proposer.interval-seconds', '0', '--proposer.poll-ms', '200'],
    ...['--defence.mode', 'resolve', '--defence.spread-ms', '0'],
  ],
}

/** Describes the service with account `index` in a process of its own that reaches L1 by `l1Url`; started again it is the same one. */
export async function honestService(
  { config, dir }: Pick<ForcedRollup, 'config' | 'dir'>,
  { role, index, l1Url, further = [] }: { role: HonestRole; index: number; l1Url: string; further?: readonly string[] },
): Promise<ServiceProcess> {
  const folder = join(dir, `${role}-${index}`)
  mkdirSync(folder, { recursive: true })
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const port = await freePort()
  return createServiceProcess({
    name: role,
    main: `services/${role}/src/main.ts`,
    flags: [
      ...['--rollup', file('rollup.json', encodeRollupConfig(config)), '--data-dir', join(folder, 'data')],
      ...['--l1.rpc-url', l1Url, '--l1.poll-ms', '100'],
      ...['--health.port', String(port), '--log.format', 'json'],
      ...['--signer.private-key-file', file('key', testKey(index))],
      ...['--tx.confirmations', '1', '--tx.poll-ms', '100', '--tx.resubmit-ms', '3000'],
      ...settings[role],
      ...further,
    ],
    logPath: join(folder, 'log'),
    readyUrl: `http://127.0.0.1:${port}/ready`,
  })
}

/** The service's own account of itself. */
export async function statusOf<T>({ spec }: ServiceProcess): Promise<T> {
  return (await (await fetch(spec.readyUrl.replace(/ready$/, 'status'))).json()) as T
}

/** What its dispute agent says of itself: a challenger calls it its disputes, a proposer its defence. */
export async function agentStatusOf<T>(service: ServiceProcess): Promise<T> {
  const { disputes, defence } = await statusOf<Partial<Record<'disputes' | 'defence', T>>>(service)
  return (disputes ?? defence)!
}
