import { bytesToHex, keccak256 } from 'viem'
import { expect, it } from 'vitest'
import { createClients } from '../support/clients.ts'
import { setFaults } from '../support/faults.ts'
import { alarmRaised, nodeMode, nodeStatus, nodeWell } from '../support/node-status.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy } from '../support/send-raw.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 300, assertionInterval: 2 } })
const SERVICES = ['sequencer', 'poster', 'proposer', 'challenger', 'rpc'] as const
const USER = 5
const clients = () => createClients(devnet(), USER)
const pid = (name: 'sequencer') => devnet().services[name].pid()!

async function transfer() {
  const { l2Wallet, l2Public, account } = clients()
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  return l2Public.waitForTransactionReceipt({ hash, timeout: 20_000 })
}

const outages = {
  'refuses every request': {
    begin: () => setFaults(devnet(), { stop: 'refuse' }),
    end: () => setFaults(devnet(), {}),
  },
  'answers nothing': {
    begin: () => setFaults(devnet(), { stop: 'hang' }),
    end: () => setFaults(devnet(), {}),
  },
  'is frozen as a process': {
    begin: async () => void process.kill(pid('sequencer'), 'SIGSTOP'),
    end: async () => void process.kill(pid('sequencer'), 'SIGCONT'),
  },
} as const

it.each(Object.keys(outages) as (keyof typeof outages)[])(
  'a sequencer that %s: the RPC serves reads, refuses sends, and is live again afterwards',
  async (name) => {
    const { l2Public, account } = clients()
    const { blockNumber } = await transfer()
    const nonce = BigInt(await l2Public.getTransactionCount({ address: account.address }))
    const raw = bytesToHex(rawBy(USER, devnet().config.l2.chainId, { nonce, value: 2n }))
    await outages[name].begin()
    try {
      await expect(rollupCall(devnet().urls.rpc, 'eth_sendRawTransaction', raw)).rejects.toThrow(
        '-32000 sequencer halted: transaction not accepted, retry later',
      )
      await nodeMode(devnet(), 'l1-only')
      await alarmRaised(devnet(), 'sequencer-unreachable')
      expect((await l2Public.getBlock()).number).toBe(blockNumber)
      expect(await l2Public.getBalance({ address: account.address })).toBeGreaterThan(0n)
      expect(await l2Public.call({ to: account.address })).toEqual({ data: undefined })
      expect((await fetch(devnet().services.rpc.spec.readyUrl)).status).toBe(200)
    } finally {
      await outages[name].end()
    }
    expect((await nodeWell(devnet())).mode).toBe('live')
    // A request that hung may have been taken after all: sent again, the transaction is executed once either way.
    await rollupCall(devnet().urls.rpc, 'eth_sendRawTransaction', raw).catch((error: Error) => {
      expect(error.message).toMatch(/already known|nonce too low/)
    })
    const retried = await l2Public.waitForTransactionReceipt({ hash: keccak256(raw), timeout: 20_000 })
    expect(retried.blockNumber).toBeGreaterThan(blockNumber)
    expect((await transfer()).status).toBe('success')
  },
)

it('goes on softly while L1 is frozen, and catches up when it is back', async () => {
  const net = devnet()
  const { l2Public } = clients()
  const { blockNumber } = await transfer()
  await until('it to be final', 30_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= blockNumber ? true : undefined,
  )
  net.anvil.process.kill('SIGSTOP')
  let last = blockNumber
  try {
    // Origins repeat, so the soft head goes on.
    for (let i = 0; i < 3; i++) {
      const receipt = await transfer()
      expect(receipt.status).toBe('success')
      expect(receipt.blockNumber).toBeGreaterThan(last)
      last = receipt.blockNumber
    }
    const alarm = await alarmRaised(net, 'l1-unreachable', 60_000)
    expect(alarm.details).toMatchObject({ code: 'L1_UNREACHABLE' })
    const status = await nodeStatus(net)
    expect(status.mode).toBe('live')
    expect(BigInt(status.heads.finalized.number)).toBe(blockNumber)
    last = (await transfer()).blockNumber
    for (const name of SERVICES) expect(net.services[name].running(), name).toBe(true)
  } finally {
    net.anvil.process.kill('SIGCONT')
  }
  await nodeWell(net, 60_000)
  await until('the soft blocks to be final', 60_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= last ? true : undefined,
  )
  for (const name of SERVICES) expect(net.services[name].running(), name).toBe(true)
})
