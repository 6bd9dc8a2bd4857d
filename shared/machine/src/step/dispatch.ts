import type { Machine } from '../state/machine.ts'
import type { MicroOpHandler } from './handler.ts'
import { type MicroOp, microOp } from './micro-op.ts'
import { callCredit, callDebit, callDelegation, callEnter } from './osp-call/enter.ts'
import { selfdestructCredit, selfdestructDebit } from './osp-call/selfdestruct.ts'
import { codeDeposit } from './osp-create/code-deposit.ts'
import { createAccount, createCollision, createDebit, createEnter, createNonce } from './osp-create/create.ts'
import { copyChunk } from './osp-mem/copy-chunk.ts'
import { kecAbsorb, kecEnd } from './osp-mem/keccak.ts'
import { logChunk } from './osp-mem/log.ts'
import { identityChunk } from './osp-precompile/identity-chunk.ts'
import { precompile } from './osp-precompile/precompile.ts'
import { blockBegin, sysBeaconRoot, sysBeaconTimestamp, sysHistory, sysL1Block } from './osp-seal/begin.ts'
import { sealBegin, sealHeader, sealLog, sealLogData, sealReceipt, sealTransaction } from './osp-seal/seal.ts'
import { txAuth } from './osp-tx/auth.ts'
import { txBloom } from './osp-tx/bloom.ts'
import { txBuy } from './osp-tx/buy.ts'
import { depositLoad, depositMint } from './osp-tx/deposit.ts'
import { txEnter } from './osp-tx/enter.ts'
import { txBaseFee, txRefund, txTip } from './osp-tx/fees.ts'
import { txLoad } from './osp-tx/load.ts'
import { txReceipt, txSelfdestruct } from './osp-tx/receipt.ts'
import { txWarm } from './osp-tx/warm.ts'

/** The function of every micro-op, by its name. */
const functions: Readonly<Record<Exclude<keyof typeof microOp, 'opcode'>, MicroOpHandler>> = {
  copyChunk,
  kecAbsorb,
  kecEnd,
  logChunk,
  callDelegation,
  callDebit,
  callCredit,
  callEnter,
  selfdestructDebit,
  selfdestructCredit,
  createNonce,
  createCollision,
  createDebit,
  createAccount,
  createEnter,
  codeDeposit,
  precompile,
  identityChunk,
  txLoad,
  txBuy,
  txWarm,
  txAuth,
  txEnter,
  txRefund,
  txTip,
  txBaseFee,
  txSelfdestruct,
  txBloom,
  txReceipt,
  depositLoad,
  depositMint,
  blockBegin,
  sysBeaconTimestamp,
  sysBeaconRoot,
  sysHistory,
  sysL1Block,
  sealBegin,
  sealTransaction,
  sealReceipt,
  sealLog,
  sealLogData,
  sealHeader,
}

const table: MicroOpHandler[] = []
for (const [name, handler] of Object.entries(functions))
  table[microOp[name as keyof typeof microOp] as MicroOp] = handler

/** Executes the micro-op that X names, which is not `opcode`. */
export function dispatch(m: Machine): undefined {
  table[m.x.op]!(m)
}
