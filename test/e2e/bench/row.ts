/** One measurement: `ratio` is value to peer, or peer to value where less is better; `target` the bound it is held to, undefined where none is set. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly peer: number
  readonly ratio: number
  readonly target: number | undefined
}

/** A row whose ratio follows from value and peer. */
export const row = (name: string, unit: string, value: number, peer: number, target?: number): Row => ({
  name,
  value,
  unit,
  peer,
  ratio: value / peer,
  target,
})

/** As {@link row}, where less is better: the ratio is peer to value. */
export const lessRow = (name: string, unit: string, value: number, peer: number, target?: number): Row => ({
  ...row(name, unit, value, peer, target),
  ratio: peer / value,
})
