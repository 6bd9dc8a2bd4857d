import type { SealedHeader } from '@crema/execution'
import { toQuantity } from './quantity.ts'

/** Header fields as JSON; those of later forks only where the header has them. Also the payload of `newHeads`. */
export function formatHeader(header: SealedHeader) {
  return {
    hash: header.hash,
    number: toQuantity(header.number),
    parentHash: header.parentHash,
    nonce: header.nonce,
    mixHash: header.mixHash,
    sha3Uncles: header.sha3Uncles,
    logsBloom: header.logsBloom,
    stateRoot: header.stateRoot,
    miner: header.miner,
    difficulty: toQuantity(header.difficulty),
    extraData: header.extraData,
    gasLimit: toQuantity(header.gasLimit),
    gasUsed: toQuantity(header.gasUsed),
    timestamp: toQuantity(header.timestamp),
    transactionsRoot: header.transactionsRoot,
    receiptsRoot: header.receiptsRoot,
    ...optionalQuantity('baseFeePerGas', header.baseFeePerGas),
    ...optionalHash('withdrawalsRoot', header.withdrawalsRoot),
    ...optionalQuantity('blobGasUsed', header.blobGasUsed),
    ...optionalQuantity('excessBlobGas', header.excessBlobGas),
    ...optionalHash('parentBeaconBlockRoot', header.parentBeaconBlockRoot),
    ...optionalHash('requestsHash', header.requestsHash),
  }
}

function optionalQuantity(name: string, value: bigint | undefined) {
  return value === undefined ? undefined : { [name]: toQuantity(value) }
}

function optionalHash(name: string, value: string | undefined) {
  return value === undefined ? undefined : { [name]: value }
}
