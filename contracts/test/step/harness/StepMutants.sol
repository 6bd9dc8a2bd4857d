// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Wrong proofs of a step
/// @notice For tests: calls `verify` with one proof after another, each the right one with a change, and tells what came of it. A verifier that is a function of
///         the state alone reverts, or returns the same state as for the right proof.
contract StepMutants {
    /// @dev Bytes of a change: kind (1), value (1), positions a and b (4 each).
    uint256 private constant CHANGE = 10;
    /// @dev Bytes of calldata before the proof: selector, ten words.
    uint256 private constant HEAD = 324;

    /// @notice Kinds of changes. Positions are those of bytes or words in the proof.
    enum Kind {
        XorByte,
        Truncate,
        Extend,
        SwapWords,
        CopyWord,
        ZeroWord,
        AddToWord,
        DropBytes
    }

    /// @notice Outcomes, one byte for each change: 0 the call reverted, 1 it returned `expected`, 2 it returned something else.
    /// @param data     Calldata of `StepVerifier.verify` with the right proof, unpadded.
    /// @param changes  Ten bytes each.
    function run(address verifier, bytes calldata data, bytes32 expected, bytes calldata changes) external view returns (bytes memory outcomes) {
        uint256 count = changes.length / CHANGE;
        outcomes = new bytes(count);
        for (uint256 i = 0; i < count; ++i) outcomes[i] = bytes1(_try(verifier, data, expected, bytes10(changes[i * CHANGE:])));
    }

    function _try(address verifier, bytes calldata data, bytes32 expected, bytes10 change) private view returns (uint8 outcome) {
        uint256 word = uint256(bytes32(change));
        uint256 size = data.length - HEAD;
        uint256 begin;
        // What `Extend` may add, and the padding of the last word, is zero.
        assembly ("memory-safe") {
            begin := and(add(mload(0x40), 0x3f), not(0x1f))
            calldatacopy(begin, data.offset, data.length)
            calldatacopy(add(begin, data.length), calldatasize(), 4096)
        }
        size = _apply(begin + HEAD, size, Kind(word >> 248), uint8(word >> 240), uint32(word >> 208), uint32(word >> 176));
        assembly ("memory-safe") {
            mstore(add(begin, sub(HEAD, 0x20)), size)
            let padded := and(add(size, 0x1f), not(0x1f))
            let ok := staticcall(gas(), verifier, begin, add(HEAD, padded), 0, 0x20)
            if and(ok, eq(returndatasize(), 0x20)) {
                outcome := 2
                if eq(mload(0), expected) { outcome := 1 }
            }
        }
    }

    /// @dev Changes the proof of `size` bytes at `proof`; returns its new size.
    function _apply(uint256 proof, uint256 size, Kind kind, uint256 value, uint256 a, uint256 b) private pure returns (uint256) {
        if (kind == Kind.Truncate) return a < size ? size - a : 0;
        if (kind == Kind.Extend) {
            assembly ("memory-safe") {
                mstore8(add(proof, size), value)
            }
            return size + (a & 2047) + 1;
        }
        if (kind == Kind.DropBytes) {
            assembly ("memory-safe") {
                mcopy(add(proof, a), add(add(proof, a), b), sub(size, add(a, b)))
            }
            return size - b;
        }
        assembly ("memory-safe") {
            let first := add(proof, a)
            switch kind
            case 0 { mstore8(first, xor(byte(0, mload(first)), value)) }
            case 3 {
                let second := add(proof, b)
                let kept := mload(first)
                mstore(first, mload(second))
                mstore(second, kept)
            }
            case 4 { mstore(first, mload(add(proof, b))) }
            case 5 { mstore(first, 0) }
            case 6 { mstore(first, add(mload(first), value)) }
        }
        return size;
    }
}
