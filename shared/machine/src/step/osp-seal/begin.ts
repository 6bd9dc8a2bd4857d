import { predeploys } from '@crema/protocol'
import { readAccount } from '../../state/accounts.ts'
import { hasCode } from '../../state/code.ts'
import { type Machine, status } from '../../state/machine.ts'
import { writeStorage } from '../../state/storage.ts'
import { microOp } from '../micro-op.ts'
import { nextBaseFee } from './base-fee.ts'

/** Ring size of both system contracts (EIP-4788, EIP-2935). */
const HISTORY_WINDOW = 8_191n
const beaconRoots = BigInt(predeploys.beaconRoots)
const historyStorage = BigInt(predeploys.historyStorage)
const l1Block = BigInt(predeploys.l1Block)

/** BLOCK_BEGIN: section B from the leaf and the parent. */
export function blockBegin(m: Machine): undefined {
  const { b, x } = m
  const { parent, input, config } = m.context!
  b.number = input.number
  b.timestamp = input.timestamp
  b.coinbase = BigInt(predeploys.sequencerFeeVault)
  b.gasLimit = config.blockGasLimit
  b.baseFee = nextBaseFee(parent, config)
  b.prevRandao = BigInt(input.prevRandao)
  b.blobBaseFee = 1n
  b.cumulativeGas = 0n
  x.op = microOp.sysBeaconTimestamp
}

/** SYS_4788a: the timestamp. As all writes of the system, without gas, and only where the account has code. */
export function sysBeaconTimestamp(m: Machine): undefined {
  const { input } = m.context!
  writeSystem(m, beaconRoots, input.timestamp % HISTORY_WINDOW, input.timestamp)
  m.x.op = microOp.sysBeaconRoot
}

/** SYS_4788b: the origin's hash as root. */
export function sysBeaconRoot(m: Machine): undefined {
  const { input } = m.context!
  const slot = (input.timestamp % HISTORY_WINDOW) + HISTORY_WINDOW
  writeSystem(m, beaconRoots, slot, BigInt(input.origin.hash))
  m.x.op = microOp.sysHistory
}

/** SYS_2935: the parent's hash. */
export function sysHistory(m: Machine): undefined {
  const { parent } = m.context!
  writeSystem(m, historyStorage, parent.number % HISTORY_WINDOW, BigInt(parent.hash))
  m.x.op = microOp.sysL1Block
  m.x.i = 0
}

/** SYS_L1BLOCK: slot X.i of L1Block (docs/protocol/block.md); after the third the segment ends. */
export function sysL1Block(m: Machine): undefined {
  const { origin } = m.context!.input
  const { x } = m
  const words = [(origin.timestamp << 64n) | origin.number, origin.baseFee, BigInt(origin.hash)]
  writeSystem(m, l1Block, BigInt(x.i), words[x.i]!)
  x.i++
  if (x.i < words.length) return
  x.op = microOp.opcode
  m.status = status.segmentEnd
}

function writeSystem(m: Machine, address: bigint, slot: bigint, value: bigint): undefined {
  const account = readAccount(m, address)
  if (account !== undefined && hasCode(account)) writeStorage(m, address, slot, value)
}
