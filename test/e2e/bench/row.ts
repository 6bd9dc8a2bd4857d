/** One measurement: `ratio` is value to peer; `target` the bound it is held to, undefined where none is set. */
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
