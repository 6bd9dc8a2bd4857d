import type { Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { memStateStepVectors } from './mem-state-steps.ts'
import { mptVectors } from './mpt.ts'
import { mptAccountVectors } from './mpt-accounts.ts'
import { mptInvalidVectors } from './mpt-invalid.ts'
import { opcodeVectors } from './opcodes.ts'
import { precompileStepVectors } from './precompile-steps.ts'
import { precompileVectors } from './precompiles.ts'
import { sealVectors } from './seal.ts'
import { sealStepVectors } from './seal-steps.ts'
import { sectionVectors } from './sections.ts'
import { spongeVectors } from './sponge.ts'
import { traceVectors } from './trace.ts'
import { txLoadVectors } from './tx-load.ts'
import { txStepVectors } from './tx-steps.ts'
import { wordTreeVectors } from './word-tree.ts'

/** Every vector file's name and content; the same on every run. */
export function makeVectors(): Readonly<Record<string, Vectors>> {
  return {
    'mem-state-steps.json': memStateStepVectors(),
    'mpt.json': mptVectors(),
    'mpt-invalid.json': mptInvalidVectors(),
    'mpt-accounts.json': mptAccountVectors(),
    'opcodes.json': opcodeVectors(),
    'precompiles.json': precompileVectors(),
    'precompile-steps.json': precompileStepVectors(),
    'word-tree.json': wordTreeVectors(),
    'sponge.json': spongeVectors(),
    'sections.json': sectionVectors(),
    'seal.json': sealVectors(),
    'seal-steps.json': sealStepVectors(),
    'trace.json': traceVectors(),
    'tx-load.json': txLoadVectors(),
    'tx-steps.json': txStepVectors(),
  }
}
