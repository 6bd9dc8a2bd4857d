import { setImmediate } from 'node:timers/promises'
import type { Caller, Method, RpcContext } from '../context.ts'
import { methodNotFound, RpcError, rpcError } from '../errors.ts'
import type { CallObserver, RpcLogger } from '../ports.ts'

/** Answers JSON-RPC messages, single or batch, whatever carries them. */
export interface Dispatcher {
  /** JSON of the answer; undefined when the message holds notifications alone. Never throws. */
  handle(text: string, caller: Caller): Promise<string | undefined>
}

/** Items of a batch that run at once. */
const batchWindow = 32

type Id = string | number | null

/** Makes a {@link Dispatcher} over `registry`. */
export function createDispatcher(
  context: RpcContext,
  registry: ReadonlyMap<string, Method>,
  logger: RpcLogger,
  onCall: CallObserver = () => {},
): Dispatcher {
  const { maxBatchItems, maxResponseSize, batchTimeout } = context.limits

  const invoke = async (method: string, params: unknown, caller: Caller): Promise<unknown> => {
    const run = registry.get(method)
    if (run === undefined) throw methodNotFound(method)
    if (params === undefined || params === null) return run(context, [], caller)
    if (!Array.isArray(params)) throw new RpcError(-32602, 'non-array args')
    return run(context, params, caller)
  }

  const answer = async (message: unknown, caller: Caller): Promise<string | undefined> => {
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      return failure(null, rpcError('invalidRequest'))
    }
    const { id, method, params, jsonrpc } = message as Readonly<Record<string, unknown>>
    if (id !== undefined && !isId(id)) return failure(null, rpcError('invalidRequest'))
    if (typeof method !== 'string' || (jsonrpc !== undefined && jsonrpc !== '2.0')) {
      return failure(id ?? null, rpcError('invalidRequest'))
    }
    const started = performance.now()
    const observe = (code: number) =>
      onCall(registry.has(method) ? method : 'unknown', code, (performance.now() - started) / 1000)
    try {
      const result = await invoke(method, params, caller)
      observe(0)
      if (id === undefined) return undefined
      const text = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${JSON.stringify(result ?? null)}}`
      return text.length > maxResponseSize ? failure(id, rpcError('responseTooLarge')) : text
    } catch (cause) {
      const error = clientError(cause, method, logger)
      observe(error.code)
      return id === undefined ? undefined : failure(id, error)
    }
  }

  const answerBatch = async (batch: readonly unknown[], caller: Caller): Promise<string | undefined> => {
    if (batch.length === 0) return failure(null, rpcError('emptyBatch'))
    if (batch.length > maxBatchItems)
      return failure(null, rpcError('batchTooLarge', `more than ${maxBatchItems} items`))
    const deadline = performance.now() + batchTimeout
    const answers: string[] = []
    let size = 0
    for (let start = 0; start < batch.length; start += batchWindow) {
      const window = batch.slice(start, start + batchWindow)
      const running: Promise<string | undefined>[] = []
      for (const item of window) {
        running.push(answerWithin(item, caller, size, deadline))
        // The node and other clients come in between.
        await setImmediate()
      }
      for (const [i, text] of (await Promise.all(running)).entries()) {
        if (text === undefined) continue
        size += text.length
        const refused = size > maxResponseSize ? refuse(window[i], rpcError('responseTooLarge')) : text
        if (refused !== undefined) answers.push(refused)
      }
    }
    return answers.length === 0 ? undefined : `[${answers.join(',')}]`
  }

  /** Once the answers so far are too large, or time is up, the rest of a batch is not run. */
  const answerWithin = async (item: unknown, caller: Caller, size: number, deadline: number) => {
    if (size > maxResponseSize) return refuse(item, rpcError('responseTooLarge'))
    return performance.now() > deadline ? refuse(item, rpcError('timeout')) : answer(item, caller)
  }

  return {
    async handle(text, caller) {
      let message: unknown
      try {
        message = JSON.parse(text)
      } catch {
        return failure(null, rpcError('parse'))
      }
      return Array.isArray(message) ? answerBatch(message, caller) : answer(message, caller)
    },
  }
}

function isId(id: unknown): id is Id {
  return id === null || typeof id === 'string' || typeof id === 'number'
}

function failure(id: Id, error: RpcError): string {
  const { code, message, data } = error
  return JSON.stringify({ jsonrpc: '2.0', id, error: data === undefined ? { code, message } : { code, message, data } })
}

/** Answer to an item of a batch that is not run; a notification gets none. */
function refuse(item: unknown, error: RpcError): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return failure(null, error)
  const { id } = item as Readonly<Record<string, unknown>>
  return id === undefined ? undefined : failure(isId(id) ? id : null, error)
}

/** What the client is told of an error; our own faults are logged and not described. */
function clientError(error: unknown, method: string, logger: RpcLogger): RpcError {
  if (error instanceof RpcError) return error
  if (error instanceof Error && 'code' in error && error.code === 'MISSING_STATE') return rpcError('prunedHistory')
  if (error instanceof Error && error.name === 'AbortError') return rpcError('timeout')
  logger.error({ err: error, method }, 'a method failed')
  return rpcError('internal')
}
