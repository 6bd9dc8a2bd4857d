import { badResponse, SequencerError, unreachable } from '../errors.ts'
import { parseError } from '../wire/error.ts'
import { readJson } from './read-body.ts'

/** How requests are sent. */
export interface Transport {
  /** Base address; paths are resolved below it. */
  readonly url: URL
  readonly fetch: typeof globalThis.fetch
  /** Time limit of a whole request, its body included, in milliseconds. */
  readonly timeoutMs: number
}

/** One request. */
export interface RequestOptions {
  /** Relative to the base, without a leading slash. */
  readonly path: string
  readonly post?: Uint8Array
  /** Largest answer that is read, in bytes. */
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends one request and returns the JSON of a 2xx answer, or undefined for a 404 whose code is in `absent`.
 * @throws SequencerError; the signal's reason when the caller aborts.
 */
export async function request(
  { url, fetch, timeoutMs }: Transport,
  { path, post, maxBytes, signal }: RequestOptions,
  absent: readonly string[] = [],
): Promise<unknown> {
  const target = new URL(path, url)
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(target, {
      method: post === undefined ? 'GET' : 'POST',
      redirect: 'error',
      headers: { accept: 'application/json', ...(post && { 'content-type': 'application/octet-stream' }) },
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
      ...(post && { body: post as Uint8Array<ArrayBuffer> }),
    })
    const body = await readJson(response, maxBytes, path)
    if (response.ok) return body
    const refusal = parseError(body)
    if (refusal && response.status === 404 && absent.includes(refusal.code)) return undefined
    throw statusError(path, response.status, body)
  } catch (error) {
    if (error instanceof SequencerError) throw error
    if (signal?.aborted) throw signal.reason
    throw unreachable(
      `${path}: ${limit.aborted ? `no answer in ${timeoutMs} ms` : 'connection failed'}`,
      { path },
      error,
    )
  }
}

function statusError(path: string, status: number, body: unknown): SequencerError {
  const refusal = parseError(body)
  if (status >= 500) return unreachable(`${path}: status ${status}`, { path, status, reason: refusal?.code })
  if (!refusal) return badResponse(path, `status ${status} without an error`, { status })
  return new SequencerError('SEQUENCER_REFUSED', `${path}: ${refusal.message}`, {
    details: { path, status, reason: refusal.code },
    retryable: refusal.retryable,
  })
}
