/** One precompile. Pure functions of the input. */
export interface Precompile {
  /** Gas, known before anything is computed; Infinity where no gas could pay. */
  price(input: Uint8Array, osaka: boolean): number
  /** What it returns; undefined when it fails, which takes all gas. */
  run(input: Uint8Array, osaka: boolean): Uint8Array | undefined
}
