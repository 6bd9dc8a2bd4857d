import { parseAbi } from 'viem'

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
