import { bytesEqual, predeploys } from '@crema/protocol'
import { readableEntries } from '../../../../shared/machine/src/run/segments.ts'
import { readAccount } from '../../../../shared/machine/src/state/accounts.ts'
import { hasCode } from '../../../../shared/machine/src/state/code.ts'
import { type Machine, sourceKind } from '../../../../shared/machine/src/state/machine.ts'
import { isPrecompileAddress } from '../../../../shared/machine/src/state/scratch.ts'
import { readInteger } from '../../../../shared/machine/src/state/words.ts'
import { microOp } from '../../../../shared/machine/src/step/micro-op.ts'
import { precompilePrice } from '../../../../shared/machine/src/step/osp-precompile/precompile.ts'
import { emptyRoot } from '../../../../shared/machine/src/trie/node.ts'
import { authorizationOutcome } from './authorization-outcome.ts'
import { nameOfMicroOp } from './names.ts'
import { bought, loaded, settled } from './transaction-outcome.ts'

type After = (charges: readonly number[]) => string[]

const always =
  (...outcomes: string[]): After =>
  () =>
    outcomes

/** Which cells the micro-op that is due is about to hit; called before it runs, the result after it ran, with what it charged. */
export function observeMicroOp(m: Machine): After {
  const { op } = m.x
  const name = nameOfMicroOp(op)
  const after = observe(m)
  return (charges) => after(charges).map((outcome) => (outcome.includes('|') ? outcome : `${name}|${outcome}`))
}

function observe(m: Machine): After {
  switch (m.x.op) {
    case microOp.copyChunk:
      return always(...copied(m))
    case microOp.callDelegation:
      return delegation(m)
    case microOp.callDebit:
      return callDebit(m)
    case microOp.callEnter:
      return always(callEntered(m))
    case microOp.createNonce:
      return createNonce(m)
    case microOp.createCollision:
      return always(...collision(m))
    case microOp.createAccount:
      return always(readAccount(m, m.x.address) === undefined ? 'new' : 'existing')
    case microOp.codeDeposit:
      return codeDeposit(m)
    case microOp.precompile:
      return precompile(m)
    case microOp.txLoad:
      return loaded(m)
    case microOp.txBuy:
      return bought(m)
    case microOp.txAuth:
      return always(authorizationOutcome(m))
    case microOp.txRefund:
      return settled(m)
    default:
      return always(...segmentOutcome(m))
  }
}

function copied({ x }: Machine): string[] {
  if (x.sourceKind === sourceKind.memoryUp) return ['memory-up']
  if (x.sourceKind === sourceKind.memoryDown) return ['memory-down']
  const name = x.sourceKind === sourceKind.slice ? 'slice' : 'code'
  return x.srcOff >= x.source.length ? [`${name}-beyond`] : [name]
}

function delegation(m: Machine): After {
  const { x, f } = m
  const [asked, gas] = [x.gas, f.gas]
  return (charges) => {
    if (f.gas < 0) return ['access']
    const kinds = [x.delegated ? (charges[0]! > 100 ? 'delegated-cold' : 'delegated-warm') : 'plain']
    if (asked > gas - Math.floor(gas / 64)) kinds.push('all-but-a-64th')
    if (x.kind <= 1 && x.value > 0n) kinds.push('stipend')
    return kinds
  }
}

function callDebit(m: Machine): After {
  const { f, x } = m
  const { kind, value } = x
  return () => {
    if (x.op === microOp.opcode) return [f.depth >= 1_024 ? 'depth' : kind === 1 ? 'callcode-balance' : 'balance']
    const deepest = f.depth === 1_023 ? ['deepest'] : []
    if (value === 0n || kind > 1) return ['no-value', ...deepest]
    return [kind === 1 ? 'callcode-value' : 'value', ...deepest]
  }
}

function callEntered(m: Machine): string {
  const { x } = m
  const isPrecompile = isPrecompileAddress(m, x.codeAddress)
  if (x.delegated) return isPrecompile ? 'delegated-to-precompile' : 'delegated'
  if (isPrecompile) return 'precompile'
  const account = readAccount(m, x.codeAddress)
  if (account === undefined) return 'no-account'
  return hasCode(account) ? 'code' : 'empty-code'
}

function createNonce(m: Machine): After {
  const { f, x } = m
  const balance = readAccount(m, x.caller)?.balance ?? 0n
  return () => {
    if (x.op !== microOp.opcode) return f.depth === 1_023 ? ['ok', 'deepest'] : ['ok']
    if (balance < x.value) return ['balance']
    return [f.depth >= 1_024 ? 'depth' : 'nonce']
  }
}

function collision(m: Machine): string[] {
  const account = readAccount(m, m.x.address)
  if (account === undefined) return ['none']
  const where = m.f.depth < 0 ? ['in-transaction'] : []
  if (account.nonce > 0n) return ['nonce', ...where]
  if (hasCode(account)) return ['code', ...where]
  if (!bytesEqual(account.storageRoot, emptyRoot)) return ['storage', ...where]
  return ['none', 'existing-balance']
}

function codeDeposit(m: Machine): After {
  const { f, x } = m
  const { length } = x.source
  const first = x.source[0]
  return () => {
    if (length > 24_576) return ['too-long']
    if (first === 0xef) return ['0xef']
    if (f.gas < 0) return ['gas']
    return length === 0 ? ['empty'] : length === 24_576 ? ['kept', 'longest'] : ['kept']
  }
}

function precompile(m: Machine): After {
  const [after, moved] = [precompileOutcome(m), m.x.before !== m.state]
  return (charges) => {
    const [cell] = after(charges)
    if (!moved) return [cell!]
    const failed = m.f.depth < 0 ? !m.t.success : m.f.stack[m.f.sp - 1] === 0n
    return [cell!, failed ? 'value-undone' : 'value-kept']
  }
}

function precompileOutcome(m: Machine): After {
  const { x, rules } = m
  const row = `precompile 0x${x.codeAddress.toString(16).padStart(2, '0')}`
  const { gas, source } = x
  const price = precompilePrice(rules, x.codeAddress, source)
  const unlimited = precompilePrice({ ...rules, maxPrecompileGas: Number.POSITIVE_INFINITY }, x.codeAddress, source)
  return () => {
    if (price > gas) {
      if (unlimited === Number.POSITIVE_INFINITY && source.length > rules.maxPrecompileInput)
        return [`${row}|input-limit`]
      return [`${row}|${price === Number.POSITIVE_INFINITY && unlimited <= gas ? 'price-limit' : 'gas'}`]
    }
    if (x.codeAddress === 4n) return [`${row}|${source.length === 0 ? 'nothing' : 'ok'}`]
    return [`${row}|${precompileResult(m)}`]
  }
}

/** Success with output; none although it succeeds; failure. Nothing is what ecrecover and P256VERIFY say of bad input. */
function precompileResult(m: Machine): string {
  const { f, x, t } = m
  if (f.depth < 0) return t.success ? (t.output.length > 0 ? 'ok' : emptyMeans(x.codeAddress)) : 'bad-input'
  if (f.stack[f.sp - 1] === 0n) return 'bad-input'
  return f.returnData.length > 0 ? 'ok' : emptyMeans(x.codeAddress)
}

function emptyMeans(address: bigint): string {
  return address === 5n ? 'nothing' : 'bad-input'
}

/** The micro-ops of transactions' and blocks' begin and end. */
function segmentOutcome(m: Machine): string[] {
  const { x, t } = m
  const writes = (address: string): string => {
    const account = readAccount(m, BigInt(address))
    if (account === undefined) return 'no-account'
    return hasCode(account) ? 'written' : 'no-code'
  }
  switch (x.op) {
    case microOp.txWarm: {
      const item = t.warm[t.warmed]!
      const again = t.warm
        .slice(0, t.warmed)
        .some((other) => other.address === item.address && other.slot === item.slot)
      const kind =
        isPrecompileAddress(m, item.address) && item.slot === undefined
          ? 'precompile'
          : item.slot === undefined
            ? 'address'
            : 'slot'
      return again ? [kind, 'again'] : [kind]
    }
    case microOp.blockBegin:
      return [readableEntries(m.context!.input.deposits.length) < entriesOf(m) ? 'too-many-entries' : 'all-entries']
    case microOp.txTip:
      return [t.tip > 0n ? 'tip' : 'no-tip']
    case microOp.txSelfdestruct:
      return [t.destroyed === undefined ? 'none' : 'deleted']
    case microOp.depositMint:
      return [x.value > 0n ? 'mint' : 'no-mint', ...(readAccount(m, t.origin) === undefined ? ['new-account'] : [])]
    case microOp.txEnter:
      return entered(m)
    case microOp.sysBeaconTimestamp:
      return [writes(predeploys.beaconRoots)]
    case microOp.sysHistory:
      return [writes(predeploys.historyStorage)]
    case microOp.sysL1Block:
      return [writes(predeploys.l1Block)]
    case microOp.sealBegin:
      return [m.body.transactions.length === 0 ? 'empty' : 'some']
    case microOp.sealHeader:
      return sealed(m)
    default:
      return []
  }
}

/** Entries that the block's leaf counts: word 9 of it. */
function entriesOf({ evidence }: Machine): number {
  return Number(readInteger(evidence!.leaf, 32 * 9, 32))
}

function sealed({ anchors, b }: Machine): string[] {
  if (anchors === undefined) return []
  if (anchors.gasBefore + b.cumulativeGas >= anchors.maxGas) return ['gas-reached']
  return [anchors.inboxCount + 1n >= anchors.targetCount ? 'target-reached' : 'block-end']
}

function entered(m: Machine): string[] {
  const { t } = m
  if (t.type === 0x7e && (readAccount(m, t.origin)?.balance ?? 0n) < t.value) return ['deposit-balance']
  if (t.type === 0x7e && t.gasLimit < t.intrinsicGas) return ['deposit-gas']
  if (t.to === undefined) return ['creation']
  const account = readAccount(m, t.to)
  if (account === undefined) return ['call', 'no-account']
  const code = m.store.code(account.codeHash) ?? m.caches.newCodes.get(Buffer.from(account.codeHash).toString('hex'))
  return code !== undefined && code.length === 23 && code[0] === 0xef ? ['call', 'delegated'] : ['call']
}
