import type { RollupConfig } from '@crema/protocol'

/** The rollup as a chain object for viem, ready for its op-stack actions; the endpoint is the caller's to fill in. */
export function viemChain({ l1ChainId, l1Contracts, l2 }: RollupConfig) {
  const sourceId = Number(l1ChainId)
  const onL1 = (address: string) => ({ [sourceId]: { address } })
  return {
    id: Number(l2.chainId),
    name: 'Crema',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [] } },
    contracts: {
      multicall3: { address: l1Contracts.multicall3 },
      portal: onL1(l1Contracts.portal),
      // viem's types ask for it; with a portal of version 3 nothing calls it.
      l2OutputOracle: onL1(l1Contracts.gameFacade),
      disputeGameFactory: onL1(l1Contracts.gameFacade),
    },
    sourceId,
  }
}
