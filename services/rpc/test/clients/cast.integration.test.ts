import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundryBinary } from '../../../../shared/testing/src/foundry-binary.ts'
import { addressOf, contracts, keys } from '../support/accounts.ts'
import { creation, type ServedRollup, serveRollup } from '../support/serve.ts'

const run = promisify(execFile)
const binary = foundryBinary('cast')
let rollup: ServedRollup

beforeAll(async () => {
  rollup = await serveRollup()
})
afterAll(() => rollup.stop())

async function cast(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(binary, [command, '--rpc-url', rollup.url, ...args], { timeout: 60_000 })
  return stdout.trim()
}

const signer = ['--private-key', keys.alice]

describe('cast', () => {
  it('sends, deploys and reads', async () => {
    const sent = JSON.parse(await cast('send', contracts.counter, ...signer, '--json'))
    expect(sent).toMatchObject({ status: '0x1', type: '0x2' })
    const code = creation('0x602a5f5260205ff3')
    const { contractAddress } = JSON.parse(await cast('send', ...signer, '--json', '--create', code))
    expect(await cast('call', contractAddress, 'answer()(uint256)')).toBe('42')
    expect(await cast('storage', contracts.counter, '0')).toMatch(/1$/)
    expect(await cast('nonce', addressOf('alice'))).toBe('2')
    expect(await cast('chain-id')).toBe('4242')
    expect(await cast('receipt', sent.transactionHash, 'status')).toBe('true')
    expect(await cast('block', 'latest', '--field', 'number')).toBe('2')
    expect(await cast('estimate', addressOf('bob'), '--value', '1', '--from', addressOf('alice'))).toBe('21000')
  })

  it('replays a transaction', async () => {
    const { transactionHash } = JSON.parse(await cast('send', contracts.logger, ...signer, '--json'))
    expect(await cast('run', transactionHash, '--quick')).toContain('Transaction successfully executed')
  })
})
