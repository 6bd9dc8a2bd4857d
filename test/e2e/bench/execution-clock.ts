/**
 * Seconds of this thread's own processor time, which other programs on the machine do not disturb; wall time where Node does not
 * report it (before 23.9).
 */
export function threadSeconds(): number {
  const usage = process.threadCpuUsage?.()
  return usage === undefined ? performance.now() / 1000 : (usage.user + usage.system) / 1e6
}
