import { createLogger, createReadiness } from '@crema/service-kit'
import { expect, it } from 'vitest'
import { tellFunding } from '../src/funding.ts'

it('names what is missing, and says so in the log once until it is there', () => {
  const lines: string[] = []
  const logger = createLogger({
    service: 'test',
    format: 'json',
    destination: { write: (line) => void lines.push(line) },
  })
  const readiness = createReadiness()
  const missed: bigint[] = []
  const metrics = {
    did: () => {},
    failed: () => {},
    disagrees: () => {},
    missing: (wei: bigint) => void missed.push(wei),
  }
  const tell = (balanceWei: bigint) => tellFunding({ readiness, metrics, logger }, { balanceWei, neededWei: 10n })
  expect(tell(7n)).toContain('3 wei are missing')
  expect(tell(8n)).toContain('2 wei are missing')
  expect(readiness.reasons()).toEqual([expect.stringContaining('2 wei are missing')])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'error', missingWei: 3 }])
  expect(tell(10n)).toBeUndefined()
  expect(readiness.reasons()).toEqual([])
  tell(9n)
  expect(lines).toHaveLength(2)
  expect(missed).toEqual([3n, 2n, 0n, 1n])
})
