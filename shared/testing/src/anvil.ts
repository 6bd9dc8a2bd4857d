import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createL1Client, type L1Client } from '@crema/l1'
import { foundryBinary } from './foundry-binary.ts'
import { freePort } from './free-port.ts'
import { polledReceipts } from './polled-receipts.ts'

/** How an anvil is started. */
export interface AnvilOptions {
  readonly port?: number
  readonly chainId?: number
  /** File that keeps the chain between runs. */
  readonly statePath?: string
  readonly logPath?: string
  /** Seconds between blocks; undefined mines each transaction at once. */
  readonly blockTime?: number
}

/** A running anvil with its accounts from the well-known test mnemonic. */
export interface Anvil {
  readonly url: string
  readonly port: number
  readonly client: L1Client
  readonly process: ChildProcess
  /** Sends SIGINT, so that the state is written, and waits for the end. */
  stop(): Promise<void>
}

/** Every anvil that runs now. */
const alive = new Set<ChildProcess>()

/** Kills every anvil that this process started; their last blocks may be lost. */
export function killAnvils(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** Starts anvil with one slot an epoch, so that `safe` and `finalized` follow the head. Throws when it does not come up in 20 s. */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const port = options.port ?? (await freePort())
  const args = ['--port', String(port), '--slots-in-an-epoch', '1', '--accounts', '20']
  if (options.chainId !== undefined) args.push('--chain-id', String(options.chainId))
  if (options.blockTime !== undefined) args.push('--block-time', String(options.blockTime))
  if (options.statePath !== undefined) {
    args.push('--state', options.statePath, '--state-interval', '5', '--preserve-historical-states')
  }
  // A group of its own: Ctrl-C in a terminal reaches the parent alone, and anvil must be the last to stop.
  const child = spawn(foundryBinary('anvil'), args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  if (options.logPath === undefined) {
    child.stdout.resume()
    child.stderr.resume()
  } else {
    const log = createWriteStream(options.logPath, { flags: 'a' })
    child.stdout.pipe(log)
    child.stderr.pipe(log)
  }
  alive.add(child)
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      alive.delete(child)
      resolve()
    }),
  )
  const url = `http://127.0.0.1:${port}`
  const client = polledReceipts(createL1Client({ url }))
  const deadline = Date.now() + 20_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`anvil ended with ${child.exitCode}`)
    try {
      await client.getChainId()
      break
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    url,
    port,
    client,
    process: child,
    stop: async () => {
      child.kill('SIGINT')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}
