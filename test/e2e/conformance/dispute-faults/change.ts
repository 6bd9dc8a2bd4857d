import type { Change } from '../faults/put-in.ts'

/** Shorthand; the file is below contracts/src. */
export function change(file: string, name: string, find: string, replace: string): Change {
  return { file, name, find, replace }
}
