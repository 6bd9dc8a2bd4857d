import { createHash } from 'node:crypto'
import { glob, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { TaskReport } from '../suite.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const SOURCES = ['contracts/src/{step,libraries,types}/**/*.sol', 'shared/{machine,protocol}/src/**/*.ts']

let directory: Promise<string> | undefined

/** Where the reports of files are kept: one directory for each state of the sources, so that no report outlives a change. */
export function reportsDirectory(): Promise<string> {
  directory ??= makeDirectory()
  return directory
}

async function makeDirectory(): Promise<string> {
  const files: string[] = []
  for (const pattern of SOURCES) for await (const file of glob(pattern, { cwd: root })) files.push(file)
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(await readFile(path.join(root, file)))
  const made = path.join(root, '.cache/step-proofs', hash.digest('hex').slice(0, 16))
  await mkdir(made, { recursive: true })
  return made
}

/** The report of a file of an earlier run. */
export async function keptReport(reports: string, file: string): Promise<TaskReport | undefined> {
  try {
    return JSON.parse(await readFile(pathOf(reports, file), 'utf8')) as TaskReport
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Keeps a report; whole or not at all. */
export async function keepReport(reports: string, file: string, report: TaskReport): Promise<void> {
  const target = pathOf(reports, file)
  await writeFile(`${target}.partial`, JSON.stringify(report))
  await rename(`${target}.partial`, target)
}

function pathOf(reports: string, file: string): string {
  return path.join(
    reports,
    `${createHash('sha256')
      .update(path.basename(path.dirname(file)) + file)
      .digest('hex')
      .slice(0, 32)}.json`,
  )
}
