import type { RollupConfig } from '@crema/protocol'
import { keyPath, type roles } from './create-network.ts'
import type { NetworkFiles } from './network-files.ts'
import type { NetworkParameters } from './parameters.ts'
import type { ServiceSpec } from './service-process.ts'

/** Ports of a network on loopback. */
export interface NetworkPorts {
  readonly l1: number
  readonly sequencer: number
  readonly rpc: number
  /** Fault switches of the sequencer; undefined turns them off. */
  readonly faults: number | undefined
  readonly health: Readonly<Record<'sequencer' | 'poster' | 'secondPoster' | 'proposer' | 'challenger' | 'rpc', number>>
}

export type ServiceName = keyof NetworkPorts['health']

/** What the specs are made from. */
export interface SpecInput {
  readonly config: RollupConfig
  readonly files: NetworkFiles
  readonly parameters: NetworkParameters
  readonly ports: NetworkPorts
}

const url = (port: number): string => `http://127.0.0.1:${port}`

/** How each service of a network is started. */
export function serviceSpec(name: ServiceName, input: SpecInput): ServiceSpec {
  const { files, ports } = input
  return {
    name,
    main: mains[name],
    flags: [...common(name, input), ...flags[name](input)],
    logPath: files.log(name),
    readyUrl: `${url(ports.health[name])}/ready`,
  }
}

/** Somebody who lies about one assertion. */
export interface EvilOptions {
  /** A proposer asserts the wrong state first; a challenger puts it beside a right assertion. */
  readonly role: 'proposer' | 'challenger'
  /** `block:N`, `tx:N`, `step:N`; empty: the first transaction. */
  readonly lie: string
  /** How many lie, each another lie with another stake. */
  readonly players: number
}

/** First account of those who lie; anvil funds some of them, the others fund themselves. */
export const EVIL_ACCOUNT = 11

/** How the process of those who lie is started. */
export function evilSpec(input: SpecInput, { role, lie, players }: EvilOptions, healthPort: number): ServiceSpec {
  const { files, ports } = input
  return {
    name: 'evil',
    main: 'test/e2e/devnet/evil-main.ts',
    flags: [
      ...['--rollup', files.rollup, '--data-dir', files.data('evil')],
      ...['--l1-url', url(ports.l1), '--sequencer-url', url(ports.sequencer)],
      ...['--health-port', String(healthPort), '--account', String(EVIL_ACCOUNT)],
      ...['--role', role, '--lie', lie, '--players', String(players)],
    ],
    logPath: files.log('evil'),
    readyUrl: `${url(healthPort)}/ready`,
  }
}

const mains: Readonly<Record<ServiceName, string>> = {
  sequencer: 'services/sequencer/src/main.ts',
  poster: 'services/sequencer/src/poster-main.ts',
  secondPoster: 'services/sequencer/src/poster-main.ts',
  proposer: 'services/proposer/src/main.ts',
  challenger: 'services/challenger/src/main.ts',
  rpc: 'services/rpc/src/main.ts',
}

const common = (name: ServiceName, { files, ports }: SpecInput): string[] => [
  ...['--data-dir', files.data(name)],
  ...['--l1.rpc-url', url(ports.l1)],
  ...['--health.port', String(ports.health[name])],
]

const node = ({ files, ports }: SpecInput): string[] => [
  ...['--rollup', files.rollup],
  ...['--l1.poll-ms', '250'],
  ...['--sequencer.url', url(ports.sequencer)],
  ...['--sequencer.poll-ms', '250'],
  ...['--sequencer.timeout-ms', '5000'],
]

const signer = (files: NetworkFiles, role: keyof typeof roles): string[] => [
  ...['--signer.private-key-file', keyPath(files, role)],
  ...['--tx.confirmations', '2'],
  ...['--tx.resubmit-ms', '3000'],
]

const posterFlags = (input: SpecInput, role: 'poster' | 'secondPoster'): string[] => [
  ...['--inbox', input.config.l1Contracts.inbox],
  ...['--sequencer.url', url(input.ports.sequencer)],
  ...['--l1.poll-ms', '250'],
  ...['--batch.max-delay-ms', '500'],
  ...['--heartbeat-after-ms', '1000'],
  ...signer(input.files, role),
]

const playing = ({ files }: SpecInput): string[] => [
  ...['--challenger.spread-ms', '1000', '--tx.poll-ms', '250'],
  ...signer(files, 'challenger'),
]

const flags: Readonly<Record<ServiceName, (input: SpecInput) => string[]>> = {
  sequencer: ({ config, parameters, ports }) => [
    ...['--port', String(ports.sequencer)],
    ...['--block-time-ms', String(parameters.blockTimeMs)],
    ...['--lanes', `${config.l2.chainId}=${config.l1Contracts.inbox}`],
    ...['--committee.count', String(parameters.committeeSize)],
    ...['--l1.poll-ms', '250'],
    ...(ports.faults === undefined ? [] : ['--faults.port', String(ports.faults)]),
  ],
  poster: (input) => posterFlags(input, 'poster'),
  secondPoster: (input) => posterFlags(input, 'secondPoster'),
  proposer: (input) => [
    ...node(input),
    ...signer(input.files, 'proposer'),
    ...['--tx.poll-ms', '250'],
    ...['--proposer.interval-seconds', String(input.parameters.assertionInterval)],
    ...['--proposer.poll-ms', '500'],
  ],
  challenger: (input) => [
    ...node(input),
    ...['--challenger.poll-ms', '500', '--challenger.mode', input.parameters.challengerMode],
    ...(input.parameters.challengerMode === 'watch' ? [] : playing(input)),
  ],
  rpc: (input) => [...node(input), ...['--rpc.port', String(input.ports.rpc)], ...['--rpc.assertions-poll-ms', '500']],
}
