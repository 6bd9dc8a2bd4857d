import { readBytes } from '../../state/bytes.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { pop, push } from '../../state/stack.ts'
import { readInteger } from '../../state/words.ts'

export function address(_: Machine, f: Frame): undefined {
  push(f, f.address)
}

export function origin({ t }: Machine, f: Frame): undefined {
  push(f, t.origin)
}

export function caller(_: Machine, f: Frame): undefined {
  push(f, f.caller)
}

export function callvalue(_: Machine, f: Frame): undefined {
  push(f, f.value)
}

export function calldataload(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const inside = offset < BigInt(f.input.length)
  push(f, inside ? readInteger(readBytes(m, f.input, Number(offset), 32), 0, 32) : 0n)
}

export function calldatasize(_: Machine, f: Frame): undefined {
  push(f, BigInt(f.input.length))
}

export function codesize(_: Machine, f: Frame): undefined {
  push(f, BigInt(f.code.length))
}

export function gasprice({ t }: Machine, f: Frame): undefined {
  push(f, t.gasPrice)
}

export function returndatasize(_: Machine, f: Frame): undefined {
  push(f, BigInt(f.returnData.length))
}

export function coinbase({ b }: Machine, f: Frame): undefined {
  push(f, b.coinbase)
}

export function timestamp({ b }: Machine, f: Frame): undefined {
  push(f, b.timestamp)
}

export function number({ b }: Machine, f: Frame): undefined {
  push(f, b.number)
}

export function prevrandao({ b }: Machine, f: Frame): undefined {
  push(f, b.prevRandao)
}

export function gaslimit({ b }: Machine, f: Frame): undefined {
  push(f, b.gasLimit)
}

export function chainid({ rules }: Machine, f: Frame): undefined {
  push(f, rules.chainId)
}

export function basefee({ b }: Machine, f: Frame): undefined {
  push(f, b.baseFee)
}

/** Always 0 on L2, which has no blob transactions. */
export function blobhash({ t }: Machine, f: Frame): undefined {
  const index = pop(f)
  const hashes = t.blobs?.hashes ?? []
  push(f, index < BigInt(hashes.length) ? hashes[Number(index)]! : 0n)
}

export function blobbasefee({ b }: Machine, f: Frame): undefined {
  push(f, b.blobBaseFee)
}

export function msize(_: Machine, f: Frame): undefined {
  push(f, BigInt(32 * f.memWords))
}
