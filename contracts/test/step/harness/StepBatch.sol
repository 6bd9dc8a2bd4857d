// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Many calls of a verifier in one
/// @notice For tests that check millions of steps: `verify` is called as it would be by itself, the batch adds nothing to it.
contract StepBatch {
    /// @dev Bytes of a result: outcome (1), gas of the call (7).
    uint256 private constant RESULT = 8;
    /// @dev Outcomes: the call reverted; it returned what was expected; it returned something else.
    uint256 private constant EXPECTED = 1;
    uint256 private constant OTHER = 2;

    /// @notice Calls `verifier` with each record, `uint32 length ‖ calldata ‖ expected word`, and tells what came of it.
    function run(address verifier, bytes calldata records) external view returns (bytes memory results) {
        uint256 next;
        uint256 end;
        assembly ("memory-safe") {
            next := records.offset
            end := add(next, records.length)
            results := mload(0x40)
        }
        uint256 to;
        uint256 count = _count(next, end);
        assembly ("memory-safe") {
            mstore(results, mul(count, RESULT))
            to := add(results, 0x20)
            mstore(0x40, add(to, mul(count, RESULT)))
        }
        while (next < end) {
            uint256 size;
            uint256 outcome = 0;
            uint256 used;
            assembly ("memory-safe") {
                size := shr(224, calldataload(next))
                let free := and(add(mload(0x40), 0x3f), not(0x1f))
                calldatacopy(free, add(next, 4), size)
                used := gas()
                let ok := staticcall(gas(), verifier, free, size, 0, 0x20)
                used := sub(used, gas())
                if and(ok, eq(returndatasize(), 0x20)) {
                    outcome := OTHER
                    if eq(mload(0), calldataload(add(add(next, 4), size))) { outcome := EXPECTED }
                }
                mstore(free, or(shl(248, outcome), shl(192, used)))
                mcopy(to, free, RESULT)
            }
            to += RESULT;
            next += 36 + size;
        }
    }

    function _count(uint256 next, uint256 end) private pure returns (uint256 count) {
        while (next < end) {
            uint256 size;
            assembly ("memory-safe") {
                size := shr(224, calldataload(next))
            }
            next += 36 + size;
            ++count;
        }
    }
}
