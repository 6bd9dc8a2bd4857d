import type { SybilRun } from './sybils.ts'

/** Whether all is to the wei: one stake held against all, each sybil's lost, and the pot less by what the honest side gained, which is no less than its moves cost. */
export function isPaid(
  { count, capitalWei, creditsWei, moveFeesWei, gainWei, vault }: SybilRun,
  stake: bigint,
): boolean {
  const half = (BigInt(count) * stake) / 2n
  const { bonded, credit, burned, pots, balance } = vault
  const isVaultRight = bonded === 0n && credit === 0n && burned === half && pots === half - creditsWei
  const isHonestPaid = capitalWei === stake && gainWei === creditsWei && creditsWei >= moveFeesWei
  return isVaultRight && isHonestPaid && balance === burned + pots
}

/** A line for people about each run. */
export function sybilTable(runs: readonly SybilRun[]): string {
  const rows = runs.map((run) => [
    run.count,
    `${run.seconds} s`,
    run.proven,
    run.moveGas,
    run.settleGas,
    `${Number(run.capitalWei) / 1e18} ETH`,
    `${(Number(run.creditsWei) / Number(run.moveFeesWei)).toFixed(2)}`,
  ])
  const head = [
    'sybils',
    'rival to confirmed',
    'proven',
    'gas of moves',
    'gas of settling',
    'capital',
    'credits / fees',
  ]
  return [head, ...rows].map((row) => row.map((cell) => String(cell).padStart(18)).join('')).join('\n')
}
