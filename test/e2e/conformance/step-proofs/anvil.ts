import { spawn } from 'node:child_process'
import { foundryBinary, freePort } from '@crema/testing'
import { createRpc, type Rpc } from './rpc.ts'

/** An anvil for one run, which ends with the process. */
export interface BareAnvil {
  readonly url: string
  readonly rpc: Rpc
  stop(): void
}

/** Starts anvil under Osaka's rules on a free port, with more arguments. Throws when it does not answer in 20 s. */
export async function startBareAnvil(more: readonly string[]): Promise<BareAnvil> {
  const port = await freePort()
  const args = ['--port', String(port), '--hardfork', 'osaka', '--no-request-size-limit', '--silent', ...more]
  const child = spawn(foundryBinary('anvil'), args, { stdio: 'ignore' })
  // The suite's end is the process's: anvil must not hold it up.
  child.unref()
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  const rpc = createRpc(url)
  await rpc.ready()
  return {
    url,
    rpc,
    stop() {
      process.off('exit', kill)
      kill()
    },
  }
}
