// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The line of assertions without a rival, from genesis on
/// @notice One id per depth, every operation O(1). A rival cuts the line at its parent. What hangs below a cut stays off the line: only a
///         child of the line's end extends it.
library AssertionLine {
    /// @param ids     By depth; stale from `length` on.
    /// @param length  Assertions on the line.
    struct Line {
        mapping(uint256 depth => bytes32 id) ids;
        uint256 length;
    }

    /// @notice Begins with the genesis assertion.
    function start(Line storage self, bytes32 genesisId) internal {
        self.ids[0] = genesisId;
        self.length = 1;
    }

    /// @notice Lists `id` if its parent, at `depth`, is the line's end.
    function extend(Line storage self, uint256 depth, bytes32 parentId, bytes32 id) internal {
        if (depth + 1 != self.length || self.ids[depth] != parentId) return;
        self.ids[depth + 1] = id;
        self.length = depth + 2;
    }

    /// @notice Ends the line at `parentId`, at `depth`, if it is listed.
    function cut(Line storage self, uint256 depth, bytes32 parentId) internal {
        if (idAt(self, depth) == parentId) self.length = depth + 1;
    }

    /// @notice Id at `depth`, or zero beyond the end.
    function idAt(Line storage self, uint256 depth) internal view returns (bytes32) {
        return depth < self.length ? self.ids[depth] : bytes32(0);
    }
}
