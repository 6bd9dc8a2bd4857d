import { keccak256Hex } from '@crema/protocol'
import { badResponse } from '../errors.ts'
import type { SequencerClient } from '../types.ts'
import { parseHash, parseObject } from '../wire/fields.ts'
import { parseCertifiedHeader } from '../wire/header.ts'
import { parseInfo } from '../wire/info.ts'
import { parseLaneProof } from '../wire/lane-proof.ts'
import { parseLaneRange } from '../wire/lane-range.ts'
import { parseStatus } from '../wire/status.ts'
import { request, type Transport } from './request.ts'
import { watchLane } from './watch.ts'

/** Options of {@link createHttpSequencerClient}. Times in milliseconds, sizes in bytes. */
export interface HttpSequencerClientOptions {
  /** Base address of the API, e.g. `http://127.0.0.1:9750`. */
  readonly url: string
  /** WebSocket address; default: `url` with ws/wss and `v1/watch`. `false`: poll only. */
  readonly ws?: string | false
  readonly fetch?: typeof globalThis.fetch
  /** Limit of one request, default 10,000. */
  readonly timeoutMs?: number
  /** Cap on a range of blocks, default 32 MiB. Other answers are capped at 256 KiB. */
  readonly maxRangeBytes?: number
  /** Interval of `watch` while no WebSocket is open, default 1,000. */
  readonly pollMs?: number
}

const smallAnswer = 256 * 1024
/** Most blocks asked for at once. */
const maxBlocks = 1_000

/** A client of the sequencer's HTTP API (services/sequencer/README.md). It authenticates nothing: readers do. */
export function createHttpSequencerClient(options: HttpSequencerClientOptions): SequencerClient {
  const url = new URL(options.url.endsWith('/') ? options.url : `${options.url}/`)
  const { fetch = globalThis.fetch, timeoutMs = 10_000, maxRangeBytes = 32 * 1024 * 1024, pollMs = 1_000 } = options
  const transport: Transport = { url, fetch, timeoutMs }
  const get = (path: string, signal?: AbortSignal, absent?: readonly string[]) =>
    request(transport, { path, maxBytes: smallAnswer, signal }, absent)

  return {
    info: async (signal) => parseInfo(await get('v1/info', signal), 'info'),

    submit: async (lane, raw, signal) => {
      const path = `v1/lanes/${lane}/transactions`
      const answer = await request(transport, { path, post: raw, maxBytes: smallAnswer, signal })
      const hash = parseHash(parseObject(answer, 'submit').hash, 'submit.hash')
      const expected = keccak256Hex(raw)
      if (hash !== expected) throw badResponse('submit.hash', 'is not the hash of what was sent', { hash, expected })
      return hash
    },

    status: async (lane, hash, signal) =>
      parseStatus(await get(`v1/lanes/${lane}/transactions/${hash}`, signal), 'status'),

    blocks: async ({ lane, fromLaneHeight, limit }, signal) => {
      const count = Math.max(1, Math.min(limit, maxBlocks))
      const path = `v1/lanes/${lane}/blocks?from=${fromLaneHeight}&limit=${count}`
      const answer = await request(transport, { path, maxBytes: maxRangeBytes, signal }, ['NO_BLOCK'])
      return answer === undefined ? undefined : parseLaneRange(answer, 'blocks', fromLaneHeight, count)
    },

    laneProof: async (height, lane, signal) =>
      parseLaneProof(await get(`v1/headers/${height}/lanes/${lane}`, signal), 'laneProof'),

    certifiedHeader: async (height, signal) => {
      const answer = await get(`v1/headers/${height}`, signal, ['NO_HEADER'])
      if (answer === undefined) return undefined
      const certified = parseCertifiedHeader(answer, 'certifiedHeader')
      if (certified.header.height !== height) throw badResponse('certifiedHeader.header.height', `is not ${height}`)
      return certified
    },

    heartbeat: async (lane, signal) => {
      const path = `v1/lanes/${lane}/heartbeat`
      parseObject(
        await request(transport, { path, post: new Uint8Array(), maxBytes: smallAnswer, signal }),
        'heartbeat',
      )
    },

    watch: (lane, onBlock, signal) =>
      watchLane({ transport, lane, onBlock, signal, pollMs, ws: options.ws ?? webSocketUrl(url) }),
  }
}

function webSocketUrl(url: URL): string {
  const target = new URL('v1/watch', url)
  target.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:'
  return target.href
}
