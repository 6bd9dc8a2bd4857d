import { testAddress, testKey } from '@crema/testing'
import { l1Chain, l2Chain } from './chains.ts'
import { userIndexes } from './create-network.ts'
import type { Devnet } from './devnet.ts'
import { serviceSpec } from './service-specs.ts'

/** Prints what a person needs to use the network: endpoints, accounts, addresses, and chain objects for viem. */
export function printBanner(devnet: Devnet): void {
  const { config, urls, files } = devnet
  const challenger = serviceSpec('challenger', devnet)
  const cast = 'node_modules/.bin/cast'
  const lines = [
    '',
    'Crema is up.',
    '',
    `  rollup RPC     ${urls.rpc}   chain id ${config.l2.chainId}   (WebSocket: ${urls.rpc.replace('http', 'ws')})`,
    `  L1 RPC         ${urls.l1}   chain id ${config.l1ChainId}`,
    `  sequencer API  ${urls.sequencer}`,
    `  files, logs    ${files.root}`,
    '',
    '  Accounts with 10,000 ETH on both layers (the well-known test mnemonic: worth nothing)',
    ...userIndexes.map((index) => `    ${testAddress(index)}   ${testKey(index)}`),
    '',
    '  Contracts on L1',
    ...Object.entries(config.l1Contracts).map(([name, address]) => `    ${name.padEnd(18)} ${address}`),
    '',
    `  Challenge period ${config.challengePeriod} s, force delay ${config.forceDelay} s, G_A ${config.maxGasPerAssertion} gas, stake ${config.stake} wei`,
    '',
    '  Chain objects for viem; its op-stack actions work with them as they are',
    '  L1:',
    indent(JSON.stringify(l1Chain(config, urls.l1))),
    '  rollup:',
    indent(JSON.stringify(l2Chain(config, urls.rpc))),
    '',
    '  Try it',
    '    a transfer:',
    `      ${cast} send --rpc-url ${urls.rpc} --private-key ${testKey(userIndexes[0])} ${testAddress(userIndexes[1])} --value 1ether`,
    '    a deposit from L1 to the same account of the rollup:',
    `      ${cast} send --rpc-url ${urls.l1} --private-key ${testKey(userIndexes[0])} ${config.l1Contracts.portal} --value 1ether`,
    '    a command of the challenger (clocks, explain ID, doctor, ...; --help lists them):',
    `      source scripts/env.sh && node ${challenger.main} list-assertions ${challenger.flags.join(' ')}`,
    '',
  ]
  console.log(lines.join('\n'))
}

const indent = (text: string): string => text.replace(/^/gm, '    ')
