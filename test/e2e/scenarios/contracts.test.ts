import { predeploys } from '@crema/protocol'
import { testAccount, testAddress } from '@crema/testing'
import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  getCreate2Address,
  type Hex,
  keccak256,
  parseEther,
  parseEventLogs,
  parseSignature,
  type TransactionReceipt,
  toHex,
} from 'viem'
import { beforeAll, expect, it } from 'vitest'
import { probeAbi } from '../support/abis.ts'
import { type Clients, createClients } from '../support/clients.ts'
import { compile } from '../support/compile.ts'
import { safeAbi, tokenAbi, uniswapAbi } from '../support/contract-abis.ts'
import { packageArtifact } from '../support/package-artifact.ts'
import { useDevnet } from '../support/scenario.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const SUPPLY = parseEther('1000000')
const nowhere = `0x${'00'.repeat(20)}` as const
const deploymentProxy: Address = '0x4e59b44847b379578588920ca78fbf26c0b4956c'
const safeFactory: Address = '0x914d7fec6aac8cd542e72bca78b30650d45643d7'
const deadline = 2n ** 40n

let clients: Clients
let token: { readonly address: Address; readonly abi: typeof tokenAbi }

beforeAll(async () => {
  clients = createClients(devnet(), 5)
  token = { address: await deployToken('Crema token', 'CRM'), abi: tokenAbi }
})

/** The receipt of a transaction that must succeed. */
async function done(hash: Hex | Promise<Hex>): Promise<TransactionReceipt> {
  const receipt = await clients.l2Public.waitForTransactionReceipt({ hash: await hash })
  expect(receipt.status).toBe('success')
  return receipt
}

async function deploy(data: Hex): Promise<Address> {
  return (await done(clients.l2Wallet.sendTransaction({ data }))).contractAddress!
}

async function deployToken(name: string, symbol: string): Promise<Address> {
  const { bytecode } = compile('solidity/Token.sol')
  return (await done(clients.l2Wallet.deployContract({ abi: tokenAbi, bytecode, args: [name, symbol, SUPPLY] })))
    .contractAddress!
}

const balanceOf = (owner: Address) =>
  clients.l2Public.readContract({ ...token, functionName: 'balanceOf', args: [owner] })

it("moves OpenZeppelin's ERC-20 by transfer, allowance and permit", async () => {
  const { l2Public, l2Wallet, account } = clients
  const spender = createClients(devnet(), 6)
  const recipient = testAddress(41)
  expect(await l2Public.readContract({ ...token, functionName: 'name' })).toBe('Crema token')
  expect(await balanceOf(account.address)).toBe(SUPPLY)

  const sent = await done(l2Wallet.writeContract({ ...token, functionName: 'transfer', args: [recipient, 10n] }))
  const [event, ...more] = parseEventLogs({ abi: tokenAbi, logs: sent.logs })
  expect(more).toEqual([])
  expect(event).toMatchObject({ eventName: 'Transfer', args: { from: account.address, value: 10n } })

  const from = [account.address, recipient, 5n] as const
  await expect(
    spender.l2Public.simulateContract({
      ...token,
      functionName: 'transferFrom',
      args: from,
      account: spender.account,
    }),
  ).rejects.toThrow('ERC20InsufficientAllowance')
  await done(l2Wallet.writeContract({ ...token, functionName: 'approve', args: [spender.account.address, 5n] }))
  await done(spender.l2Wallet.writeContract({ ...token, functionName: 'transferFrom', args: from }))

  // A permit: the owner signs, the spender sends.
  const args = { owner: account.address, spender: spender.account.address } as const
  const nonce = await l2Public.readContract({ ...token, functionName: 'nonces', args: [account.address] })
  const { r, s, yParity } = parseSignature(
    await account.signTypedData({
      domain: {
        name: 'Crema token',
        version: '1',
        chainId: clients.chains.l2.id,
        verifyingContract: token.address,
      },
      types: {
        Permit: ['address owner', 'address spender', 'uint256 value', 'uint256 nonce', 'uint256 deadline'].map(
          (field) => {
            const [type, name] = field.split(' ') as [string, string]
            return { type, name }
          },
        ),
      },
      primaryType: 'Permit',
      message: { ...args, value: 7n, nonce, deadline },
    }),
  )
  await done(
    spender.l2Wallet.writeContract({
      ...token,
      functionName: 'permit',
      args: [args.owner, args.spender, 7n, deadline, 27 + yParity, r, s],
    }),
  )
  const allowance = { ...token, functionName: 'allowance', args: [args.owner, args.spender] } as const
  expect(await l2Public.readContract(allowance)).toBe(7n)
  await done(
    spender.l2Wallet.writeContract({ ...token, functionName: 'transferFrom', args: [args.owner, recipient, 7n] }),
  )
  expect(await l2Public.readContract(allowance)).toBe(0n)
  expect(await balanceOf(recipient)).toBe(22n)
  expect(await balanceOf(account.address)).toBe(SUPPLY - 22n)
  await expect(
    spender.l2Wallet.writeContract({ ...token, functionName: 'transfer', args: [recipient, 1n] }),
  ).rejects.toThrow('ERC20InsufficientBalance')
})

it('trades on Uniswap V2 by the constant product', async () => {
  const { l2Public, l2Wallet, account } = clients
  const me = account.address
  const { bytecode: factoryCode } = packageArtifact('@uniswap/v2-core/build/UniswapV2Factory.json')
  const { bytecode: routerCode } = packageArtifact('@uniswap/v2-periphery/build/UniswapV2Router02.json')
  const words = (...addresses: Address[]) =>
    concat(addresses.map((address) => encodeAbiParameters([{ type: 'address' }], [address])))
  const factory = { address: await deploy(concat([factoryCode, words(me)])), abi: uniswapAbi }
  const weth = predeploys.weth9
  // A pair writes more once its timestamp has changed, so what an estimate on the newest block gives may be too little.
  const router = {
    address: await deploy(concat([routerCode, words(factory.address, weth)])),
    abi: uniswapAbi,
    gas: 4_000_000n,
  }
  const amounts = { token: parseEther('4000'), ether: parseEther('2') }

  await done(l2Wallet.writeContract({ ...token, functionName: 'approve', args: [router.address, SUPPLY] }))
  await done(
    l2Wallet.writeContract({
      ...router,
      functionName: 'addLiquidityETH',
      args: [token.address, amounts.token, 0n, 0n, me, deadline],
      value: amounts.ether,
    }),
  )
  const pair = {
    address: await l2Public.readContract({ ...factory, functionName: 'getPair', args: [token.address, weth] }),
    abi: uniswapAbi,
  }
  const liquidity = await l2Public.readContract({ ...pair, functionName: 'balanceOf', args: [me] })
  expect(liquidity).toBe(root(amounts.token * amounts.ether) - 1_000n)
  const tokenFirst = BigInt(token.address) < BigInt(weth)
  const reserves = async () => {
    const [first, second] = await l2Public.readContract({ ...pair, functionName: 'getReserves' })
    return tokenFirst ? { token: first, ether: second } : { token: second, ether: first }
  }
  expect(await reserves()).toEqual(amounts)

  const paid = parseEther('0.5')
  const bought = output(paid, amounts.ether, amounts.token)
  const quote = { ...router, functionName: 'getAmountsOut', args: [paid, [weth, token.address]] } as const
  expect(await l2Public.readContract(quote)).toEqual([paid, bought])
  const held = await balanceOf(me)
  await done(
    l2Wallet.writeContract({
      ...router,
      functionName: 'swapExactETHForTokens',
      args: [bought, [weth, token.address], me, deadline],
      value: paid,
    }),
  )
  expect((await balanceOf(me)) - held).toBe(bought)
  const after = { token: amounts.token - bought, ether: amounts.ether + paid }
  expect(await reserves()).toEqual(after)
  expect(after.token * after.ether).toBeGreaterThan(amounts.token * amounts.ether)

  const sold = bought / 3n
  const gained = output(sold, after.token, after.ether)
  const ether = await l2Public.getBalance({ address: me })
  const swap = { ...router, functionName: 'swapExactTokensForETH' } as const
  const path = [token.address, weth]
  await expect(
    l2Public.simulateContract({ ...swap, args: [sold, gained + 1n, path, me, deadline], account }),
  ).rejects.toThrow('UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT')
  const back = await done(l2Wallet.writeContract({ ...swap, args: [sold, gained, path, me, deadline] }))
  expect((await l2Public.getBalance({ address: me })) - ether).toBe(gained - back.gasUsed * back.effectiveGasPrice)

  await done(l2Wallet.writeContract({ ...pair, functionName: 'approve', args: [router.address, liquidity] }))
  await done(
    l2Wallet.writeContract({
      ...router,
      functionName: 'removeLiquidityETH',
      args: [token.address, liquidity, 0n, 0n, me, deadline],
    }),
  )
  expect(await l2Public.readContract({ ...pair, functionName: 'totalSupply' })).toBe(1_000n)
})

/** What Uniswap V2 pays for an input: constant product, 0.3 % of the input kept. */
function output(input: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  const taxed = input * 997n
  return (taxed * reserveOut) / (reserveIn * 1_000n + taxed)
}

/** Whole square root. */
function root(square: bigint): bigint {
  let x = square
  let next = (x + 1n) / 2n
  while (next < x) {
    x = next
    next = (x + square / x) / 2n
  }
  return x
}

it('runs a 2-of-3 Safe', async () => {
  const { l2Public, l2Wallet } = clients
  const owners = [6, 7, 8].map(testAccount).toSorted((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1))
  const artifacts = '@safe-global/safe-smart-account/build/artifacts/contracts'
  // Singleton and factory come by Safe's own deployment factory, as on other networks.
  const place = async (path: string): Promise<Address> => {
    const { bytecode } = packageArtifact(`${artifacts}/${path}`)
    const salt = `0x${'00'.repeat(32)}` as const
    await done(l2Wallet.sendTransaction({ to: safeFactory, data: concat([salt, bytecode]) }))
    return getCreate2Address({ from: safeFactory, salt, bytecode })
  }
  const singleton = await place('SafeL2.sol/SafeL2.json')
  const proxies = await place('proxies/SafeProxyFactory.sol/SafeProxyFactory.json')
  const handler = await place('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler.json')
  const initializer = encodeFunctionData({
    abi: safeAbi,
    functionName: 'setup',
    args: [owners.map(({ address }) => address), 2n, nowhere, '0x', handler, nowhere, 0n, nowhere],
  })
  const created = await done(
    l2Wallet.writeContract({
      address: proxies,
      abi: safeAbi,
      functionName: 'createProxyWithNonce',
      args: [singleton, initializer, 1n],
    }),
  )
  const [creation] = parseEventLogs({ abi: safeAbi, logs: created.logs, eventName: 'ProxyCreation' })
  expect(creation!.args.singleton).toBe(singleton)
  const safe = { address: creation!.args.proxy, abi: safeAbi }
  expect(await l2Public.readContract({ ...safe, functionName: 'VERSION' })).toBe('1.5.0')
  expect(await l2Public.readContract({ ...safe, functionName: 'getThreshold' })).toBe(2n)
  expect(await l2Public.readContract({ ...safe, functionName: 'getOwners' })).toEqual(owners.map((o) => o.address))

  await done(l2Wallet.writeContract({ ...token, functionName: 'transfer', args: [safe.address, 100n] }))
  const recipient = testAddress(42)
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'transfer', args: [recipient, 60n] })
  const call = [token.address, 0n, data, 0, 0n, 0n, 0n, nowhere, nowhere] as const
  const hash = await l2Public.readContract({ ...safe, functionName: 'getTransactionHash', args: [...call, 0n] })
  const sign = (owner: (typeof owners)[number]) =>
    owner.signTypedData({
      domain: { chainId: clients.chains.l2.id, verifyingContract: safe.address },
      types: {
        SafeTx: [
          { type: 'address', name: 'to' },
          { type: 'uint256', name: 'value' },
          { type: 'bytes', name: 'data' },
          { type: 'uint8', name: 'operation' },
          { type: 'uint256', name: 'safeTxGas' },
          { type: 'uint256', name: 'baseGas' },
          { type: 'uint256', name: 'gasPrice' },
          { type: 'address', name: 'gasToken' },
          { type: 'address', name: 'refundReceiver' },
          { type: 'uint256', name: 'nonce' },
        ],
      },
      primaryType: 'SafeTx',
      message: {
        to: token.address,
        value: 0n,
        data,
        operation: 0,
        safeTxGas: 0n,
        baseGas: 0n,
        gasPrice: 0n,
        gasToken: nowhere,
        refundReceiver: nowhere,
        nonce: 0n,
      },
    })
  const signatures = await Promise.all(owners.map(sign))
  const execute = (...signed: Hex[]) =>
    ({ ...safe, functionName: 'execTransaction', args: [...call, concat(signed)], account: clients.account }) as const
  await expect(l2Public.simulateContract(execute(signatures[0]!))).rejects.toThrow('GS020')
  await expect(l2Public.simulateContract(execute(signatures[1]!, signatures[0]!))).rejects.toThrow('GS026')
  const executed = await done(l2Wallet.writeContract(execute(signatures[0]!, signatures[2]!)))
  const [success] = parseEventLogs({ abi: safeAbi, logs: executed.logs, eventName: 'ExecutionSuccess' })
  expect(success!.args.txHash).toBe(hash)
  expect(await balanceOf(recipient)).toBe(60n)
  expect(await balanceOf(safe.address)).toBe(40n)
  expect(await l2Public.readContract({ ...safe, functionName: 'nonce' })).toBe(1n)
  await expect(l2Public.simulateContract(execute(signatures[0]!, signatures[2]!))).rejects.toThrow('GS026')
})

it('answers many reads in one call through Multicall3', async () => {
  const { l2Public } = clients
  const owners = [5, 6, 7, 8, 41].map((index) => testAddress(index))
  const blockNumber = await l2Public.getBlockNumber({ cacheTime: 0 })
  const contracts = owners.map((owner) => ({ ...token, functionName: 'balanceOf', args: [owner] }) as const)
  const balances = await l2Public.multicall({ contracts, allowFailure: false, blockNumber })
  const alone = await Promise.all(contracts.map((call) => l2Public.readContract({ ...call, blockNumber })))
  expect(balances).toEqual(alone)
  expect(balances.reduce((sum, balance) => sum + balance, 0n)).toBeGreaterThan(0n)
  const [supply, broken] = await l2Public.multicall({
    contracts: [
      { ...token, functionName: 'totalSupply' },
      { address: token.address, abi: probeAbi, functionName: 'value' },
    ],
  })
  expect(supply).toEqual({ status: 'success', result: SUPPLY })
  expect(broken!.status).toBe('failure')
})

it('deploys to the address that the deterministic deployment proxy gives on every network', async () => {
  const { l2Public, l2Wallet } = clients
  const bytecode = concat([
    compile('forge-script/src/Probe.sol').bytecode,
    encodeAbiParameters([{ type: 'uint256' }], [9n]),
  ])
  const salt = keccak256(toHex('salt'))
  const address = getCreate2Address({ from: deploymentProxy, salt, bytecode })
  expect(await l2Public.getCode({ address })).toBeUndefined()
  await done(l2Wallet.sendTransaction({ to: deploymentProxy, data: concat([salt, bytecode]) }))
  expect(await l2Public.readContract({ address, abi: probeAbi, functionName: 'value' })).toBe(9n)
  await expect(l2Public.call({ to: deploymentProxy, data: concat([salt, bytecode]) })).rejects.toThrow('reverted')
})
