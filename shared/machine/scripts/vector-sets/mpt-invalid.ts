import { bytesToHex, concatBytes, encodeRlp, keccak256, type RlpItem } from '@crema/protocol'
import { columns, noise, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'

/** One thing wrong with a node of a trie that really has this root, or with the key; `error` is the Solidity error. The root node is the first `rootLength` bytes. */
interface Row {
  readonly [column: string]: string | number
}

const none = new Uint8Array(0)
const value = noise('value', 40)
const hash = noise('hash', 32)
/** Nibbles 1 to 63 of the key, all 0, behind a flag. */
const rest = (flag: number) => concatBytes(Uint8Array.of(flag << 4), new Uint8Array(31))

/** Tries that no honest state has, and keys that no trie can hold. */
export function mptInvalidVectors(): Vectors {
  return columns([
    ...node('ProofNotNode', 'root is a string', encodeRlp(noise('string', 60))),
    ...node('ItemOutOfBounds', 'no item', encodeRlp([])),
    ...node('ItemOutOfBounds', 'one item', encodeRlp([Uint8Array.of(0x20)])),
    ...node('ItemOutOfBounds', 'three items', encodeRlp([none, none, hash])),
    ...node('ItemOutOfBounds', 'sixteen items', encodeRlp(branch({ 0: hash, 1: hash }).slice(0, 16))),
    ...node('BranchValue', 'eighteen items', encodeRlp([...branch({ 0: hash, 1: hash }), none])),
    ...node('BranchValue', 'value in a branch', encodeRlp([...branch({ 0: hash, 1: hash }).slice(0, 16), value])),
    ...node(
      'BranchValue',
      'one byte of value in a branch',
      encodeRlp([...branch({ 0: hash, 1: hash }).slice(0, 16), Uint8Array.of(5)]),
    ),
    ...node('BranchChildren', 'branch of one', encodeRlp(branch({ 1: hash }))),
    ...node('BranchChildren', 'branch of none', encodeRlp(branch({}))),
    ...node('BadChild', 'hash of 31 bytes', encodeRlp(branch({ 1: hash, 2: hash.subarray(1) }))),
    ...node('BadChild', 'hash of 33 bytes', encodeRlp(branch({ 1: hash, 2: noise('long', 33) }))),
    ...node('BadChild', 'one byte', encodeRlp(branch({ 1: hash, 2: Uint8Array.of(5) }))),
    ...node('BadChild', 'empty list as child', encodeRlp(branch({ 1: hash, 2: [] }))),
    ...node(
      'BadChild',
      'node of 32 bytes inside',
      encodeRlp(branch({ 1: hash, 2: [rest(3).subarray(0, 2), noise('w', 27)] })),
    ),
    ...node('BadChild', 'extension without child', encodeRlp([Uint8Array.of(0x11), none])),
    ...node('BadChild', 'child of extension too short', encodeRlp([Uint8Array.of(0x11), hash.subarray(1)])),
    ...node('EmptyExtension', 'extension without nibbles', encodeRlp([Uint8Array.of(0x00), hash])),
    ...node('BadChild', 'path is a list', encodeRlp([[Uint8Array.of(0x20)], value])),
    ...node('BadChild', 'empty path', encodeRlp([none, value])),
    ...node('BadPath', 'flag above 3', encodeRlp([rest(4), value])),
    ...node('BadPath', 'even path with a nibble beside the flag', encodeRlp([Uint8Array.of(0x21, 0), value])),
    ...node('BadPath', '66 nibbles', encodeRlp([new Uint8Array(34).fill(0x20, 0, 1), value])),
    ...node('BadPath', '65 nibbles', encodeRlp([new Uint8Array(33).fill(0x30, 0, 1), value])),
    ...node('BadLeafValue', 'leaf without value', encodeRlp([new Uint8Array(33).fill(0x20, 0, 1), none])),
    ...node('BadLeafValue', 'value is a list', encodeRlp([new Uint8Array(33).fill(0x20, 0, 1), [none]])),
    ...node('RlpNotCanonical', 'long list of 3', concatBytes(Uint8Array.of(0xf8, 3, 0x81, 0x20, 0x81))),
    ...node('BadPath', 'path byte with a prefix', list(Uint8Array.of(0x81, 0x20, 0x81, 0x99))),
    ...node('RlpNotCanonical', 'value byte with a prefix', list(Uint8Array.of(0x31, 0x81, 5))),
    ...node('RlpNotCanonical', 'long string of 55', list(concatBytes(Uint8Array.of(0x31, 0xb8, 55), noise('s', 55)))),
    ...node(
      'RlpNotCanonical',
      'length with a leading zero',
      list(concatBytes(Uint8Array.of(0x31, 0xb9, 0, 60), noise('s', 60))),
    ),
    ...node('ItemOutOfBounds', 'value beyond its node', list(concatBytes(Uint8Array.of(0x31, 0x88), noise('s', 7)))),
    ...node('PathLength', 'leaf ends early', encodeRlp([rest(2), value])),
    ...node('PathLength', 'leaf elsewhere ends early', encodeRlp([Uint8Array.of(0x3f), value])),
    ...node('PathLength', 'extension to the end', encodeRlp([new Uint8Array(33), hash])),
    ...below('ExtensionChild', 'leaf below extension', (ref) => [Uint8Array.of(0x10), ref], [rest(3), value]),
    ...below('ExtensionChild', 'extension below extension', (ref) => [Uint8Array.of(0x10), ref], [
      Uint8Array.of(0x10),
      hash,
    ]),
    ...below('NodeTooShort', 'short node by its hash', (ref) => branch({ 0: ref, 1: hash }), [
      Uint8Array.of(0x35),
      Uint8Array.of(1),
    ]),
    ...prefix(),
  ])
}

/** A trie of this root node; `get` and `set` fail alike. */
function node(error: string, name: string, root: Uint8Array): Row[] {
  return [row(error, name, root, root, 64)]
}

function below(error: string, name: string, parent: (ref: Uint8Array) => RlpItem, child: RlpItem): Row[] {
  const bytes = encodeRlp(child)
  const root = encodeRlp(parent(keccak256(bytes)))
  return [row(error, name, root, concatBytes(root, bytes), 64)]
}

/** Keys that end inside or behind another key of the trie. */
function prefix(): Row[] {
  const leaf = encodeRlp([Uint8Array.of(0x20, 0, 0), value])
  const extension = encodeRlp([Uint8Array.of(0, 0), hash])
  const branches = encodeRlp(branch({ 0: [Uint8Array.of(0x20), Uint8Array.of(1)], 1: hash }))
  const twoDeep = encodeRlp(
    branch({
      0: branch({ 0: [Uint8Array.of(0x30), Uint8Array.of(1)], 1: [Uint8Array.of(0x30), Uint8Array.of(1)] }),
      1: hash,
    }),
  )
  const short = [Uint8Array.of(0x30), Uint8Array.of(1)]
  const lacking = encodeRlp(branch({ 0: branch({ 1: short, 2: short }), 1: hash }))
  return [
    row('KeyIsPrefix', 'key ends inside a leaf', leaf, leaf, 2),
    row('KeyIsPrefix', 'key goes on behind a leaf', leaf, leaf, 6),
    row('KeyIsPrefix', 'key ends with an extension', extension, extension, 2),
    row('KeyIsPrefix', 'key ends inside an extension', extension, extension, 1),
    row('KeyIsPrefix', 'key goes on behind a branch', branches, branches, 2),
    row('KeyIsPrefix', 'key ends at a branch', twoDeep, twoDeep, 1),
    row('KeyIsPrefix', 'key ends at a branch without child 0', lacking, lacking, 1),
    row('KeyIsPrefix', 'key goes on with zeros behind a leaf', leaf, leaf, 8, '0x00000005'),
  ]
}

function row(error: string, name: string, root: Uint8Array, proof: Uint8Array, keyLength: number, key = '0x'): Row {
  return {
    error,
    name,
    root: bytesToHex(keccak256(root)),
    rootLength: root.length,
    key: key.padEnd(66, '0'),
    keyLength,
    proof: bytesToHex(proof),
  }
}

function branch(children: Readonly<Record<number, RlpItem>>): RlpItem[] {
  return Array.from({ length: 17 }, (_, i) => children[i] ?? none)
}

/** A list with these bytes as content, whatever they are. */
function list(content: Uint8Array): Uint8Array {
  return content.length <= 55
    ? concatBytes(Uint8Array.of(0xc0 + content.length), content)
    : concatBytes(Uint8Array.of(0xf8, content.length), content)
}
