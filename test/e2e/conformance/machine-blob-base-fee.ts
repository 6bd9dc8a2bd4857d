/** EIP-4844's fake_exponential with Prague's fraction (EIP-7691), in wei. */
export function blobBaseFee(excess: bigint): bigint {
  const fraction = 5_007_716n
  let term = fraction
  let sum = 0n
  for (let i = 1n; term > 0n; i++) {
    sum += term
    term = (term * excess) / (fraction * i)
  }
  return sum / fraction
}
