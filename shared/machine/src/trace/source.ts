/** A block that is run micro-op by micro-op. Made for one pass: it never goes back. */
export interface BlockRun {
  /** Begins the next segment, so that its first micro-op is due. False when the block's last one has ended. Only while {@link isRunning} is false. */
  nextSegment(): boolean
  /** Whether a micro-op is due. */
  readonly isRunning: boolean
  /** Runs the micro-op that is due; returns the hash of the state after it: at the block's end, of its BlockState. The bytes are the caller's to copy. */
  step(): Uint8Array
  /** Runs at most `count` micro-ops of the segment without hashing; returns how many it had. */
  skip(count: number): number
  /** Hash of the state as it stands. */
  stateHash(): Uint8Array
  /** After the block's last segment: whether the assertion ends with it. */
  readonly endsAssertion: boolean
}

/** What an assertion's trace is a function of: blocks that can be run again at any time, with equal results. */
export interface TraceSource {
  /** Names the trace in a store: differs whenever initial state, inputs, rules or the machine's version differ. */
  readonly id: string
  /** Hash of the assertion's initial state. */
  readonly initialState: Uint8Array
  /** Blocks until the assertion's end. */
  readonly blocks: number
  /** What block `b` is expected to cost beside the others, such as its gas; for progress alone. */
  weight(b: number): number
  /** A run at the begin of block `b`, below {@link blocks}. Throws what the stored state's reader throws. */
  openBlock(b: number): BlockRun
}
