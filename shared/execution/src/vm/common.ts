import type { L2ChainConfig } from '@crema/protocol'
import { type ChainConfig, Common, type CommonOpts, Hardfork, Mainnet } from '@ethereumjs/common'
import { fastCrypto } from './crypto.ts'

type Params = Parameters<Common['updateParams']>[0]

/** Members of `Common` that are private by convention and that the caches below must know. */
interface Internals {
  _activatedEIPsCache: number[]
  _paramsCache: Record<string, unknown>
  _params: Params
  _chainParams: ChainConfig
}

/** Results per list of EIPs, table of parameters and fork; each is rebuilt when the library replaced what it was made from. */
interface Memo {
  eipsOf?: number[]
  eips: Set<number>
  paramsOf?: unknown
  params: Map<string, bigint>
  forkOf?: string
  forks: Map<string, boolean>
  merged: Set<Params>
}

/**
 * `Common` without its hot spots, measured at a quarter to half of block execution: `isActivatedEIP` searches an array on every
 * opcode, `updateParams` copies all parameter tables with every transaction object, `param` and `gteHardfork` convert and search
 * anew. Every result is the library's own; only recomputing it is spared.
 */
export class FastCommon extends Common {
  // Made on first use, because the base constructor already calls the methods below.
  declare private _memo: Memo | undefined

  private get memo(): Memo {
    this._memo ??= { eips: new Set(), params: new Map(), forks: new Map(), merged: new Set() }
    return this._memo
  }

  override isActivatedEIP(eip: number): boolean {
    const memo = this.memo
    const current = (this as unknown as Internals)._activatedEIPsCache
    if (memo.eipsOf !== current) {
      memo.eipsOf = current
      memo.eips = new Set(current)
    }
    return memo.eips.has(eip)
  }

  /** The library's tables are constants: the same object changes nothing the second time. */
  override updateParams(params: Params): void {
    if (this.memo.merged.has(params)) return
    super.updateParams(params)
    this.memo.merged.add(params)
  }

  override resetParams(params: Params): void {
    super.resetParams(params)
    this.memo.merged = new Set()
  }

  override param(name: string): bigint {
    const memo = this.memo
    const current = (this as unknown as Internals)._paramsCache
    if (memo.paramsOf !== current || memo.params.size === 0) {
      memo.paramsOf = current
      memo.params = new Map()
    }
    let value = memo.params.get(name)
    if (value === undefined) {
      value = super.param(name)
      memo.params.set(name, value)
    }
    return value
  }

  override gteHardfork(hardfork: string): boolean {
    const memo = this.memo
    const current = this.hardfork()
    if (memo.forkOf !== current) {
      memo.forkOf = current
      memo.forks = new Map()
    }
    let value = memo.forks.get(hardfork)
    if (value === undefined) {
      value = super.gteHardfork(hardfork)
      memo.forks.set(hardfork, value)
    }
    return value
  }

  /** A copy with caches of its own. */
  override copy(): FastCommon {
    const from = this as unknown as Internals
    return new FastCommon({
      chain: from._chainParams,
      hardfork: this.hardfork(),
      eips: this.eips(),
      params: from._params,
      customCrypto: this.customCrypto,
    })
  }
}

/**
 * Ethereum's rules as of Osaka under the L2's chain id. Nothing that differs on L2 is set here: requests are not processed at all, payees
 * are `l2`'s own, precompiles are capped by the engine.
 */
export function createL2Common(config: L2ChainConfig): FastCommon {
  return new FastCommon({
    chain: { ...Mainnet, name: 'crema', chainId: config.chainId.toString() },
    hardfork: Hardfork.Osaka,
    customCrypto: fastCrypto,
  })
}

/** Ethereum's rules under any chain configuration; what `options` leaves open is {@link fastCrypto}'s. */
export function createL1Common(options: CommonOpts): FastCommon {
  return new FastCommon({ ...options, customCrypto: { ...fastCrypto, ...options.customCrypto } })
}
