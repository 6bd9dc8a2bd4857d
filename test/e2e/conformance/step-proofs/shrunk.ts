import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { createReport, type Suite, type TaskReport } from '../suite.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const copy = path.join(root, '.cache/shrunk')
const run = promisify(execFile)

/** One word for each chunk, one block for the hasher, two words for a piece of a log: what takes many steps in few bytes. */
const SHRUNK = { CHUNK: 32, KECCAK_DIRECT: 136, KECCAK_ABSORBED: 136, LOG_PIECE: 64 } as const

/** What of the repository the copy needs. Contents of `node_modules` are linked. */
const COPIED = [
  'shared',
  'services',
  'contracts/src',
  'contracts/test/step/harness',
  'test/e2e',
  'scripts',
  'foundry.toml',
  'package.json',
]

/** The step-proofs suite on a copy of both sides whose micro-ops do much less each, so that operations of many steps prevail. */
export const shrunkStepProofs: Suite = {
  name: 'shrunk-step-proofs',
  title: 'step-proofs of every eighth file with chunks of a word and a hasher of a block, on both sides',
  async tasks() {
    await makeCopy()
    return ['step-proofs']
  },
  run: runCopy,
}

async function makeCopy(): Promise<void> {
  await rm(copy, { recursive: true, force: true })
  for (const name of COPIED) {
    await cp(path.join(root, name), path.join(copy, name), {
      recursive: true,
      filter: (source) => path.basename(source) !== 'node_modules',
    })
  }
  await linkModules()
  await shrink('shared/machine/src/step/sizes.ts', (name) => new RegExp(`(export const ${name} = )[^\n]+`))
  await shrink('contracts/src/step/Sizes.sol', (name) => new RegExp(`(constant ${name} = )[^;\n]+`))
  // Unpacked vectors are shared.
  await mkdir(path.join(copy, '.cache'), { recursive: true })
  await symlink(path.join(root, '.cache/vectors'), path.join(copy, '.cache/vectors'))
}

/** The packages of the workspace are the copy's own, all others the repository's. */
async function linkModules(): Promise<void> {
  const modules = path.join(root, 'node_modules')
  await mkdir(path.join(copy, 'node_modules/@crema'), { recursive: true })
  for (const name of await readdir(modules)) {
    if (name !== '@crema') await symlink(path.join(modules, name), path.join(copy, 'node_modules', name))
  }
  for (const name of await readdir(path.join(modules, '@crema'))) {
    const target = await readlink(path.join(modules, '@crema', name))
    await symlink(target, path.join(copy, 'node_modules/@crema', name))
  }
  for (const folder of ['shared', 'services', 'test']) {
    for (const name of await readdir(path.join(root, folder))) {
      const own = path.join(root, folder, name, 'node_modules')
      const there = await readdir(own).catch(() => undefined)
      if (there !== undefined) await symlink(own, path.join(copy, folder, name, 'node_modules'))
    }
  }
}

/** Replaces every size in a file. Throws when one is not there: nothing would be shrunk. */
async function shrink(file: string, pattern: (name: string) => RegExp): Promise<void> {
  const target = path.join(copy, file)
  let text = await readFile(target, 'utf8')
  for (const [name, size] of Object.entries(SHRUNK)) {
    const changed = text.replace(pattern(name), `$1${size}`)
    if (changed === text) throw new Error(`${file} has no ${name}`)
    text = changed
  }
  await writeFile(target, text)
}

interface Printed {
  readonly suites: readonly {
    readonly passed: TaskReport['passed']
    readonly excluded: TaskReport['excluded']
    readonly failed: number
  }[]
}

async function runCopy(suite: string): Promise<TaskReport> {
  const builder = createReport()
  const args = ['test/e2e/conformance/main.ts', '--suite', suite, '--every', '8']
  const vectors = process.env.CREMA_VECTORS ?? path.resolve(root, '../shared/vectors')
  const env = { ...process.env, CREMA_VECTORS: vectors, CREMA_FULL: '' }
  const { stdout, error } = await run(process.execPath, args, { cwd: copy, env, maxBuffer: 2 ** 26 }).then(
    (done) => ({ ...done, error: undefined }),
    (failed: { stdout: string }) => ({ stdout: failed.stdout, error: failed }),
  )
  const [summary] = (JSON.parse(stdout.trim().split('\n').at(-1)!) as Printed).suites
  for (const [group, count] of Object.entries(summary?.passed ?? {})) builder.pass(group, count)
  for (const [reason, count] of Object.entries(summary?.excluded ?? {})) builder.exclude(reason, count)
  if (error !== undefined) builder.fail('shrunk', suite, new Error(stdout.slice(-4_000)))
  return builder.report
}
