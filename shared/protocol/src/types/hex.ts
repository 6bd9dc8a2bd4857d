/** A `0x`-prefixed lower-case hex string. */
export type Hex = `0x${string}`
/** 32 bytes. */
export type Hash = Hex
/** 20 bytes, lower case. */
export type Address = Hex
