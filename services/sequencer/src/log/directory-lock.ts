import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SequencerServiceError } from '../errors.ts'

/**
 * Takes `dir/lock` for this process, because two sequencers on one log would sign two headers at one height. A lock whose
 * process is gone (killed) is taken over. Returns what releases it.
 * @throws SequencerServiceError LOG_IN_USE.
 */
export function lockDirectory(dir: string): () => void {
  const path = join(dir, 'lock')
  const own = identity(process.pid)
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, own, { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = readFileSync(path, 'utf8')
      const pid = Number(holder.split(' ')[0])
      if (attempt > 0 || (Number.isInteger(pid) && pid > 0 && isRunning(pid, holder))) {
        throw new SequencerServiceError('LOG_IN_USE', `process ${pid} uses this log`, { details: { path, pid } })
      }
      rmSync(path, { force: true })
    }
  }
}

function isRunning(pid: number, holder: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return identity(pid) === holder
}

/** Process id with its start time where the system tells it, so that a reused id is not taken for the holder. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return `${pid}`
  }
}
