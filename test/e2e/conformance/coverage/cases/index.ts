import type { Case } from '../scene.ts'
import { aluCases } from './alu.ts'
import { blockCases } from './blocks.ts'
import { callCases } from './calls.ts'
import { createCases } from './creates.ts'
import { genericCases } from './generic.ts'
import { memoryCases } from './memory.ts'
import { precompileCases } from './precompiles.ts'
import { storageCases } from './storage.ts'
import { transactionCases } from './transactions.ts'

/** Every hand-written case. */
export function allCases(): Case[] {
  return [
    ...genericCases(),
    ...aluCases(),
    ...memoryCases(),
    ...storageCases(),
    ...callCases(),
    ...createCases(),
    ...precompileCases(),
    ...transactionCases(),
    ...blockCases(),
  ]
}
