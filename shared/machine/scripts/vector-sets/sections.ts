import {
  bytesToHex,
  encodeTransaction,
  hexToBytes,
  keccak256,
  privateKeyToAddress,
  signTransaction,
} from '@crema/protocol'
import { account, columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { beforeStep } from '../../src/commit/before-step.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { machineWords, sectionHash, sections } from '../../src/commit/machine-words.ts'
import { createMachine } from '../../src/run/create-machine.ts'
import { startEntry } from '../../src/run/segments.ts'
import { step } from '../../src/run/step.ts'
import { type Machine, status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { microOp } from '../../src/step/micro-op.ts'
import { emptyCodeHash, setAccount } from '../../src/trie/account.ts'
import { emptyRoot } from '../../src/trie/node.ts'

const chainId = 901n
const key = hexToBytes(word('sections: key'))
const sender = privateKeyToAddress(key)
const contract = account('sections: contract')

/** Long operations of every kind, so that most micro-ops are due once. */
const code = hexToBytes(
  `0x${[
    '600160005260aa6120005361010261100152', // memory
    '600160015560025450', // storage
    '61a0005f2050', // keccak256 of 40,960 bytes
    '6102036102046123285fa2', // a log of 9,000 bytes with two topics
    '600760206040a1', // a log of 32 bytes with a topic
    '611388601060205e611388602060105e', // MCOPY downwards and upwards
    '6113885f61010039', // CODECOPY beyond the code
    '611388600361200037', // CALLDATACOPY beyond the data
    '610bb85f611388600360045afa50', // identity of 5,000 bytes, 3,000 of them kept
    '610bb860016130003e', // RETURNDATACOPY
    '6960015f5360015ff300005f52600a60166000f050', // CREATE of code
    `5f5f5f5f600273${account('sections: heir').slice(2)}5af150`, // CALL with value
    '73000000000000000000000000000000000000deadff', // SELFDESTRUCT
  ].join('')}`,
)

/**
 * Machines of one transaction: all parts of the commitment and the commitment. `words` are those of R, B, T, F, X, one after another; `hashes` the
 * five hashes of the sections.
 */
export function sectionVectors(): Vectors {
  const store = { node: () => undefined, code: (hash: Uint8Array) => (isCode(hash) ? code : undefined) }
  const m = createMachine(l2Rules(chainId), store, emptyRoot)
  const plain = { nonce: 0n, balance: 10n ** 20n, storageRoot: emptyRoot, codeHash: emptyCodeHash }
  m.state = setAccount(store, undefined, hexToBytes(sender), plain)
  m.state = setAccount(store, m.state, hexToBytes(contract), { ...plain, nonce: 1n, codeHash: keccak256(code) })
  begin(m)
  const transaction = {
    type: 2,
    chainId,
    nonce: 0n,
    maxPriorityFeePerGas: 2n,
    maxFeePerGas: 10n ** 9n,
    gasLimit: 5_000_000n,
    to: contract,
    value: 3n,
    data: noise('sections: data', 200),
    accessList: [{ address: account('sections: warm'), storageKeys: [word('sections: slot')] }],
  } as const
  const raw = encodeTransaction(signTransaction(transaction, key))
  startEntry(m, { index: 0, bytes: raw })
  const c = createCommitter()
  const rows = [row('before', m)]
  const seen = new Set<number>()
  for (let opcodes = 0; m.status === status.running; ) {
    beforeStep(c, m)
    step(m)
    const isOpcode = m.x.op === microOp.opcode
    if (isOpcode ? opcodes++ % 12 === 0 || m.status !== status.running : !seen.has(m.x.op))
      rows.push(row(`step ${m.steps}, micro-op ${m.x.op}`, m, c))
    seen.add(m.x.op)
  }
  return columns(rows)
}

function begin(m: Machine): void {
  Object.assign(m.b, { number: 9n, timestamp: 1_234n, gasLimit: 30_000_000n, baseFee: 1_000n, prevRandao: 77n })
  m.b.coinbase = BigInt(account('sections: coinbase'))
  m.b.cumulativeGas = 21_000n
  m.nextEntry = 4
  m.nextDeposit = 2
  m.anchors = {
    originNumber: 5n,
    originHash: hexToBytes(word('sections: origin')),
    originTimestamp: 1_200n,
    originBaseFee: 8n,
    parentHash: hexToBytes(word('sections: parent')),
    txCount: 6n,
    txRoot: hexToBytes(word('sections: entries')),
    depositStart: 10n,
    depositEnd: 12n,
    depositRoot: hexToBytes(word('sections: deposits')),
    inboxCount: 44n,
    gasBefore: 55n,
    portal: BigInt(account('sections: portal')),
    startInboxCount: 40n,
    targetCount: 50n,
    maxGas: 10n ** 9n,
    maxBlocks: 4_096n,
  }
}

function isCode(hash: Uint8Array): boolean {
  return bytesToHex(hash) === bytesToHex(keccak256(code))
}

function row(name: string, m: Machine, c = createCommitter()) {
  const parts = machineWords(c, m)
  const { f } = m
  const hasFrame = m.status === status.running && f.depth >= 0
  return {
    name,
    pc: hasFrame ? f.pc : 0,
    gas: hasFrame ? f.gas : 0,
    sp: hasFrame ? f.sp : 0,
    memWords: hasFrame ? f.memWords : 0,
    packed: bytesToHex(parts.packed),
    stackHash: bytesToHex(parts.stackHash),
    memRoot: bytesToHex(parts.memRoot),
    stateRoot: bytesToHex(parts.stateRoot),
    scratchRoot: bytesToHex(parts.scratchRoot),
    words: `0x${sections.map((section) => bytesToHex(parts[section]).slice(2)).join('')}`,
    hashes: sections.map((section) => bytesToHex(sectionHash(section, parts[section]))),
    hash: bytesToHex(commitMachine(c, m)),
  }
}
