import { Common, Mainnet } from '@ethereumjs/common'
import { paramsEVM } from '@ethereumjs/evm'
import { paramsTx } from '@ethereumjs/tx'
import { paramsVM } from '@ethereumjs/vm'
import { expect, it } from 'vitest'
import { createL1Common, FastCommon } from '../../src/index.ts'

const forks = Mainnet.hardforks.map(({ name }) => name)
const eips = [1153, 1559, 2929, 2935, 3855, 4788, 4844, 6780, 7623, 7702, 7825, 7883, 7939, 7951]
const names = [
  'maxRefundQuotient',
  'sstoreRefundEIP2200Gas',
  'maxInitCodeSize',
  'txDataNonZeroGas',
  'coldsloadGas',
  'modexpGquaddivisorGas',
]

function answers(common: Common): unknown[] {
  const parameter = (name: string): unknown => {
    try {
      return common.param(name)
    } catch (error) {
      return (error as Error).message
    }
  }
  return [
    eips.map((eip) => common.isActivatedEIP(eip)),
    names.map(parameter),
    forks.map((fork) => common.gteHardfork(fork)),
  ]
}

it('answers as the library does, on every fork, in any order of switches, on copies too', () => {
  const fast = createL1Common({ chain: Mainnet })
  const plain = new Common({ chain: Mainnet })
  const half = Math.floor(forks.length / 2)
  for (const fork of [...forks, ...forks.slice(half), ...forks.slice(0, half).reverse()]) {
    for (const common of [fast, plain]) {
      common.setHardfork(fork)
      for (const params of [paramsEVM, paramsTx, paramsVM]) common.updateParams(params)
    }
    expect(answers(fast), fork).toEqual(answers(plain))
    const copy = fast.copy()
    expect(copy).toBeInstanceOf(FastCommon)
    expect(answers(copy), fork).toEqual(answers(plain))
    copy.setHardfork(forks[0]!)
    expect(answers(fast), fork).toEqual(answers(plain))
  }
})
