import type { Devnet } from '../devnet/devnet.ts'

/** What a service says of itself at /status. */
export async function serviceStatus<T>(devnet: Devnet, name: keyof Devnet['services']): Promise<T> {
  return (await (await fetch(`http://127.0.0.1:${devnet.ports.health[name]}/status`)).json()) as T
}
