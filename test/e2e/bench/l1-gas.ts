// L1 gas per L2 transaction and per certificate, of the batches that a running network really posted.
import { brotliCompressSync, constants } from 'node:zlib'
import { committeeRegistryAbi, inboxAbi } from '@crema/l1'
import { hexToBytes, payloadEntries } from '@crema/protocol'
import { decodeFunctionData, encodeFunctionData } from 'viem'
import type { Devnet } from '../devnet/devnet.ts'
import { type Row, row } from './row.ts'

const BASE_GAS = 21_000n

/**
 * Peers, computed for the very same transactions: the OP Stack's calldata formula before Ecotone (16/4 gas per byte + 188, times
 * 0.684; specs.optimism.io, L1-cost fees) and Nitro's (16 gas per byte of the brotli-compressed transaction; docs.arbitrum.io, L1 gas pricing).
 */
export async function benchL1Gas(devnet: Devnet): Promise<Row[]> {
  const { client } = devnet.anvil
  const { inbox, committeeRegistry } = devnet.config.l1Contracts
  const batches = await client.getContractEvents({
    address: inbox,
    abi: inboxAbi,
    eventName: 'BatchAppended',
    fromBlock: devnet.config.l1StartBlock,
    strict: true,
  })
  let gas = 0n
  const raws: Uint8Array[] = []
  let certificateGas = 0n
  for (const { transactionHash } of batches) {
    const [transaction, receipt] = await Promise.all([
      client.getTransaction({ hash: transactionHash }),
      client.getTransactionReceipt({ hash: transactionHash }),
    ])
    const { args } = decodeFunctionData({ abi: inboxAbi, data: transaction.input })
    const [header, certificate, , , , , , blocks] = args as Extract<
      ReturnType<typeof decodeFunctionData<typeof inboxAbi>>,
      { functionName: 'appendBatch' }
    >['args']
    gas += receipt.gasUsed
    for (const block of blocks) for (const { bytes } of payloadEntries(hexToBytes(block.payload))) raws.push(bytes)
    if (certificateGas === 0n) {
      const { headerHash } = await import('@crema/protocol')
      const data = encodeFunctionData({
        abi: committeeRegistryAbi,
        functionName: 'verify',
        args: [header.setId, header.epoch, header.height, headerHash(header), certificate],
      })
      certificateGas = (await client.estimateGas({ to: committeeRegistry, data })) - BASE_GAS
    }
  }
  const per = Number(gas) / raws.length
  const mean = (costs: number[]): number => costs.reduce((a, b) => a + b, 0) / costs.length
  return [
    row('L1 gas per L2 transfer posted (peer: OP Stack, calldata formula)', 'gas', per, mean(raws.map(opGas))),
    row('L1 gas per L2 transfer posted (peer: Nitro, calldata formula)', 'gas', per, mean(raws.map(nitroGas))),
    row(
      `L1 gas per certificate of ${devnet.parameters.committeeSize} (peer: a bare transaction)`,
      'gas',
      Number(certificateGas),
      Number(BASE_GAS),
    ),
  ]
}

const calldataGas = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0)
const opGas = (raw: Uint8Array): number => (calldataGas(raw) + 188) * 0.684
const nitroGas = (raw: Uint8Array): number =>
  16 * brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }).length
