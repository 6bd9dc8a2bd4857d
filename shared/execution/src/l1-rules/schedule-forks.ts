import { type ChainConfig, Hardfork, Mainnet } from '@ethereumjs/common'

const order = Mainnet.hardforks.map((fork) => fork.name)
const firstTimed = order.indexOf(Hardfork.Shanghai)

/**
 * Mainnet's chain configuration with `fork` and all before it active from genesis, `next` from its timestamp (seconds), and none after.
 * Throws `RangeError` for an unknown fork.
 */
export function scheduleForks(
  chainId: bigint,
  fork: string,
  next?: { readonly fork: string; readonly timestamp: bigint },
): ChainConfig {
  const last = indexOf(fork)
  const hardforks = Mainnet.hardforks.slice(0, last + 1).map(({ name }, i) => activeAt(name, i, '0'))
  if (next !== undefined) {
    const until = indexOf(next.fork)
    const later = Mainnet.hardforks.slice(last + 1, until + 1)
    later.forEach(({ name }, i) => {
      hardforks.push(activeAt(name, last + 1 + i, next.timestamp.toString()))
    })
  }
  return { ...Mainnet, chainId: chainId.toString(), hardforks } as unknown as ChainConfig
}

function indexOf(fork: string): number {
  const index = order.indexOf(fork)
  if (index === -1) throw new RangeError(`unknown fork ${fork}`)
  return index
}

function activeAt(name: string, index: number, timestamp: string): ChainConfig['hardforks'][number] {
  return index < firstTimed ? { name, block: 0 } : { name, block: null, timestamp }
}
