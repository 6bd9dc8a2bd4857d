import type { Devnet } from './devnet.ts'

/** The part of the rpc service's /status that the line shows; block numbers are decimal strings. */
interface RpcStatus {
  readonly node: {
    readonly mode: string
    readonly heads: Readonly<Record<'latest' | 'safe' | 'finalized', { readonly number: string }>>
    readonly l1: { readonly head?: { readonly number: string } }
    readonly alarms: readonly { readonly code: string }[]
  }
}

interface ChallengerStatus {
  readonly challenger: { readonly counts: Readonly<Record<'agree' | 'disagree' | 'unknown', number>> }
}

/** Shows the heads once a second until aborted: one line that renews itself on a terminal, a line per change elsewhere. */
export async function followHeads(devnet: Devnet, signal: AbortSignal): Promise<void> {
  let before = ''
  while (!signal.aborted) {
    const line = await headLine(devnet)
    // Without a terminal a new L1 block alone is no news.
    const news = line.replace(/ · L1 \d+/, '')
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`)
    else if (news !== before) console.log(line)
    before = news
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1_000)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

async function headLine(devnet: Devnet): Promise<string> {
  const { health } = devnet.ports
  const [rpc, challenger] = await Promise.all([
    status<RpcStatus>(health.rpc),
    status<ChallengerStatus>(health.challenger),
  ])
  const dead = Object.values(devnet.services).filter(({ pid, running }) => pid() !== undefined && !running())
  const parts = dead.map(({ spec }) => `${spec.name} is down, see ${spec.logPath}`)
  if (rpc !== undefined) {
    const { mode, heads, l1, alarms } = rpc.node
    parts.unshift(
      `${mode} · L2 latest ${heads.latest.number} safe ${heads.safe.number} finalized ${heads.finalized.number} · L1 ${l1.head?.number ?? '?'}`,
    )
    if (alarms.length > 0) parts.push(`alarms: ${alarms.map(({ code }) => code).join(', ')}`)
  }
  if (challenger !== undefined) {
    const { agree, disagree, unknown } = challenger.challenger.counts
    parts.push(`assertions: ${agree} agreed, ${disagree} wrong, ${unknown} not yet known`)
  }
  return parts.join(' · ')
}

async function status<T>(port: number): Promise<T | undefined> {
  try {
    return (await (await fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(1_000) })).json()) as T
  } catch {
    return undefined
  }
}
