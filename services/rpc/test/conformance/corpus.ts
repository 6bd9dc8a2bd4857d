import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Path in the public test corpora: `CREMA_VECTORS`, or `../shared/vectors` beside the repository. Throws when absent. */
export function corpusPath(path: string): string {
  const root = process.env.CREMA_VECTORS ?? new URL('../../../../../shared/vectors', import.meta.url).pathname
  const file = join(root, path)
  if (existsSync(file)) return file
  throw new Error(`test corpus missing: ${file}; set CREMA_VECTORS to the directory that holds ${path}`)
}

/** One recorded round trip. */
export interface RoundTrip {
  readonly request: { readonly method: string; readonly params?: unknown[] }
  readonly response: { readonly result?: unknown; readonly error?: { readonly code: number; readonly data?: unknown } }
}

/** One `.io` file of ethereum/execution-apis. */
export interface Fixture {
  /** `method/case`. */
  readonly name: string
  readonly method: string
  /** Only the shape of the answer counts. */
  readonly specOnly: boolean
  readonly trips: readonly RoundTrip[]
}

/** All recorded fixtures, by method and name. */
export function readFixtures(): Fixture[] {
  const root = corpusPath('execution-apis/tests')
  const methods = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return methods.flatMap(({ name: method }) =>
    readdirSync(join(root, method))
      .filter((file) => file.endsWith('.io'))
      .map((file) => parseFixture(method, file, readFileSync(join(root, method, file), 'utf8'))),
  )
}

function parseFixture(method: string, file: string, text: string): Fixture {
  const lines = text.split('\n')
  const requests = lines.filter((line) => line.startsWith('>> ')).map((line) => JSON.parse(line.slice(3)))
  const responses = lines.filter((line) => line.startsWith('<< ')).map((line) => JSON.parse(line.slice(3)))
  return {
    name: `${method}/${file.replace(/\.io$/, '')}`,
    method,
    specOnly: lines.some((line) => /^\/\/\s*speconly:/.test(line)),
    trips: requests.map((request, i) => ({ request, response: responses[i] })),
  }
}
