import type { WordValue } from './encode-words.ts'

/** The words of section X, in their order. */
export const microOpWordNames = [
  'op',
  'i',
  'kind',
  'isStatic',
  'gas',
  'address',
  'caller',
  'value',
  'codeAddress',
  'delegated',
  'retOff',
  'retLen',
  'before',
  'sourceKind',
  'sourceRoot',
  'sourceOffset',
  'sourceLength',
  'dstOff',
  'hasher',
  'a0',
  'a1',
  'a2',
  'a3',
] as const

/** Words of X that are not zero; the op apart. */
export type MicroOpWords = { readonly [name in (typeof microOpWordNames)[number]]?: WordValue | undefined }
