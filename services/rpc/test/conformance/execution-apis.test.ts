import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRpc, type Rpc } from '../../src/index.ts'
import { send } from '../support/client.ts'
import { createMemorySequencer } from '../support/memory-sequencer.ts'
import { type Fixture, type RoundTrip, readFixtures } from './corpus.ts'
import { exclusionOf } from './exclusions.ts'
import { importChain } from './import-chain.ts'
import { readResultSchemas, schemaViolation } from './schema.ts'

const fixtures = readFixtures()
const schemas = readResultSchemas()
const included = fixtures.filter((fixture) => exclusionOf(fixture) === undefined)
const excluded = fixtures.filter((fixture) => exclusionOf(fixture) !== undefined)
const passed = new Map<string, number>()
let rpc: Rpc

beforeAll(async () => {
  const logger = { warn: () => {}, error: (fields: object, text: string) => console.error(text, fields) }
  rpc = createRpc({ node: await importChain(), sequencer: createMemorySequencer(), logger })
}, 120_000)

afterAll(() => {
  const count = (list: readonly Fixture[], method: string) => list.filter((item) => item.method === method).length
  for (const method of new Set(included.map((item) => item.method))) {
    console.log(`${method}: ${passed.get(method) ?? 0} of ${count(included, method)}`)
  }
  const reasons = Map.groupBy(fixtures, (fixture) => exclusionOf(fixture) ?? '')
  for (const [reason, list] of reasons) if (reason !== '') console.log(`excluded ${list.length}: ${reason}`)
  const total = [...passed.values()].reduce((sum, value) => sum + value, 0)
  console.log(`execution-apis: ${total} of ${included.length} run, ${fixtures.length} recorded`)
})

describe('execution-apis fixtures', () => {
  it('has a corpus', () => expect(included.length).toBeGreaterThanOrEqual(81))

  it.each(included)('$name', async (fixture) => {
    for (const trip of fixture.trips) await compare(fixture, trip)
    passed.set(fixture.method, (passed.get(fixture.method) ?? 0) + 1)
  })
})

it('excludes nothing that passes', async () => {
  for (const fixture of excluded) {
    await expect(compare(fixture, fixture.trips[0]!), fixture.name).rejects.toThrow()
  }
}, 120_000)

/** Hive's rule: equal JSON, messages of errors ignored; a spec-only answer has the documented shape. */
async function compare({ specOnly, method }: Fixture, { request, response }: RoundTrip): Promise<void> {
  const answer = await send(rpc, JSON.stringify(request))
  if (response.error !== undefined) {
    expect(answer.error, JSON.stringify(answer.result)).toBeDefined()
    expect({ code: answer.error?.code, data: answer.error?.data }).toEqual({
      code: response.error.code,
      data: response.error.data,
    })
    return
  }
  expect(answer.error).toBeUndefined()
  if (!specOnly) expect(answer.result).toEqual(response.result)
  expect(schemaViolation(schemas.get(method)!, answer.result)).toBeUndefined()
}
