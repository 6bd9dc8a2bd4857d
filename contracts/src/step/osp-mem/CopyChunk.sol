// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {Sizes} from "../Sizes.sol";
import {Bytes} from "../state/Bytes.sol";
import {Code} from "../state/Code.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";

/// @title Copies into memory, a block of it at a time
/// @notice Twin of shared/machine/src/step/osp-mem/copy-chunk.ts.
library CopyChunk {
    /// @notice X names no kind of source.
    error UnknownSource(uint256 sourceKind);

    /// @dev X.sourceKind: a slice; code under its hash; the frame's own memory, copied upwards; the same, downwards.
    uint256 internal constant SLICE = 0;
    uint256 internal constant CODE = 1;
    uint256 internal constant UPWARDS = 2;
    uint256 internal constant DOWNWARDS = 3;

    /// @notice Puts a copy of `length` > 0 bytes to `dstOff` into X; what lies beyond the source is zero. Of the own memory `source` tells the offset alone.
    function startCopy(Machine memory m, uint256 sourceKind, ByteSlice memory source, uint256 length, uint256 dstOff) internal pure {
        SectionWords.clearX(m);
        m.x.op = MicroOp.COPY_CHUNK;
        m.x.i = length;
        m.x.dstOff = dstOff;
        m.x.sourceKind = sourceKind;
        _setSource(m, source);
    }

    /// @notice Copies what of the rest lies in one block of memory: the first, or when it goes downwards the last that the destination is in.
    function copyChunk(Machine memory m) internal pure {
        uint256 kind = m.x.sourceKind;
        if (kind > DOWNWARDS) revert UnknownSource(kind);
        if (kind == DOWNWARDS) _copyDown(m);
        else _copyUp(m, kind);
        if (m.x.i == 0) SectionWords.clearX(m);
    }

    function _copyUp(Machine memory m, uint256 kind) private pure {
        uint256 dstOff = m.x.dstOff;
        uint256 size = Bytes.min(m.x.i, Sizes.CHUNK - (dstOff % Sizes.CHUNK));
        ByteSlice memory source = ByteSlice(m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength);
        bytes memory data;
        if (kind == SLICE) data = Bytes.readBytes(m, source, 0, size);
        else if (kind == UPWARDS) data = Memory.readMemory(m, source.offset, size);
        else data = _readCode(m, source, size);
        Memory.storeRange(m, dstOff, data);
        if (kind == UPWARDS) m.x.sourceOffset = source.offset + size;
        else _setSource(m, Bytes.skip(source, size));
        m.x.dstOff = dstOff + size;
        m.x.i -= size;
    }

    function _copyDown(Machine memory m) private pure {
        uint256 dstOff = m.x.dstOff;
        uint256 end = dstOff + m.x.i;
        uint256 lastBlock = ((end - 1) / Sizes.CHUNK) * Sizes.CHUNK;
        uint256 start = lastBlock > dstOff ? lastBlock : dstOff;
        uint256 skipped = start - dstOff;
        Memory.storeRange(m, start, Memory.readMemory(m, m.x.sourceOffset + skipped, end - start));
        m.x.i = skipped;
    }

    /// @dev Bytes of the code whose hash is the source's root, zeros behind it. The code is on the tape unless nothing of it is left to copy.
    function _readCode(Machine memory m, ByteSlice memory source, uint256 size) private pure returns (bytes memory data) {
        data = new bytes(size);
        uint256 given = Bytes.min(size, source.length);
        if (given == 0) return data;
        (uint256 start,) = Code.codeOf(m, source.root);
        uint256 from = start + source.offset;
        assembly ("memory-safe") {
            calldatacopy(add(data, 0x20), from, given)
        }
    }

    function _setSource(Machine memory m, ByteSlice memory source) private pure {
        m.x.sourceRoot = source.root;
        m.x.sourceOffset = source.offset;
        m.x.sourceLength = source.length;
    }
}
