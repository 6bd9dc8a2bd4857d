import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runStateTestCase, type StateTestFile } from './state-test-case.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'
import { unpackedVectors } from './vectors.ts'

const ARCHIVE = 'ethereum/eest-v5.4.0-state-tests.tar.zst'
const FORK = 'Osaka'
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/** Ethereum's state tests through the decoder, the checks and the transaction processing of rule set `l2`. */
export const stateTests: Suite = {
  name: 'state-tests',
  title: `execution-spec-tests v5.4.0, ${FORK} transactions through the L2's own processing`,
  async tasks() {
    const directory = await unpackedVectors(ARCHIVE)
    const files: string[] = []
    for await (const file of glob('**/*.json', { cwd: directory })) files.push(path.join(directory, file))
    return files.filter((file) => !file.includes(`${path.sep}.meta${path.sep}`)).sort()
  },
  run,
}

async function run(file: string): Promise<TaskReport> {
  const builder = createReport()
  const text = await readFile(file, 'utf8')
  if (text.startsWith(LFS)) {
    builder.exclude('files that are LFS pointers')
    return builder.report
  }
  for (const [name, test] of Object.entries(JSON.parse(text) as StateTestFile)) {
    for (const [i, post] of (test.post[FORK] ?? []).entries()) {
      try {
        const excluded = await runStateTestCase(test, post, FORK)
        if (excluded === undefined) builder.pass(FORK)
        else builder.exclude(excluded)
      } catch (error) {
        builder.fail(FORK, `${name} #${i}`, error)
      }
    }
  }
  return builder.report
}
