import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BlockchainTestCase } from './blockchain-test-case.ts'
import { runMachineBlockchainTestCase } from './machine-blockchain-test-case.ts'
import { createReport, type Suite, type TaskReport } from './suite.ts'
import { unpackedVectors } from './vectors.ts'

const ARCHIVE = 'ethereum/eest-v5.4.0-blockchain-tests.tar.zst'
const FORKS = new Set(['Prague', 'Osaka'])
/** Files that the vectors hold only as a pointer start like this. */
const LFS = 'version https://git-lfs'

/** Ethereum's Prague and Osaka blockchain tests on the step machine, begin to roots, under rule set `l1`. */
export const machineBlockchainTests: Suite = {
  name: 'machine-blockchain-tests',
  title: 'execution-spec-tests v5.4.0, Prague and Osaka blocks on the step machine',
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
  for (const [name, test] of Object.entries(JSON.parse(text) as Record<string, BlockchainTestCase>)) {
    if (!FORKS.has(test.network)) {
      builder.exclude(`cases of ${test.network.includes('To') ? 'fork transition' : 'fork'} ${test.network}`)
      continue
    }
    try {
      const blocks = await runMachineBlockchainTestCase(test)
      if (typeof blocks === 'string') {
        builder.exclude(blocks)
        continue
      }
      if (blocks === 0) {
        builder.exclude('cases that are invalid for a header alone')
        continue
      }
      builder.pass(test.network)
    } catch (error) {
      builder.fail(test.network, name, error)
    }
  }
  return builder.report
}
