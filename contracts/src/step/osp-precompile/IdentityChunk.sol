// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MicroOp} from "../MicroOp.sol";
import {Sizes} from "../Sizes.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {WordTree} from "../state/WordTree.sol";
import {Finish} from "./Finish.sol";

/// @title Identity, which has no limits and so is copied piece by piece
/// @notice Twin of shared/machine/src/step/osp-precompile/identity-chunk.ts.
library IdentityChunk {
    /// @notice Puts the copy of X's source, at least one byte, into X. `gasLeft` is what identity leaves of its gas.
    function startIdentity(Machine memory m, uint256 gasLeft) internal pure {
        (uint256 retOff, uint256 retLen) = (m.x.retOff, m.x.retLen);
        ByteSlice memory source = ByteSlice(m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength);
        SectionWords.clearX(m);
        m.x.op = MicroOp.IDENTITY_CHUNK;
        m.x.gas = gasLeft;
        (m.x.retOff, m.x.retLen) = (retOff, retLen);
        m.x.hasher = WordTree.EMPTY;
        _setSource(m, source);
    }

    /// @notice Copies the next bytes of X's source to what identity returns; after the last, ends the call.
    function identityChunk(Machine memory m) internal pure {
        ByteSlice memory source = ByteSlice(m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength);
        uint256 size = Bytes.min(Sizes.CHUNK, source.length);
        bytes memory chunk = Bytes.readBytes(m, source, 0, size);
        bytes32 root = Memory.writeBytes(m, m.x.hasher, m.x.dstOff, chunk);
        uint256 copied = m.x.dstOff + size;
        if (size == source.length) {
            Finish.finishPrecompile(m, Bytes.sliceOf(root, 0, copied), m.x.gas);
            return;
        }
        m.x.hasher = root;
        m.x.dstOff = copied;
        _setSource(m, Bytes.skip(source, size));
    }

    function _setSource(Machine memory m, ByteSlice memory source) private pure {
        m.x.sourceRoot = source.root;
        m.x.sourceOffset = source.offset;
        m.x.sourceLength = source.length;
    }
}
