import type { HonoRequest } from 'hono'

/**
 * Text of a request's body, or undefined when it is longer than `limit` bytes. With a declared length nothing but the text is made:
 * touching the body's stream costs more than most calls.
 */
export async function readBody(request: HonoRequest, limit: number): Promise<string | undefined> {
  const declared = request.header('content-length')
  if (declared !== undefined && request.header('transfer-encoding') === undefined) {
    return Number(declared) <= limit ? request.text() : undefined
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.raw.body ?? []) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
