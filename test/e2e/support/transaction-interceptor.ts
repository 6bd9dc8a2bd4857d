import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hex } from 'viem'

/** What happens to a signed transaction on its way to L1: lost, delivered without an answer, or delivered as usual. */
export type Interception = 'swallow' | 'deliver' | 'pass'

/** A way to L1 that can lose signed transactions, or the answers to them. */
export interface TransactionInterceptor {
  readonly port: number
  /**
   * Intercepts the next signed transaction for which `wanted` is true, and everything signed after it; `first` runs before
   * anything else happens to it. Resolves with it when that is done. What comes after one that is delivered is lost.
   */
  intercept(how: Interception, wanted: (raw: Hex) => boolean, first?: () => Promise<void>): Promise<Hex>
  /** Lets everything through again. */
  release(): void
  close(): Promise<void>
}

interface Rule {
  readonly how: Interception
  readonly wanted: (raw: Hex) => boolean
  readonly first: () => Promise<void>
  readonly caught: PromiseWithResolvers<Hex>
  on: boolean
}

interface Call {
  readonly method?: string
  readonly params?: readonly unknown[]
}

/** Listens on a free port of loopback and forwards to L1 at `target`. */
export async function startTransactionInterceptor(target: string): Promise<TransactionInterceptor> {
  let rule: Rule | undefined

  const forward = async (body: string): Promise<string> =>
    (await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text()

  /** The signed transaction in a request that the rule is about. */
  function intercepted(
    active: Rule | undefined,
    body: string,
  ): { readonly raw: Hex; readonly isFirst: boolean } | undefined {
    if (active === undefined) return undefined
    const { method, params } = JSON.parse(body) as Call
    if (method !== 'eth_sendRawTransaction') return undefined
    const raw = params?.[0] as Hex
    if (!active.on && !active.wanted(raw)) return undefined
    const isFirst = !active.on
    active.on = true
    return { raw, isFirst }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString()
      const answer = (text: string) => response.writeHead(200, { 'content-type': 'application/json' }).end(text)
      try {
        const active = rule
        const found = intercepted(active, body)
        if (found === undefined) {
          answer(await forward(body))
          return
        }
        const { how, first, caught } = active!
        await first()
        if (how === 'deliver' && found.isFirst) await forward(body)
        if (how === 'pass') answer(await forward(body))
        caught.resolve(found.raw)
      } catch {
        response.destroy()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    intercept: (how, wanted, first = async () => {}) => {
      rule = { how, wanted, first, caught: Promise.withResolvers(), on: false }
      return rule.caught.promise
    },
    release: () => {
      rule = undefined
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
