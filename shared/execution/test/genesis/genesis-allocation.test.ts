import type { Address, GenesisAccount, Hash } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { createGenesis } from '../../src/index.ts'
import { config } from '../support.ts'

const someone: Address = `0x${'aa'.repeat(20)}`
const other: Address = `0x${'bb'.repeat(20)}`
const slot: Hash = `0x${'00'.repeat(31)}01`
const zero: Hash = `0x${'00'.repeat(32)}`

function genesisOf(alloc: Record<Address, GenesisAccount>) {
  return createGenesis({ number: 0n, timestamp: 1n, baseFee: 1n, alloc }, config)
}

describe('the state of the genesis', () => {
  it.each<[string, GenesisAccount]>([
    ['no balance', { balance: 0n }],
    ['nothing', {}],
    ['no code', { nonce: 0n, balance: 0n, code: '0x' }],
    ['a word of storage that is zero', { storage: { [slot]: zero } }],
  ])('has no account with %s', async (_, account) => {
    const expected = await genesisOf({ [other]: { balance: 1n } })
    const actual = await genesisOf({ [someone]: account, [other]: { balance: 1n } })
    expect(actual.header.stateRoot).toBe(expected.header.stateRoot)
  })

  it('has accounts with nonce or code alone', async () => {
    const expected = await genesisOf({ [other]: { balance: 1n } })
    for (const account of [{ nonce: 1n }, { code: '0x00' }] satisfies GenesisAccount[]) {
      const actual = await genesisOf({ [someone]: account, [other]: { balance: 1n } })
      expect(actual.header.stateRoot).not.toBe(expected.header.stateRoot)
    }
  })

  it('is none with storage that no account holds', async () => {
    await expect(genesisOf({ [someone]: { storage: { [slot]: slot } } })).rejects.toMatchObject({
      code: 'STORAGE_WITHOUT_ACCOUNT',
      details: { address: someone },
    })
  })

  it('is none with code that no creation could make', async () => {
    const code = (bytes: number): GenesisAccount => ({ code: `0x${'00'.repeat(bytes)}` })
    await expect(genesisOf({ [someone]: code(24_576) })).resolves.toBeDefined()
    await expect(genesisOf({ [someone]: code(24_577) })).rejects.toMatchObject({ code: 'CODE_TOO_LARGE' })
  })

  it('is none with so much wei that a balance could overflow', async () => {
    const half = { balance: 2n ** 254n }
    await expect(genesisOf({ [someone]: half, [other]: half })).rejects.toMatchObject({ code: 'TOO_MUCH_WEI' })
  })
})
