import { join } from 'node:path'

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-amd64',
  'darwin-arm64': 'darwin-arm64',
}

/** Path of a Foundry binary of this platform: the package's own file, as the wrapper in .bin costs a process and swallows signals. */
export function foundryBinary(tool: 'forge' | 'anvil' | 'cast'): string {
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (platform === undefined) throw new Error(`no Foundry package for ${process.platform}-${process.arch}`)
  return join(import.meta.dirname, `../../../node_modules/@foundry-rs/${tool}-${platform}/bin/${tool}`)
}
