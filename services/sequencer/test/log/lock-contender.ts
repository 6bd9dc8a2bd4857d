import { lockDirectory } from '../../src/log/directory-lock.ts'

// Tries to lock each folder at its moment, together with the other contenders, and prints those it got; holds them until told to end.
const [startMs, ...dirs] = process.argv.slice(2)
const got: string[] = []
for (const [i, dir] of dirs.entries()) {
  while (Date.now() < Number(startMs) + 2 * i);
  try {
    lockDirectory(dir)
    got.push(dir)
  } catch (error) {
    if ((error as { code?: string }).code !== 'LOG_IN_USE') throw error
  }
}
console.log(JSON.stringify(got))
process.stdin.resume()
