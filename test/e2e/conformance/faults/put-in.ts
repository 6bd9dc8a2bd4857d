import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Fault } from './fault.ts'

/** What of a fault is a change of a source. */
export type Change = Pick<Fault, 'name' | 'file' | 'find' | 'replace'>

/** Puts a change into its file below `directory`; returns the file's path and what stood there. Throws when its text does not stand there exactly once. */
export function putIn(directory: string, { name, file, find, replace }: Change): { path: string; before: string } {
  const patched = path.join(directory, file)
  if (!existsSync(patched)) throw new Error(`${name}: there is no ${file}`)
  const before = readFileSync(patched, 'utf8')
  const parts = before.split(find)
  if (parts.length !== 2) throw new Error(`${name}: its text stands in ${file} ${parts.length - 1} times`)
  writeFileSync(patched, parts.join(replace))
  return { path: patched, before }
}
