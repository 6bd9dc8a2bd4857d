// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The permutation Keccak-f[1600] (FIPS 202, 3.3)
/// @notice Works on a state in memory: 25 words, lane x + 5y of 64 bits at word x + 5y; behind them room for as many and the 24 round constants.
library KeccakF {
    /// @dev Bytes of the lanes, of the room beside them, and of the round constants with a zero behind.
    uint256 private constant SIZE = 0x640 + 0x320;

    /// @notice A state of zeros in new memory: the address of its first lane.
    function allocate() internal pure returns (uint256 s) {
        assembly ("memory-safe") {
            s := mload(0x40)
            mstore(0x40, add(s, SIZE))
            // Nothing lies behind calldata.
            calldatacopy(s, calldatasize(), SIZE)
            mstore(add(0x640, s), 0x0000000000000001)
            mstore(add(0x660, s), 0x0000000000008082)
            mstore(add(0x680, s), 0x800000000000808a)
            mstore(add(0x6a0, s), 0x8000000080008000)
            mstore(add(0x6c0, s), 0x000000000000808b)
            mstore(add(0x6e0, s), 0x0000000080000001)
            mstore(add(0x700, s), 0x8000000080008081)
            mstore(add(0x720, s), 0x8000000000008009)
            mstore(add(0x740, s), 0x000000000000008a)
            mstore(add(0x760, s), 0x0000000000000088)
            mstore(add(0x780, s), 0x0000000080008009)
            mstore(add(0x7a0, s), 0x000000008000000a)
            mstore(add(0x7c0, s), 0x000000008000808b)
            mstore(add(0x7e0, s), 0x800000000000008b)
            mstore(add(0x800, s), 0x8000000000008089)
            mstore(add(0x820, s), 0x8000000000008003)
            mstore(add(0x840, s), 0x8000000000008002)
            mstore(add(0x860, s), 0x8000000000000080)
            mstore(add(0x880, s), 0x000000000000800a)
            mstore(add(0x8a0, s), 0x800000008000000a)
            mstore(add(0x8c0, s), 0x8000000080008081)
            mstore(add(0x8e0, s), 0x8000000000008080)
            mstore(add(0x900, s), 0x0000000080000001)
            mstore(add(0x920, s), 0x8000000080008008)
        }
    }

    /// @notice Permutes the state at `s`, which `allocate` gave. Two rounds at a time, from the lanes to the room beside them and back; a rotation is
    ///         a shift of the lane written twice.
    function permute(uint256 s) internal pure {
        assembly ("memory-safe") {
            let lane := 0xffffffffffffffff
            let twice := 0x10000000000000001
            let d0
            let d1
            let d2
            let d3
            let d4
            for { let rc := add(0x640, s) } mload(rc) { rc := add(0x40, rc) } {
                {
                    let c0 := xor(mload(s), xor(mload(add(0xa0, s)), xor(mload(add(0x140, s)), xor(mload(add(0x1e0, s)), mload(add(0x280, s))))))
                    let c1 := xor(mload(add(0x20, s)), xor(mload(add(0xc0, s)), xor(mload(add(0x160, s)), xor(mload(add(0x200, s)), mload(add(0x2a0, s))))))
                    let c2 := xor(mload(add(0x40, s)), xor(mload(add(0xe0, s)), xor(mload(add(0x180, s)), xor(mload(add(0x220, s)), mload(add(0x2c0, s))))))
                    let c3 := xor(mload(add(0x60, s)), xor(mload(add(0x100, s)), xor(mload(add(0x1a0, s)), xor(mload(add(0x240, s)), mload(add(0x2e0, s))))))
                    let c4 := xor(mload(add(0x80, s)), xor(mload(add(0x120, s)), xor(mload(add(0x1c0, s)), xor(mload(add(0x260, s)), mload(add(0x300, s))))))
                    d0 := xor(c4, and(lane, shr(63, mul(twice, c1))))
                    d1 := xor(c0, and(lane, shr(63, mul(twice, c2))))
                    d2 := xor(c1, and(lane, shr(63, mul(twice, c3))))
                    d3 := xor(c2, and(lane, shr(63, mul(twice, c4))))
                    d4 := xor(c3, and(lane, shr(63, mul(twice, c0))))
                }
                {
                    let b0 := xor(d0, mload(s))
                    let b1 := and(lane, shr(20, mul(twice, xor(d1, mload(add(0xc0, s))))))
                    let b2 := and(lane, shr(21, mul(twice, xor(d2, mload(add(0x180, s))))))
                    let b3 := and(lane, shr(43, mul(twice, xor(d3, mload(add(0x240, s))))))
                    let b4 := and(lane, shr(50, mul(twice, xor(d4, mload(add(0x300, s))))))
                    mstore(add(0x320, s), xor(mload(rc), xor(b0, and(b2, not(b1)))))
                    mstore(add(0x340, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x360, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x380, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x3a0, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(36, mul(twice, xor(d3, mload(add(0x60, s))))))
                    let b1 := and(lane, shr(44, mul(twice, xor(d4, mload(add(0x120, s))))))
                    let b2 := and(lane, shr(61, mul(twice, xor(d0, mload(add(0x140, s))))))
                    let b3 := and(lane, shr(19, mul(twice, xor(d1, mload(add(0x200, s))))))
                    let b4 := and(lane, shr(3, mul(twice, xor(d2, mload(add(0x2c0, s))))))
                    mstore(add(0x3c0, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x3e0, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x400, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x420, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x440, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(63, mul(twice, xor(d1, mload(add(0x20, s))))))
                    let b1 := and(lane, shr(58, mul(twice, xor(d2, mload(add(0xe0, s))))))
                    let b2 := and(lane, shr(39, mul(twice, xor(d3, mload(add(0x1a0, s))))))
                    let b3 := and(lane, shr(56, mul(twice, xor(d4, mload(add(0x260, s))))))
                    let b4 := and(lane, shr(46, mul(twice, xor(d0, mload(add(0x280, s))))))
                    mstore(add(0x460, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x480, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x4a0, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x4c0, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x4e0, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(37, mul(twice, xor(d4, mload(add(0x80, s))))))
                    let b1 := and(lane, shr(28, mul(twice, xor(d0, mload(add(0xa0, s))))))
                    let b2 := and(lane, shr(54, mul(twice, xor(d1, mload(add(0x160, s))))))
                    let b3 := and(lane, shr(49, mul(twice, xor(d2, mload(add(0x220, s))))))
                    let b4 := and(lane, shr(8, mul(twice, xor(d3, mload(add(0x2e0, s))))))
                    mstore(add(0x500, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x520, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x540, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x560, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x580, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(2, mul(twice, xor(d2, mload(add(0x40, s))))))
                    let b1 := and(lane, shr(9, mul(twice, xor(d3, mload(add(0x100, s))))))
                    let b2 := and(lane, shr(25, mul(twice, xor(d4, mload(add(0x1c0, s))))))
                    let b3 := and(lane, shr(23, mul(twice, xor(d0, mload(add(0x1e0, s))))))
                    let b4 := and(lane, shr(62, mul(twice, xor(d1, mload(add(0x2a0, s))))))
                    mstore(add(0x5a0, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x5c0, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x5e0, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x600, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x620, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let c0 := xor(mload(add(0x320, s)), xor(mload(add(0x3c0, s)), xor(mload(add(0x460, s)), xor(mload(add(0x500, s)), mload(add(0x5a0, s))))))
                    let c1 := xor(mload(add(0x340, s)), xor(mload(add(0x3e0, s)), xor(mload(add(0x480, s)), xor(mload(add(0x520, s)), mload(add(0x5c0, s))))))
                    let c2 := xor(mload(add(0x360, s)), xor(mload(add(0x400, s)), xor(mload(add(0x4a0, s)), xor(mload(add(0x540, s)), mload(add(0x5e0, s))))))
                    let c3 := xor(mload(add(0x380, s)), xor(mload(add(0x420, s)), xor(mload(add(0x4c0, s)), xor(mload(add(0x560, s)), mload(add(0x600, s))))))
                    let c4 := xor(mload(add(0x3a0, s)), xor(mload(add(0x440, s)), xor(mload(add(0x4e0, s)), xor(mload(add(0x580, s)), mload(add(0x620, s))))))
                    d0 := xor(c4, and(lane, shr(63, mul(twice, c1))))
                    d1 := xor(c0, and(lane, shr(63, mul(twice, c2))))
                    d2 := xor(c1, and(lane, shr(63, mul(twice, c3))))
                    d3 := xor(c2, and(lane, shr(63, mul(twice, c4))))
                    d4 := xor(c3, and(lane, shr(63, mul(twice, c0))))
                }
                {
                    let b0 := xor(d0, mload(add(0x320, s)))
                    let b1 := and(lane, shr(20, mul(twice, xor(d1, mload(add(0x3e0, s))))))
                    let b2 := and(lane, shr(21, mul(twice, xor(d2, mload(add(0x4a0, s))))))
                    let b3 := and(lane, shr(43, mul(twice, xor(d3, mload(add(0x560, s))))))
                    let b4 := and(lane, shr(50, mul(twice, xor(d4, mload(add(0x620, s))))))
                    mstore(s, xor(mload(add(0x20, rc)), xor(b0, and(b2, not(b1)))))
                    mstore(add(0x20, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x40, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x60, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x80, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(36, mul(twice, xor(d3, mload(add(0x380, s))))))
                    let b1 := and(lane, shr(44, mul(twice, xor(d4, mload(add(0x440, s))))))
                    let b2 := and(lane, shr(61, mul(twice, xor(d0, mload(add(0x460, s))))))
                    let b3 := and(lane, shr(19, mul(twice, xor(d1, mload(add(0x520, s))))))
                    let b4 := and(lane, shr(3, mul(twice, xor(d2, mload(add(0x5e0, s))))))
                    mstore(add(0xa0, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0xc0, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0xe0, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x100, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x120, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(63, mul(twice, xor(d1, mload(add(0x340, s))))))
                    let b1 := and(lane, shr(58, mul(twice, xor(d2, mload(add(0x400, s))))))
                    let b2 := and(lane, shr(39, mul(twice, xor(d3, mload(add(0x4c0, s))))))
                    let b3 := and(lane, shr(56, mul(twice, xor(d4, mload(add(0x580, s))))))
                    let b4 := and(lane, shr(46, mul(twice, xor(d0, mload(add(0x5a0, s))))))
                    mstore(add(0x140, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x160, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x180, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x1a0, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x1c0, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(37, mul(twice, xor(d4, mload(add(0x3a0, s))))))
                    let b1 := and(lane, shr(28, mul(twice, xor(d0, mload(add(0x3c0, s))))))
                    let b2 := and(lane, shr(54, mul(twice, xor(d1, mload(add(0x480, s))))))
                    let b3 := and(lane, shr(49, mul(twice, xor(d2, mload(add(0x540, s))))))
                    let b4 := and(lane, shr(8, mul(twice, xor(d3, mload(add(0x600, s))))))
                    mstore(add(0x1e0, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x200, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x220, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x240, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x260, s), xor(b4, and(b1, not(b0))))
                }
                {
                    let b0 := and(lane, shr(2, mul(twice, xor(d2, mload(add(0x360, s))))))
                    let b1 := and(lane, shr(9, mul(twice, xor(d3, mload(add(0x420, s))))))
                    let b2 := and(lane, shr(25, mul(twice, xor(d4, mload(add(0x4e0, s))))))
                    let b3 := and(lane, shr(23, mul(twice, xor(d0, mload(add(0x500, s))))))
                    let b4 := and(lane, shr(62, mul(twice, xor(d1, mload(add(0x5c0, s))))))
                    mstore(add(0x280, s), xor(b0, and(b2, not(b1))))
                    mstore(add(0x2a0, s), xor(b1, and(b3, not(b2))))
                    mstore(add(0x2c0, s), xor(b2, and(b4, not(b3))))
                    mstore(add(0x2e0, s), xor(b3, and(b0, not(b4))))
                    mstore(add(0x300, s), xor(b4, and(b1, not(b0))))
                }
            }
        }
    }
}
