/** A file of a tar archive. */
export interface TarEntry {
  readonly name: string
  readonly content: Uint8Array
}

const BLOCK = 512

/** The regular files of a tar archive (POSIX ustar, with pax and GNU long names). */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  let offset = 0
  let longName: string | undefined
  while (offset + BLOCK <= archive.length) {
    const header = archive.subarray(offset, offset + BLOCK)
    if (header[0] === 0) return
    const size = Number.parseInt(text(header, 124, 12), 8)
    const content = archive.subarray(offset + BLOCK, offset + BLOCK + size)
    const type = String.fromCharCode(header[156]!)
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    if (type === 'L') longName = text(content, 0, size)
    else if (type === 'x') longName = paxPath(text(content, 0, size)) ?? longName
    else {
      if (type === '0' || type === '\0') yield { name: longName ?? entryName(header), content }
      longName = undefined
    }
  }
}

function entryName(header: Uint8Array): string {
  const prefix = text(header, 345, 155)
  const name = text(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

function paxPath(records: string): string | undefined {
  return /^\d+ path=(.*)$/m.exec(records)?.[1]
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim()
}
