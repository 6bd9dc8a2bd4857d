// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Halt} from "../osp-call/Halt.sol";
import {Extcode} from "../osp-state/Extcode.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice} from "../state/Sections.sol";
import {Stack} from "../state/Stack.sol";
import {CopyChunk} from "./CopyChunk.sol";

/// @title Opcodes that copy into memory
/// @notice They charge and grow memory; `copyChunk` then copies block by block. Twin of shared/machine/src/step/osp-mem/copy.ts.
library Copy {
    using Stack for Machine;

    /// @dev Offsets at or above it lie beyond every source.
    uint256 private constant FAR = 2 ** 32;

    function calldatacopy(Machine memory m) internal pure {
        uint256 dst = m.pop();
        uint256 src = m.pop();
        _copy(m, dst, CopyChunk.SLICE, ByteSlice(m.f.inputRoot, m.f.inputOffset, m.f.inputLength), src, m.pop());
    }

    function codecopy(Machine memory m) internal pure {
        uint256 dst = m.pop();
        uint256 src = m.pop();
        _copy(m, dst, CopyChunk.CODE, ByteSlice(m.f.codeHash, 0, m.codeLength), src, m.pop());
    }

    function extcodecopy(Machine memory m) internal pure {
        address target = address(uint160(m.pop()));
        uint256 dst = m.pop();
        uint256 src = m.pop();
        uint256 length = m.pop();
        (bool paid, bytes32 codeHash, uint256 size) = Extcode.loadExternalCode(m, target);
        if (!paid) Halt.halt(m);
        else _copy(m, dst, CopyChunk.CODE, ByteSlice(codeHash, 0, size), src, length);
    }

    /// @notice Halts where the copy would leave the returned data (EIP-211).
    function returndatacopy(Machine memory m) internal pure {
        uint256 dst = m.pop();
        uint256 src = m.pop();
        uint256 length = m.pop();
        ByteSlice memory source = ByteSlice(m.f.returnRoot, m.f.returnOffset, m.f.returnLength);
        if (length > source.length || src > source.length - length) Halt.halt(m);
        else _copy(m, dst, CopyChunk.SLICE, source, src, length);
    }

    /// @notice EIP-5656. The chunks go upwards or downwards, so that none reads what another wrote.
    function mcopy(Machine memory m) internal pure {
        uint256 dst = m.pop();
        uint256 src = m.pop();
        uint256 length = m.pop();
        if (!_chargeWords(m, length)) return Halt.halt(m);
        if (length == 0) return;
        if (dst >= FAR || src >= FAR) return Halt.halt(m);
        if (!Memory.expandTo(m, (dst > src ? dst : src) + length)) return Halt.halt(m);
        uint256 kind = dst <= src ? CopyChunk.UPWARDS : CopyChunk.DOWNWARDS;
        CopyChunk.startCopy(m, kind, ByteSlice(0, src, 0), length, dst);
    }

    /// @dev 3 gas a word, then memory, then the chunks.
    function _copy(Machine memory m, uint256 dst, uint256 kind, ByteSlice memory source, uint256 src, uint256 length) private pure {
        if (!_chargeWords(m, length) || !Memory.expand(m, dst, length)) return Halt.halt(m);
        if (length > 0) CopyChunk.startCopy(m, kind, Bytes.skip(source, src), length, dst);
    }

    function _chargeWords(Machine memory m, uint256 length) private pure returns (bool) {
        return length < FAR && Memory.charge(m, 3 * ((length + 31) / 32));
    }
}
