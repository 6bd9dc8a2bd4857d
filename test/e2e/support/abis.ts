import { parseAbi } from 'viem'

/** Interface of solidity/Mailbox.sol, typed for viem. */
export const mailboxAbi = parseAbi([
  'constructor(address portal) payable',
  'function deliver(bytes message) payable',
  'function caller() view returns (address)',
  'function l2Sender() view returns (address)',
  'function received() view returns (uint256)',
  'function message() view returns (bytes)',
  'function calls() view returns (uint256)',
  'event Delivered(address indexed caller, address indexed l2Sender, uint256 value, bytes message)',
])

/** The part of Multicall3 that sends ether along. */
export const multicall3Abi = parseAbi([
  'struct Call3Value { address target; bool allowFailure; uint256 value; bytes data; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3Value(Call3Value[] calls) payable returns (Result[])',
])

/** Interface of forge-script/src/Probe.sol, typed for viem. */
export const probeAbi = parseAbi([
  'constructor(uint256 initial) payable',
  'function value() view returns (uint256)',
  'function lastCaller() view returns (address)',
  'function set(uint256 next, string note) payable returns (uint256 before)',
  'function fill(uint256 count)',
  'function failWithReason()',
  'function failWithPanic(uint256 divisor) view returns (uint256)',
  'function failSilently() pure',
  'event Changed(address indexed caller, uint256 indexed before, uint256 value, string note)',
  'error TooLarge(uint256 given, uint256 limit)',
])
