/** A call of the rollup's own namespace. */
export async function rollupCall<T>(url: string, method: string, ...params: readonly unknown[]): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result: T; error?: { code: number; message: string } }
  if (error !== undefined) throw new Error(`${method}: ${error.code} ${error.message}`)
  return result
}
