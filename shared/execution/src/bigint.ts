/** The smaller of two integers. */
export function smaller(left: bigint, right: bigint): bigint {
  if (left < right) return left
  return right
}

/** The larger of two integers. */
export function larger(left: bigint, right: bigint): bigint {
  if (left > right) return left
  return right
}
