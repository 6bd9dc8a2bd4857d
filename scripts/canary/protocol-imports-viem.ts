// A violation on purpose: the dependency check must report this import, or it checks nothing.
export { keccak256 } from 'viem'
