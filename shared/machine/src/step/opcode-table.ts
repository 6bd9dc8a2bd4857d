import type { OpcodeHandler } from './handler.ts'
import * as arithmetic from './osp-alu/arithmetic.ts'
import * as bitwise from './osp-alu/bitwise.ts'
import * as context from './osp-alu/context.ts'
import * as flow from './osp-alu/flow.ts'
import { call, callcode, delegatecall, staticcall } from './osp-call/call.ts'
import { halt } from './osp-call/halt.ts'
import { ret, revert, stop } from './osp-call/return.ts'
import { selfdestruct } from './osp-call/selfdestruct.ts'
import { create, create2 } from './osp-create/create.ts'
import { calldatacopy, codecopy, extcodecopy, mcopy, returndatacopy } from './osp-mem/copy.ts'
import { keccak } from './osp-mem/keccak.ts'
import { logN } from './osp-mem/log.ts'
import { mload, mstore, mstore8 } from './osp-mem/memory.ts'
import { balance, selfbalance } from './osp-state/balance.ts'
import { blockhash } from './osp-state/blockhash.ts'
import { extcodehash, extcodesize } from './osp-state/extcode.ts'
import { sload } from './osp-state/sload.ts'
import { sstore } from './osp-state/sstore.ts'
import { tload, tstore } from './osp-state/transient.ts'

const invalid: OpcodeHandler = (m) => halt(m)

/** The function of every opcode; what Osaka does not define halts. */
export const opcodeTable: readonly OpcodeHandler[] = makeTable()

function makeTable(): OpcodeHandler[] {
  const table = new Array<OpcodeHandler>(256).fill(invalid)
  const { add, mul, sub, div, sdiv, mod, smod, addmod, mulmod, exp, signextend } = arithmetic
  place(table, 0x00, [stop, add, mul, sub, div, sdiv, mod, smod, addmod, mulmod, exp, signextend])
  const { lt, gt, slt, sgt, eq, iszero, and, or, xor, not, byte, shl, shr, sar, clz } = bitwise
  place(table, 0x10, [lt, gt, slt, sgt, eq, iszero, and, or, xor, not, byte, shl, shr, sar, clz])
  place(table, 0x20, [keccak])
  const { address, origin, caller, callvalue, calldataload, calldatasize, codesize, gasprice } = context
  place(table, 0x30, [address, balance, origin, caller, callvalue, calldataload, calldatasize, calldatacopy])
  place(table, 0x38, [codesize, codecopy, gasprice, extcodesize, extcodecopy])
  place(table, 0x3d, [context.returndatasize, returndatacopy, extcodehash])
  const { coinbase, timestamp, number, prevrandao, gaslimit, chainid, basefee, blobhash, blobbasefee } = context
  place(table, 0x40, [blockhash, coinbase, timestamp, number, prevrandao, gaslimit, chainid, selfbalance])
  place(table, 0x48, [basefee, blobhash, blobbasefee])
  place(table, 0x50, [flow.popWord, mload, mstore, mstore8, sload, sstore, flow.jump, flow.jumpi])
  place(table, 0x58, [flow.pc, context.msize, flow.gas, flow.jumpdest, tload, tstore, mcopy, flow.push0, flow.push1])
  for (let size = 2; size <= 32; size++) table[0x5f + size] = flow.pushN(size)
  for (let depth = 1; depth <= 16; depth++) {
    table[0x7f + depth] = flow.dupN(depth)
    table[0x8f + depth] = flow.swapN(depth)
  }
  for (let topics = 0; topics <= 4; topics++) table[0xa0 + topics] = logN(topics)
  place(table, 0xf0, [create, call, callcode, ret, delegatecall, create2])
  table[0xfa] = staticcall
  table[0xfd] = revert
  table[0xff] = selfdestruct
  return table
}

function place(table: OpcodeHandler[], start: number, handlers: readonly OpcodeHandler[]): undefined {
  for (const [i, handler] of handlers.entries()) table[start + i] = handler
}
