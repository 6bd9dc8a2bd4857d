import { type Address, predeploys, type RollupConfig } from '@crema/protocol'
import { defineChain } from 'viem'

const ether = { name: 'Ether', symbol: 'ETH', decimals: 18 } as const
const multicall3: Address = '0xca11bde05977b3631167028862be2a173976ca11'

/** L1 as viem wants it. */
export const l1Chain = (config: RollupConfig, url: string) =>
  defineChain({
    id: Number(config.l1ChainId),
    name: 'Crema devnet L1',
    nativeCurrency: ether,
    rpcUrls: { default: { http: [url] } },
    blockTime: 1_000,
    contracts: { multicall3: { address: multicall3 } },
    testnet: true,
  })

/** The rollup as viem's op-stack actions want it. */
export const l2Chain = (config: RollupConfig, url: string) =>
  defineChain({
    id: Number(config.l2.chainId),
    name: 'Crema devnet',
    nativeCurrency: ether,
    rpcUrls: { default: { http: [url], webSocket: [url.replace('http', 'ws')] } },
    blockTime: 1_000,
    contracts: {
      multicall3: { address: multicall3 },
      gasPriceOracle: { address: predeploys.gasPriceOracle },
      l1Block: { address: predeploys.l1Block },
      l2ToL1MessagePasser: { address: predeploys.l2ToL1MessagePasser },
      portal: { [Number(config.l1ChainId)]: { address: config.l1Contracts.portal } },
      // viem's types ask for it; with a portal of version 3 nothing calls it.
      l2OutputOracle: { [Number(config.l1ChainId)]: { address: config.l1Contracts.gameFacade } },
      disputeGameFactory: { [Number(config.l1ChainId)]: { address: config.l1Contracts.gameFacade } },
    },
    sourceId: Number(config.l1ChainId),
    testnet: true,
  })
