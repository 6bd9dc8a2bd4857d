import type { Rpc } from '../../src/index.ts'

/** A JSON-RPC answer. */
export interface Answer {
  readonly jsonrpc: string
  readonly id: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** Sends text to the server without a socket; the parsed answer. Throws when there is none. */
export async function send(rpc: Rpc, text: string): Promise<Answer & Answer[]> {
  const answer = await rpc.dispatcher.handle(text, {})
  if (answer === undefined) throw new Error('no answer')
  return JSON.parse(answer)
}

/** Result of a call. Throws the error object that came instead. */
export async function request<T = unknown>(rpc: Rpc, method: string, ...params: unknown[]): Promise<T> {
  const answer = await send(rpc, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
  if (answer.error !== undefined) throw answer.error
  return answer.result as T
}

/** The error of a call. Throws when it succeeds. */
export async function failure(rpc: Rpc, method: string, ...params: unknown[]): Promise<NonNullable<Answer['error']>> {
  const answer = await send(rpc, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
  if (answer.error === undefined) throw new Error(`${method} succeeded: ${JSON.stringify(answer.result)}`)
  return answer.error
}
