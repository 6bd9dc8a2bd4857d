import type { Address, GenesisAccount, L2Genesis } from '@crema/protocol'
import { ExecutionError } from '../errors.ts'

/** All wei of a chain stay below this, with what deposits add: no balance ever overflows a word. */
const maxSupply = 2n ** 255n

/** Most bytes of a contract's code (EIP-170). A step's proof holds code whole, so that no transaction on L1 could carry the proof of a step in larger code. */
const maxCode = 24_576

/**
 * What of an allocation stands in the genesis state: accounts without nonce, balance and code are in no state (EIP-161; docs/protocol/machine.md), so empty ones
 * are left out. Throws {@link ExecutionError} `STORAGE_WITHOUT_ACCOUNT` for one of them that has storage, `CODE_TOO_LARGE` above 24,576
 * bytes, `TOO_MUCH_WEI` from 2^255 wei in all.
 */
export function genesisAllocation(alloc: L2Genesis['alloc']): L2Genesis['alloc'] {
  const kept: Record<Address, GenesisAccount> = {}
  let supply = 0n
  for (const [address, account] of Object.entries(alloc) as [Address, GenesisAccount][]) {
    supply += account.balance ?? 0n
    const codeSize = ((account.code ?? '0x').length - 2) / 2
    if (codeSize > maxCode) {
      const message = `the code of an account of the genesis has ${codeSize} bytes, at most ${maxCode}`
      throw new ExecutionError('CODE_TOO_LARGE', message, { details: { address, codeSize } })
    }
    if (!isEmpty(account)) kept[address] = account
    else if (Object.values(account.storage ?? {}).some((word) => BigInt(word) !== 0n)) {
      const message = 'an account of the genesis has storage, but no nonce, balance or code'
      throw new ExecutionError('STORAGE_WITHOUT_ACCOUNT', message, { details: { address } })
    }
  }
  if (supply >= maxSupply) {
    throw new ExecutionError('TOO_MUCH_WEI', 'the genesis holds 2^255 wei or more', { details: { supply } })
  }
  return kept
}

function isEmpty({ nonce = 0n, balance = 0n, code = '0x' }: GenesisAccount): boolean {
  return nonce === 0n && balance === 0n && code === '0x'
}
