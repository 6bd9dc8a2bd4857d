/** The clock must hold for seven moves of ours, each with its confirmations, and for a trace that is not built yet. */
const CLOCK_SHARE = 64n

/** Seconds that must be left on the clock of a new stake, unless the operator says otherwise; `challengePeriod` in seconds. */
export const leastClockSeconds = (challengePeriod: bigint): bigint => challengePeriod / CLOCK_SHARE
