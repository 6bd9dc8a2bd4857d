/** Values of X.op. Each names the function that executes it; `opcode` is the next instruction of F. */
export const microOp = {
  opcode: 0,
  // OspMem
  copyChunk: 1,
  kecAbsorb: 2,
  kecEnd: 3,
  // OspCall
  callDelegation: 4,
  callDebit: 5,
  callCredit: 6,
  callEnter: 7,
  selfdestructDebit: 8,
  selfdestructCredit: 9,
  // OspCreate
  createNonce: 10,
  createCollision: 11,
  createDebit: 12,
  createAccount: 13,
  createEnter: 14,
  codeDeposit: 15,
  // OspPrecompile
  precompile: 16,
  // OspTx
  txLoad: 17,
  txBuy: 18,
  txWarm: 19,
  txAuth: 20,
  txEnter: 21,
  txRefund: 22,
  txTip: 23,
  txBaseFee: 24,
  txSelfdestruct: 25,
  txReceipt: 26,
  depositLoad: 27,
  depositMint: 28,
  // OspSeal
  blockBegin: 29,
  sysBeaconTimestamp: 30,
  sysBeaconRoot: 31,
  sysHistory: 32,
  sysL1Block: 33,
  sealLeaf: 34,
  sealHeader: 35,
} as const
export type MicroOp = (typeof microOp)[keyof typeof microOp]
