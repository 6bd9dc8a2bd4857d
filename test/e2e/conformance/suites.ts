import { blockchainTests } from './blockchain-tests.ts'
import { coverage } from './coverage/coverage.ts'
import { disputeFaults } from './dispute-faults/dispute-faults.ts'
import { executionApis } from './execution-apis.ts'
import { seededFaults } from './faults/faults.ts'
import { machineFuzz } from './fuzz/machine-fuzz.ts'
import { stepGas } from './gas/step-gas.ts'
import { machineBlockchainTests } from './machine-blockchain-tests.ts'
import { machineGeneralStateTests } from './machine-general-state-tests.ts'
import { machineLockstep } from './machine-lockstep.ts'
import { machineStateTests } from './machine-state-tests.ts'
import { mutations } from './mutations/mutations.ts'
import { stateTests } from './state-tests.ts'
import { shrunkStepProofs } from './step-proofs/shrunk.ts'
import { stepProofs } from './step-proofs/step-proofs.ts'
import type { Suite } from './suite.ts'

/** Every suite, in the order in which they run. A new one is a file and a line here. */
export const suites: readonly Suite[] = [
  executionApis,
  stateTests,
  blockchainTests,
  machineStateTests,
  machineGeneralStateTests,
  machineBlockchainTests,
  machineLockstep,
  stepProofs,
  shrunkStepProofs,
  mutations,
  stepGas,
  coverage,
  seededFaults,
  disputeFaults,
  machineFuzz,
]
