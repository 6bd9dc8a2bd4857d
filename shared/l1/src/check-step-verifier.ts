import type { Address, Hex } from '@crema/protocol'
import { type Abi, BaseError, ContractFunctionZeroDataError, encodeDeployData } from 'viem'
import type { ChainConstants } from './chain-constants.ts'
import type { L1Client } from './client.ts'
import { L1Error, reading } from './errors.ts'
import { ospBeginAbi, ospBeginBytecode } from './generated/OspBegin.ts'
import { ospSealAbi } from './generated/OspSeal.ts'
import { stepVerifierAbi, stepVerifierBytecode } from './generated/StepVerifier.ts'
import { isRevert } from './is-revert.ts'
import { stepParts } from './step-parts.ts'

/**
 * Compares the code of a step verifier and of all its parts, immutables included, with what these contracts are for a rollup of these constants.
 * Throws {@link L1Error}: `L1_WRONG_DEPLOYMENT` at the first that differs, `L1_UNREACHABLE` when L1 cannot be read.
 */
export async function checkStepVerifier(client: L1Client, verifier: Address, constants: ChainConstants): Promise<void> {
  const parts: Record<string, Address> = {}
  for (const { name, view } of stepParts) parts[name] = await readAddress(client, verifier, stepVerifierAbi, view)
  await check('stepVerifier', verifier, stepVerifierAbi, stepVerifierBytecode, [parts])
  for (const { name, abi, bytecode } of stepParts) {
    if (name === 'seal') continue
    await check(`stepVerifier.${name}`, parts[name]!, abi, bytecode, [])
  }
  const begin = await readAddress(client, parts.seal!, ospSealAbi, 'BEGIN')
  await check('stepVerifier.seal.BEGIN', begin, ospBeginAbi, ospBeginBytecode, [constants])
  const { abi, bytecode } = stepParts.find(({ name }) => name === 'seal')!
  await check('stepVerifier.seal', parts.seal!, abi, bytecode, [constants], begin)

  /** `made` is a contract that the constructor makes, at an address of its own each time. */
  async function check(name: string, at: Address, abi: Abi, bytecode: Hex, args: readonly unknown[], made?: Address) {
    const actual = await reading('code', () => client.getCode({ address: at }))
    const built = await reading('eth_call', () => client.call({ data: encodeDeployData({ abi, bytecode, args }) }))
    const expected = made === undefined ? built.data : withMade(built.data ?? '0x', actual ?? '0x', made)
    if (actual !== undefined && actual === expected) return
    throw new L1Error('L1_WRONG_DEPLOYMENT', `${name} is not the contract that it must be`, {
      details: { name, address: at, constants },
    })
  }
}

/** `code` with the address that stands where `actual` has `made` replaced by it. */
function withMade(code: Hex, actual: Hex, made: Address): Hex {
  const digits = made.slice(2).toLowerCase()
  const at = actual.indexOf(digits)
  return at < 0 ? code : (code.replaceAll(code.slice(at, at + digits.length), digits) as Hex)
}

async function readAddress(client: L1Client, address: Address, abi: Abi, view: string): Promise<Address> {
  try {
    const read = await reading(view, () => client.readContract({ address, abi, functionName: view }))
    return String(read).toLowerCase() as Address
  } catch (error) {
    if (!(error instanceof L1Error) || !isAnswer(error.cause)) throw error
    throw new L1Error('L1_WRONG_DEPLOYMENT', `there is no ${view} at ${address}`, {
      details: { address, view },
      cause: error,
    })
  }
}

/** Whether L1 did answer, though not as the contract would. */
function isAnswer(error: unknown): boolean {
  if (isRevert(error)) return true
  return error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionZeroDataError) !== null
}
