import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Fault } from './fault.ts'

/** What of a fault is a change of a source. */
export type Change = Pick<Fault, 'name' | 'file' | 'find' | 'replace'>

/** Puts a change into its file below `directory`. Throws when its text does not stand there exactly once. */
export function putIn(directory: string, change: Change): void {
  writeFileSync(path.join(directory, change.file), changed(directory, change))
}

/** The text of a change's file below `directory` with the change in it. Throws when what it replaces does not stand there exactly once. */
export function changed(directory: string, { name, file, find, replace }: Change): string {
  const source = path.join(directory, file)
  if (!existsSync(source)) throw new Error(`${name}: there is no ${file}`)
  const parts = readFileSync(source, 'utf8').split(find)
  if (parts.length !== 2) throw new Error(`${name}: its text stands in ${file} ${parts.length - 1} times`)
  return parts.join(replace)
}
