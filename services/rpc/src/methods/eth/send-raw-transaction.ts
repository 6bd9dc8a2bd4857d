import type { Method } from '../../context.ts'
import { bytes, required } from '../../params/primitives.ts'

/** `eth_sendRawTransaction(raw)`: hash once the sequencer took it, or once it waits here for the nonces before it. */
export const sendRawTransaction: Method = (context, params) => context.admission.admit(required(params, 0, bytes))
