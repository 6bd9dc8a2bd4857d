// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {Machine} from "../state/Machine.sol";
import {ByteSlice} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";

/// @title Beginning of a copy into memory
/// @notice Twin of `startCopy` in shared/machine/src/step/osp-mem/copy-chunk.ts.
library StartCopy {
    /// @dev X.sourceKind: a slice; code under its hash; the frame's own memory, copied upwards; the same, downwards.
    uint256 internal constant SLICE = 0;
    uint256 internal constant CODE = 1;
    uint256 internal constant UPWARDS = 2;
    uint256 internal constant DOWNWARDS = 3;

    /// @notice Puts a copy of `length` > 0 bytes to `dstOff` into X; what lies beyond the source is zero.
    function startCopy(Machine memory m, uint256 sourceKind, ByteSlice memory source, uint256 length, uint256 dstOff) internal pure {
        SectionWords.clearX(m);
        m.x.op = MicroOp.COPY_CHUNK;
        m.x.i = length;
        m.x.dstOff = dstOff;
        m.x.sourceKind = sourceKind;
        m.x.sourceRoot = source.root;
        m.x.sourceOffset = source.offset;
        m.x.sourceLength = source.length;
    }
}
