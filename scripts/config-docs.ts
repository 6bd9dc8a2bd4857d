/** Writes docs/configuration from the services' schemas. `--check` writes nothing and fails when a page is stale. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/configuration')

const mains: Readonly<Record<string, string>> = {
  sequencer: 'services/sequencer/src/main.ts',
  poster: 'services/sequencer/src/poster-main.ts',
  proposer: 'services/proposer/src/main.ts',
  challenger: 'services/challenger/src/main.ts',
  rpc: 'services/rpc/src/main.ts',
}

const check = process.argv.includes('--check')
mkdirSync(target, { recursive: true })
const stale: string[] = []
for (const [name, main] of Object.entries(mains)) {
  const text = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'config', 'docs'], {
    cwd: root,
    encoding: 'utf8',
  })
  const path = join(target, `${name}.md`)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  if (check) stale.push(`${name}.md`)
  else writeFileSync(path, text)
}
if (stale.length > 0) {
  console.error(`stale configuration pages: ${stale.join(', ')}; run npm run docs`)
  process.exit(1)
}
console.log(`${Object.keys(mains).length} configuration pages are ${check ? 'fresh' : 'written'}`)
