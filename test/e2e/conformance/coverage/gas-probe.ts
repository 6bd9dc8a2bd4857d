import type { Frame } from '../../../../shared/machine/src/state/frame.ts'

const changes = new WeakMap<Frame, number[]>()

/** Notes from now on how the frame's gas changes, for {@link takeCharges}. */
export function probeGas(frame: Frame): void {
  if (changes.has(frame)) return
  changes.set(frame, [])
  let gas = frame.gas
  Object.defineProperty(frame, 'gas', {
    enumerable: true,
    get: () => gas,
    set: (value: number) => {
      changes.get(frame)!.push(gas - value)
      gas = value
    },
  })
}

/** What a probed frame was charged since the last call, one after another; the last may have been more than there was. */
export function takeCharges(frame: Frame): readonly number[] {
  const taken = changes.get(frame) ?? []
  if (taken.length > 0) changes.set(frame, [])
  return taken
}
