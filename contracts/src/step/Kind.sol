// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title How a frame was entered
/// @notice Twin of `kind` in shared/machine/src/state/frame.ts.
library Kind {
    uint256 internal constant CALL = 0;
    uint256 internal constant CALL_CODE = 1;
    uint256 internal constant DELEGATE_CALL = 2;
    uint256 internal constant STATIC_CALL = 3;
    uint256 internal constant CREATE = 4;
    uint256 internal constant CREATE2 = 5;
}
