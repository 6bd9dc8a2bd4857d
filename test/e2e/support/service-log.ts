import { readFileSync } from 'node:fs'
import type { Devnet } from '../devnet/devnet.ts'

/** A line of a service's log. */
export interface LogLine {
  readonly level: number | string
  readonly msg: string
  readonly [field: string]: unknown
}

/** What a service has logged over all its lives; lines that a kill cut short are left out. */
export function serviceLog({ files }: Devnet, name: keyof Devnet['services']): LogLine[] {
  return readFileSync(files.log(name), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line.startsWith('{') ? [JSON.parse(line) as LogLine] : []
      } catch {
        return []
      }
    })
}
