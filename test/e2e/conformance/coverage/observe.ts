import { step } from '../../../../shared/machine/src/run/step.ts'
import { type Machine, status } from '../../../../shared/machine/src/state/machine.ts'
import { microOp } from '../../../../shared/machine/src/step/micro-op.ts'
import { edgeCell } from './edges.ts'
import { probeGas, takeCharges } from './gas-probe.ts'
import { observeMicroOp } from './micro-op-outcome.ts'
import { dueName, nameOfMicroOp } from './names.ts'
import { observeOpcode } from './opcode-outcome.ts'

/** Executes the micro-op that is due and tells which cells it hit, and what it charged its frame. */
export function observeStep(m: Machine): { readonly cells: readonly string[]; readonly charges: readonly number[] } {
  const { f } = m
  const { op } = m.x
  if (f.depth >= 0) probeGas(f)
  const after = op === microOp.opcode ? observeOpcode(m) : observeMicroOp(m)
  takeCharges(f)
  step(m)
  const charges = takeCharges(f)
  return { cells: [...after(charges), edgeCell(nameOfMicroOp(op), nextName(m))], charges }
}

function nextName(m: Machine): string {
  if (m.status !== status.blockEnd || m.anchors === undefined) return dueName(m)
  const { anchors, b } = m
  const ends = anchors.inboxCount + 1n >= anchors.targetCount || anchors.gasBefore + b.cumulativeGas >= anchors.maxGas
  return ends ? 'assertion-end' : 'block-end'
}
