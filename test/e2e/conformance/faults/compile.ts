import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { foundryBinary } from '@crema/testing'
import type { Artifact } from '../step-proofs/verifier.ts'
import type { Fault } from './fault.ts'
import { putIn } from './put-in.ts'

const root = path.resolve(import.meta.dirname, '../../../..')

interface WithMetadata extends Artifact {
  readonly metadata?: { readonly settings: { readonly compilationTarget: Readonly<Record<string, string>> } }
}

/**
 * Compiles, for each fault, its contracts from a copy of the sources with the fault in it: all in a temporary directory, by one call of forge. Throws when a
 * fault's text does not stand in its file exactly once.
 */
export function compileFaults(faults: readonly Fault[]): Artifact[][] {
  const directory = mkdtempSync(path.join(tmpdir(), 'crema-faults-'))
  try {
    for (const name of ['node_modules', 'scripts']) symlinkSync(path.join(root, name), path.join(directory, name))
    cpSync(path.join(root, 'foundry.toml'), path.join(directory, 'foundry.toml'))
    const targets = faults.map((fault, i) => writeSources(directory, i, fault))
    const env = { ...process.env, FOUNDRY_SRC: 'faults', FOUNDRY_OUT: 'out', FOUNDRY_CACHE_PATH: 'cache' }
    execFileSync(foundryBinary('forge'), ['build', ...targets.flat()], {
      cwd: directory,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const artifacts = collectArtifacts(directory)
    return targets.map((each) => each.map((target) => find(artifacts, target)))
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Copies the sources and puts the fault in; returns what is to be compiled. */
function writeSources(directory: string, index: number, fault: Fault): string[] {
  const sources = path.join(directory, `faults/f${index}`)
  mkdirSync(sources, { recursive: true })
  cpSync(path.join(root, 'contracts/src'), sources, { recursive: true })
  putIn(path.join(sources, 'step'), fault)
  return fault.contracts.map((contract) => `faults/f${index}/step/${contract}.sol`)
}

function collectArtifacts(directory: string): ReadonlyMap<string, Artifact> {
  const found = new Map<string, Artifact>()
  for (const file of globSync('out/**/*.json', { cwd: directory })) {
    const artifact = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as WithMetadata
    for (const [target, name] of Object.entries(artifact.metadata?.settings.compilationTarget ?? {})) {
      if (path.basename(target, '.sol') === name) found.set(target, artifact)
    }
  }
  return found
}

function find(artifacts: ReadonlyMap<string, Artifact>, target: string): Artifact {
  const artifact = artifacts.get(target)
  if (artifact === undefined) throw new Error(`forge made nothing of ${target}`)
  return artifact
}
