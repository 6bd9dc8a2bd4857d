/** Events in the order of cause and effect: the contracts of disputes say who is out (`isEffect`) before they say why. */
export function causesFirst<T>(events: readonly T[], isEffect: (event: T) => boolean): T[] {
  const ordered: T[] = []
  let out: T[] = []
  for (const event of events) {
    if (isEffect(event)) out.push(event)
    else {
      ordered.push(event, ...out)
      out = []
    }
  }
  return [...ordered, ...out]
}
