/** Fixtures that this server does not answer as recorded, with the reason; a key is a method or a method/case. */
const exclusions: Readonly<Record<string, string>> = {
  debug_traceBlockByHash: 'transactions are not traced',
  debug_traceBlockByNumber: 'transactions are not traced',
  debug_traceTransaction: 'transactions are not traced',
  'debug_getRawBlock/get-block-n': 'blocks with uncles do not exist on L2',
  eth_config: 'describes Ethereum forks; the L2 has one rule set',
  eth_simulateV1: 'eth_simulateV1 is not served',
  testing_buildBlockV1: 'blocks are not built on request',
  'eth_sendRawTransaction/send-blob-tx': 'blob transactions are refused on L2',
  'eth_getTransactionReceipt/get-blob-tx': 'blob transactions do not exist on L2',
  'eth_getTransactionReceipt/get-legacy-contract': 'receipts with a state root (before Byzantium) do not exist on L2',
  'eth_getTransactionReceipt/get-legacy-input': 'receipts with a state root (before Byzantium) do not exist on L2',
  'eth_getTransactionReceipt/get-legacy-receipt': 'receipts with a state root (before Byzantium) do not exist on L2',
  'eth_getBlockReceipts/get-block-receipts-n': 'receipts with a state root (before Byzantium) do not exist on L2',
}

/** Why a fixture is not run, or undefined when it is. */
export function exclusionOf(fixture: { readonly name: string; readonly method: string }): string | undefined {
  return exclusions[fixture.name] ?? exclusions[fixture.method]
}
