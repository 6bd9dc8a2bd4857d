import { type Fault, fault } from './fault.ts'

/** Bugs of a block's begin and seal. */
export const sealFaults: readonly Fault[] = [
  fault(
    'OspSeal',
    'osp-seal/Begin.sol',
    'a leaf that the Inbox does not hold',
    'if (current != root) revert WrongInboxRoot(root, current);',
    'root;',
  ),
  fault('OspSeal', 'osp-seal/Begin.sol', 'another parent', 'Tape.check(state.blockHash, keccak256(header));', ''),
  fault(
    'OspSeal',
    'osp-seal/Begin.sol',
    'system contracts that are written without code',
    'if (Accounts.hasCode(account)) Storage',
    'Storage',
  ),
  fault(
    'OspSeal',
    'osp-seal/Begin.sol',
    'more entries than segments',
    'leaf.txCount < room ? leaf.txCount : room',
    'leaf.txCount',
  ),
  fault('OspSeal', 'osp-seal/OpenTrie.sol', 'another open trie', 'Tape.check(expected, hash(open));', ''),
  fault(
    'OspSeal',
    'osp-seal/Records.sol',
    'another piece of a log',
    'Tape.check(chain, keccak256(abi.encode(Tags.LOG_DATA, keccak256(piece), rest)));',
    '',
  ),
  fault('OspSeal', 'osp-seal/Records.sol', 'another record', 'Tape.check(leaf, actual);', ''),
  fault('OspSeal', 'hasher/Hasher.sol', 'another hasher of a receipt', 'Tape.check(expected, hash(words));', ''),
  fault(
    'OspSeal',
    'osp-seal/ReceiptStream.sol',
    'a byte of data with a header of its own',
    'log.dataLength == 1 && first < 0x80 ? bytes("") : ',
    '',
  ),
  fault(
    'OspSeal',
    'osp-seal/ReceiptStream.sol',
    'a legacy receipt with its type',
    'record.txType == 0 ? bytes("") : ',
    '',
  ),
  fault('OspSeal', 'osp-seal/KeyOrder.sol', 'leaves a nibble too high', 'place.next) + 1);', 'place.next));'),
]
