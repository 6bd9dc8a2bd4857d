import type { RollupConfig } from '@crema/protocol'
import { type Anvil, freePort, startAnvil } from '@crema/testing'
import { createNetwork } from './create-network.ts'
import { type NetworkFiles, networkFiles } from './network-files.ts'
import { devnetParameters, type NetworkParameters } from './parameters.ts'
import { createServiceProcess, type ServiceProcess } from './service-process.ts'
import { type EvilOptions, evilSpec, type NetworkPorts, type ServiceName, serviceSpec } from './service-specs.ts'

export interface DevnetOptions {
  /** Folder of everything; an existing network goes on from there. */
  readonly root: string
  readonly parameters?: Partial<NetworkParameters>
  readonly ports?: NetworkPorts
  /** Services to start; default all but the second poster. */
  readonly services?: readonly ServiceName[]
  /** Starts somebody who lies, too. An evil proposer asserts first: the honest one is started once it has. */
  readonly evil?: EvilOptions
  /** Ends the start: what runs already is stopped, and the call throws. */
  readonly signal?: AbortSignal
  /** Told of each part as it comes up. */
  readonly onStarted?: (name: string) => void
}

/** A whole rollup in processes of their own, with its L1. */
export interface Devnet {
  readonly anvil: Anvil
  readonly config: RollupConfig
  readonly files: NetworkFiles
  readonly parameters: NetworkParameters
  readonly ports: NetworkPorts
  readonly urls: { readonly l1: string; readonly rpc: string; readonly sequencer: string }
  /** Every service, started or not. */
  readonly services: Readonly<Record<ServiceName, ServiceProcess>>
  /** Stops the services, then anvil, whose state is written. */
  stop(): Promise<void>
}

const names: readonly ServiceName[] = ['sequencer', 'poster', 'secondPoster', 'proposer', 'challenger', 'rpc']
const defaults: readonly ServiceName[] = ['sequencer', 'poster', 'proposer', 'challenger', 'rpc']

/** Ports that are free now, with the fault switches on. */
export async function freePorts(): Promise<NetworkPorts> {
  const ports = await Promise.all(Array.from({ length: 10 }, freePort))
  const [l1, sequencer, rpc, faults, ...health] = ports as [number, number, number, number, ...number[]]
  const healthPorts = Object.fromEntries(names.map((name, i) => [name, health[i]!])) as NetworkPorts['health']
  return { l1, sequencer, rpc, faults, health: healthPorts }
}

/** Starts a network: anvil, contracts, sequencer, poster, proposer, challenger and rpc. On a failure everything started is stopped. */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const parameters = { ...devnetParameters, ...options.parameters }
  const ports = options.ports ?? (await freePorts())
  const files = networkFiles(options.root)
  const anvil = await startAnvil({
    port: ports.l1,
    chainId: parameters.l1ChainId,
    statePath: files.l1State,
    logPath: files.log('l1'),
  })
  const started: ServiceProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()))
    await anvil.stop()
  }
  try {
    options.onStarted?.('L1')
    const config = await createNetwork(files, parameters, anvil)
    // Contracts go in as fast as they can; only then blocks come at their pace.
    await anvil.client.request({ method: 'evm_setIntervalMining' as never, params: [parameters.l1BlockTime] as never })
    options.onStarted?.('contracts')
    const services = Object.fromEntries(
      names.map((name) => [name, createServiceProcess(serviceSpec(name, { config, files, parameters, ports }))]),
    ) as Record<ServiceName, ServiceProcess>
    const wanted = options.services ?? defaults
    const isLate = (name: ServiceName): boolean => name === 'proposer' && options.evil?.role === 'proposer'
    const start = async (name: ServiceName): Promise<void> => {
      options.signal?.throwIfAborted()
      if (!wanted.includes(name)) return
      started.push(services[name])
      await services[name].start()
      options.onStarted?.(name)
    }
    const all = start('sequencer').then(() =>
      Promise.all(names.filter((name) => name !== 'sequencer' && !isLate(name)).map(start)),
    )
    await Promise.race([all, aborted(options.signal)])
    const at = (port: number): string => `http://127.0.0.1:${port}`
    if (options.evil !== undefined) {
      const healthPort = await freePort()
      const evil = createServiceProcess(evilSpec({ config, files, parameters, ports }, options.evil, healthPort))
      started.push(evil)
      await evil.start()
      options.onStarted?.('evil')
      if (options.evil.role === 'proposer') {
        void untilAsserted(at(healthPort), evil)
          .then(() => start('proposer'))
          .catch(() => {})
      }
    }
    const urls = { l1: at(ports.l1), rpc: at(ports.rpc), sequencer: at(ports.sequencer) }
    return {
      anvil,
      config,
      files,
      parameters,
      ports,
      urls,
      services,
      stop: () => stopAll([...new Set([...Object.values(services), ...started])], anvil),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Rejects when the signal aborts. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('stopped while starting')), { once: true })
  })
}

/** Waits until an evil proposer has asserted what is wrong. Throws when it ends. */
async function untilAsserted(url: string, evil: ServiceProcess): Promise<void> {
  for (;;) {
    const status = await fetch(`${url}/status`)
      .then((response) => response.json() as Promise<{ readonly asserted: boolean }>)
      .catch(() => undefined)
    if (status?.asserted === true) return
    if (!evil.running()) throw new Error('nobody lies any more')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function stopAll(services: readonly ServiceProcess[], anvil: Anvil): Promise<void> {
  await Promise.all(services.map((service) => service.stop()))
  await anvil.stop()
}
