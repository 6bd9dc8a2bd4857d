import type { Hex } from '@crema/protocol'

/** Code of the beacon roots contract (EIP-4788), as on Ethereum. */
export const beaconRootsCode: Hex =
  '0x3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500'

/** Code of the history storage contract (EIP-2935), as on Ethereum. */
export const historyStorageCode: Hex =
  '0x3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500'

/**
 * STOP: stands at the addresses of EIP-7002 and EIP-7251. Without code there, anyone could replay Ethereum's keyless deployment
 * transactions, and blocks would have requests.
 */
export const stopCode: Hex = '0x00'

/**
 * Code of the deterministic deployment proxy (Arachnid), which Safe's singleton factory is a deployment of: CREATE2 with the first word
 * of the calldata as salt and the rest as initcode.
 */
export const create2ProxyCode: Hex =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3'
