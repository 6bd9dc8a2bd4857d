import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { readTar } from './tar.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/**
 * Path of a file or directory of the test vectors: under CREMA_VECTORS, else beside the repository in `../shared/vectors`. Throws when it is
 * absent: conformance without vectors proves nothing.
 */
export function vectorPath(name: string): string {
  const base = process.env.CREMA_VECTORS ?? path.resolve(root, '../shared/vectors')
  const file = path.join(base, name)
  if (!existsSync(file)) throw new Error(`test vectors are absent: ${file} (set CREMA_VECTORS)`)
  return file
}

/** Directory with the content of a `.tar.zst` of the vectors, unpacked once into `.cache/vectors`. */
export async function unpackedVectors(archive: string): Promise<string> {
  const source = vectorPath(archive)
  const { size, mtimeMs } = await stat(source)
  const target = path.join(
    root,
    '.cache/vectors',
    `${path.basename(archive, '.tar.zst')}-${size}-${Math.floor(mtimeMs)}`,
  )
  if (existsSync(target)) return target
  const partial = `${target}.partial-${process.pid}`
  for (const entry of readTar(zstdDecompressSync(await readFile(source)))) {
    const file = path.join(partial, entry.name)
    if (!file.startsWith(partial)) throw new Error(`archive entry ${entry.name} leaves its directory`)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, entry.content)
  }
  await rename(partial, target).catch(async () => rm(partial, { recursive: true }))
  return target
}
