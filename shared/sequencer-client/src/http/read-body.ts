import { badResponse } from '../errors.ts'

/**
 * The body of `response` as JSON, never more than `maxBytes` in memory.
 * @throws SequencerError SEQUENCER_BAD_RESPONSE when it is larger, not UTF-8 or not JSON; whatever the connection throws.
 */
export async function readJson(response: Response, maxBytes: number, where: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw badResponse(where, `answer above ${maxBytes} bytes`, { status: response.status })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch (cause) {
    throw badResponse(where, 'answer is not JSON', { status: response.status, cause })
  }
}
