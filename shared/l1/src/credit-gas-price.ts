/** Gas of a whole duel at most: the dearest prove, and all moves of both sides. As `DisputeManager` has it. */
export const DUEL_GAS = 13_500_000n
const DUELS_OF_A_STAKE = 4n

/** Wei that a dispute may credit for a unit of gas at most with this stake in wei (docs/protocol/disputes.md, Parameters). Above it a `DisputeManager` cannot be deployed. */
export function highestCreditGasPrice(stake: bigint): bigint {
  return stake / (DUELS_OF_A_STAKE * DUEL_GAS)
}
