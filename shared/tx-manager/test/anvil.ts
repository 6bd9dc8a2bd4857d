import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { createPublicClient, type Hex, http } from 'viem'

/** Anvil's development accounts, from its published test mnemonic. */
export const devMnemonic = 'test test test test test test test test test test test junk'

type Request = (method: string, ...params: readonly unknown[]) => Promise<unknown>

/** A running anvil. */
export interface Anvil {
  readonly url: string
  readonly rpc: Request
  /** Mines so many blocks. */
  mine(blocks?: number): Promise<void>
  /** Fresh account with a balance in wei. */
  fund(address: Hex, wei: bigint): Promise<void>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The platform's binary of the `@foundry-rs/anvil` package. */
export function anvilBinary(): string {
  const require = createRequire(import.meta.url)
  return require.resolve(
    `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`,
  )
}

/** A viem client without cache and retries, as the manager wants it. */
export const clientOf = (url: string) => createPublicClient({ transport: http(url, { retryCount: 0 }), cacheTime: 0 })

/** Starts anvil on a free port and waits until it answers. */
export async function startAnvil(...args: readonly string[]): Promise<Anvil> {
  const port = await freePort()
  const child: ChildProcess = spawn(anvilBinary(), ['--port', String(port), '--silent', ...args], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const client = clientOf(url)
  const rpc: Request = (method, ...params) => client.request({ method, params } as never)
  for (let tries = 0; ; tries++) {
    try {
      await rpc('eth_chainId')
      break
    } catch (error) {
      if (tries > 200 || child.exitCode !== null) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return {
    url,
    rpc,
    mine: async (blocks = 1) => void (await rpc('anvil_mine', `0x${blocks.toString(16)}`)),
    fund: async (address, wei) => void (await rpc('anvil_setBalance', address, `0x${wei.toString(16)}`)),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
