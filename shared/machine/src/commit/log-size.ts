import type { MachineLog } from '../state/machine.ts'

/** Bytes of a log's RLP item in a receipt: `[address, [topics], data]`. */
export function logSize({ topics, data }: MachineLog): number {
  const content = 21 + withHeader(33 * topics.length) + stringSize(data)
  return withHeader(content)
}

function stringSize(bytes: Uint8Array): number {
  return bytes.length === 1 && bytes[0]! < 0x80 ? 1 : withHeader(bytes.length)
}

/** `content` bytes of a string or list with their header. */
function withHeader(content: number): number {
  if (content <= 55) return content + 1
  let size = 1
  while (content >= 256 ** size) size++
  return content + 1 + size
}
