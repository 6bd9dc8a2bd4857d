import { type Address, defineChain } from 'viem'
import { alloc } from './accounts.ts'
import { createTestRollup, type TestRollup } from './test-rollup.ts'

/** A test rollup behind a listening server, sealing a block as soon as something waits. */
export interface ServedRollup extends TestRollup {
  readonly url: string
  readonly wsUrl: string
  /** Chain object for viem. */
  readonly viemChain: ReturnType<typeof viemChain>
  stop(): Promise<void>
}

/** Milliseconds between looks for waiting transactions. */
const sealInterval = 25

/** Serves a new rollup on a free port. With `autoSeal` false, blocks are made by `seal` alone. */
export async function serveRollup(
  deps: Parameters<typeof createTestRollup>[1] = {},
  autoSeal = true,
): Promise<ServedRollup> {
  const rollup = await createTestRollup(alloc, deps)
  const server = await rollup.rpc.listen(0)
  let sealing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    sealing = sealing.then(async () => {
      const raws = rollup.sequencer.take()
      const heartbeat = rollup.sequencer.takeHeartbeat()
      if (raws.length > 0 || heartbeat) await rollup.seal({ raws })
    })
  }, sealInterval)
  if (!autoSeal) clearInterval(timer)
  return {
    ...rollup,
    url: server.url,
    wsUrl: server.url.replace('http', 'ws'),
    viemChain: viemChain(server.url),
    async stop() {
      clearInterval(timer)
      await sealing
      rollup.rpc.close()
      await server.close()
    },
  }
}

function viemChain(url: string) {
  return defineChain({
    id: 4_242,
    name: 'Crema test',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  })
}

/** Creation code that returns `runtime`. */
export function creation(runtime: Address | `0x${string}`): `0x${string}` {
  const size = ((runtime.length - 2) / 2).toString(16).padStart(2, '0')
  return `0x60${size}600c60003960${size}6000f3${runtime.slice(2)}`
}
