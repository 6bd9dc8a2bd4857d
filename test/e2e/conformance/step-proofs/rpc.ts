/** JSON-RPC over HTTP without a client library's conversions: batches are megabytes. */
export interface Rpc {
  call<T>(method: string, params: readonly unknown[]): Promise<T>
  /** Waits until the server answers. Throws after 20 s. */
  ready(): Promise<void>
}

/** Error that the server answered with; `data` is what a call reverted with. */
export class RpcCallError extends Error {
  readonly data: string | undefined

  constructor(message: string, data: string | undefined) {
    super(message)
    this.name = 'RpcCallError'
    this.data = data
  }
}

interface Answer<T> {
  readonly result?: T
  readonly error?: { readonly message: string; readonly data?: string }
}

export function createRpc(url: string): Rpc {
  async function call<T>(method: string, params: readonly unknown[]): Promise<T> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const answer = (await response.json()) as Answer<T>
    if (answer.error !== undefined) throw new RpcCallError(answer.error.message, answer.error.data)
    return answer.result as T
  }
  return {
    call,
    async ready() {
      const deadline = Date.now() + 20_000
      for (;;) {
        try {
          await call('eth_chainId', [])
          return
        } catch (error) {
          if (Date.now() > deadline) throw error
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
    },
  }
}
