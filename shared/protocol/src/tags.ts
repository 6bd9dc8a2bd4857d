import { keccak256Hex } from './keccak.ts'
import type { Hash } from './types/hex.ts'

const tag = (name: string): Hash => keccak256Hex(new TextEncoder().encode(`crema.${name}.v1`))

/** Domain tags of every hash, `keccak256("crema.NAME.v1")`. Twin of contracts/src/libraries/Tags.sol. */
export const tags = {
  node: tag('node'),
  sequencerHeader: tag('sequencerHeader'),
  historyLeaf: tag('historyLeaf'),
  committeeSet: tag('committeeSet'),
  firstLaneTip: tag('firstLaneTip'),
  laneTip: tag('laneTip'),
  laneLeaf: tag('laneLeaf'),
  lanesRoot: tag('lanesRoot'),
  txEntry: tag('txEntry'),
  prevRandao: tag('prevRandao'),
  inboxLeaf: tag('inboxLeaf'),
  deposit: tag('deposit'),
  depositSource: tag('depositSource'),
  blockState: tag('blockState'),
  assertion: tag('assertion'),
  config: tag('config'),
  bond: tag('bond'),
  stackWord: tag('stackWord'),
  blockSection: tag('blockSection'),
  runSection: tag('runSection'),
  txSection: tag('txSection'),
  frameSection: tag('frameSection'),
  microOpSection: tag('microOpSection'),
  suspendedFrame: tag('suspendedFrame'),
  machine: tag('machine'),
  record: tag('record'),
  warmItem: tag('warmItem'),
  authorization: tag('authorization'),
  destroyed: tag('destroyed'),
  log: tag('log'),
  logData: tag('logData'),
  hasher: tag('hasher'),
  openTrie: tag('openTrie'),
  segmentLeaf: tag('segmentLeaf'),
  blockLeaf: tag('blockLeaf'),
} as const
