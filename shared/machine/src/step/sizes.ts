// How much one micro-op does at most, in bytes. They bound the gas and the proof of a step; consensus, as micro-ops are counted. Twin of
// contracts/src/step/Sizes.sol.

/** Copied by one copyChunk or identityChunk: an aligned block of memory. */
export const CHUNK = 2_048
/** Hashed by KECCAK256 at once; more goes through the hasher. */
export const KECCAK_DIRECT = 32_768
/** Absorbed by one kecAbsorb: 32 blocks of Keccak-f. */
export const KECCAK_ABSORBED = 32 * 136
/** Of a log's data, hashed at once. */
export const LOG_PIECE = 4_096
