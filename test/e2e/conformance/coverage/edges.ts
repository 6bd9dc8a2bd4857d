/** What may follow each micro-op (docs/protocol/machine.md, Micro-ops and Steps). `opcode` stands for any opcode. */
const successors: Readonly<Record<string, string>> = {
  opcode: 'opcode copyChunk kecAbsorb logChunk callDelegation selfdestructDebit createNonce codeDeposit txRefund',
  copyChunk: 'copyChunk opcode',
  kecAbsorb: 'kecAbsorb kecEnd',
  kecEnd: 'opcode',
  logChunk: 'logChunk opcode',
  callDelegation: 'callDebit opcode txRefund',
  callDebit: 'callCredit callEnter opcode',
  callCredit: 'callEnter',
  callEnter: 'precompile opcode',
  selfdestructDebit: 'selfdestructCredit',
  selfdestructCredit: 'opcode txRefund',
  createNonce: 'createCollision opcode',
  createCollision: 'createDebit opcode txRefund',
  createDebit: 'createAccount',
  createAccount: 'createEnter',
  createEnter: 'opcode',
  codeDeposit: 'opcode txRefund',
  precompile: 'opcode copyChunk identityChunk txRefund',
  identityChunk: 'identityChunk opcode copyChunk txRefund',
  txLoad: 'txBuy segment-end',
  txBuy: 'txWarm segment-end',
  txWarm: 'txWarm txAuth txEnter',
  txAuth: 'txAuth txEnter',
  txEnter: 'callDebit createCollision txRefund',
  txRefund: 'txTip txSelfdestruct',
  txTip: 'txBaseFee',
  txBaseFee: 'txSelfdestruct',
  txSelfdestruct: 'txSelfdestruct txBloom txReceipt',
  txBloom: 'txBloom txReceipt',
  txReceipt: 'segment-end',
  depositLoad: 'depositMint',
  depositMint: 'txWarm',
  blockBegin: 'sysBeaconTimestamp',
  sysBeaconTimestamp: 'sysBeaconRoot',
  sysBeaconRoot: 'sysHistory',
  sysHistory: 'sysL1Block',
  sysL1Block: 'sysL1Block segment-end',
  sealBegin: 'sealTransaction sealHeader',
  sealTransaction: 'sealTransaction sealReceipt',
  sealReceipt: 'sealReceipt sealLog sealHeader',
  sealLog: 'sealLog sealLogData sealReceipt sealHeader',
  sealLogData: 'sealLogData sealLog sealReceipt sealHeader',
  sealHeader: 'block-end assertion-end',
  // What a segment begins with, and positions behind the last step of a segment, block or assertion, where nothing changes.
  'segment-end': 'depositLoad txLoad sealBegin segment-end',
  'block-end': 'blockBegin block-end',
  'assertion-end': 'assertion-end',
}

/** Cell of an edge. */
export function edgeCell(from: string, to: string): string {
  return `edge ${from}|${to}`
}

/** Cells of all edges. */
export const edgeCells: readonly string[] = Object.entries(successors).flatMap(([from, list]) =>
  list.split(' ').map((to) => edgeCell(from, to)),
)
