/** Things to close when a service stops. */
export interface Shutdown {
  /** Aborts when the service begins to stop. */
  readonly signal: AbortSignal
  /** Registers a close function; they run one after another, last registered first. */
  add(name: string, close: () => unknown): void
  /** Aborts the signal and runs the close functions once; later calls return the same promise. Never rejects. */
  close(reason: string): Promise<CloseReport>
}

/** What went wrong while closing. */
export interface CloseReport {
  readonly errors: readonly { readonly name: string; readonly error: unknown }[]
  /** Names not closed when the grace time ended; empty when all was closed. */
  readonly unfinished: readonly string[]
}

/** Why a service stops: the reason of its abort signal. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError'
  readonly code = 'service.shutdown'
  readonly retryable = true
  readonly details = {}
}

/** Creates a registry. `graceMs` bounds the whole closing, in milliseconds. */
export function createShutdown(graceMs: number): Shutdown {
  const controller = new AbortController()
  const entries: { name: string; close: () => unknown }[] = []
  const errors: { name: string; error: unknown }[] = []
  let closing: Promise<CloseReport> | undefined

  const closeAll = async () => {
    for (let entry = entries.at(-1); entry; entry = entries.at(-1)) {
      try {
        await entry.close()
      } catch (error) {
        errors.push({ name: entry.name, error })
      }
      entries.splice(entries.indexOf(entry), 1)
    }
  }
  const closeWithin = async (reason: string): Promise<CloseReport> => {
    controller.abort(new ShutdownError(reason))
    let timer: NodeJS.Timeout | undefined
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs)
    })
    await Promise.race([closeAll(), grace])
    clearTimeout(timer)
    return { errors, unfinished: entries.map((entry) => entry.name).reverse() }
  }
  return {
    signal: controller.signal,
    add: (name, close) => void entries.push({ name, close }),
    close: (reason) => {
      closing ??= closeWithin(reason)
      return closing
    },
  }
}
