// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../libraries/Tags.sol";
import {MicroOp} from "../MicroOp.sol";
import {Sizes} from "../Sizes.sol";
import {Halt} from "../osp-call/Halt.sol";
import {Bytes} from "../state/Bytes.sol";
import {Machine} from "../state/Machine.sol";
import {MachineState} from "../state/MachineState.sol";
import {Memory} from "../state/Memory.sol";
import {ByteSlice, OPEN_T} from "../state/Sections.sol";
import {SectionWords} from "../state/SectionWords.sol";
import {Stack} from "../state/Stack.sol";
import {WordTree} from "../state/WordTree.sol";
import {LogSize} from "./LogSize.sol";

/// @title LOG0 to LOG4
/// @notice Twin of shared/machine/src/step/osp-mem/log.ts.
library Log {
    using Stack for Machine;

    /// @notice 375 gas and 375 for each topic (base), 8 for each byte. Data of one piece is taken at once, more by `logChunk`.
    function logN(Machine memory m, uint256 topicCount) internal pure {
        if (m.f.isStatic != 0) return Halt.halt(m);
        uint256 offset = m.pop();
        uint256 length = m.pop();
        uint256[4] memory topics;
        for (uint256 i = 0; i < topicCount; ++i) topics[i] = m.pop();
        if (length >= 2 ** 32 || !Memory.charge(m, 8 * length)) return Halt.halt(m);
        if (!Memory.expand(m, offset, length)) return Halt.halt(m);
        if (length <= Sizes.LOG_PIECE) {
            bytes memory data = Memory.readMemory(m, offset, length);
            bytes32 dataChain = length == 0 ? bytes32(0) : _link(data, 0);
            _appendLog(m, topicCount, topics, LogSize.logSize(topicCount, data), length, dataChain);
            return;
        }
        SectionWords.clearX(m);
        m.x.op = MicroOp.LOG_CHUNK;
        m.x.i = length;
        m.x.kind = topicCount;
        (m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength) = (m.f.memRoot, offset, length);
        (m.x.a0, m.x.a1, m.x.a2, m.x.a3) = (topics[0], topics[1], topics[2], topics[3]);
    }

    /// @notice Hashes the last piece that is not yet hashed; after the first of the data, appends the log.
    function logChunk(Machine memory m) internal pure {
        uint256 left = m.x.sourceLength;
        uint256 size = left % Sizes.LOG_PIECE == 0 ? Sizes.LOG_PIECE : left % Sizes.LOG_PIECE;
        left -= size;
        bytes memory piece = Bytes.readBytes(m, ByteSlice(m.x.sourceRoot, m.x.sourceOffset, m.x.sourceLength), left, size);
        bytes32 chain = _link(piece, m.x.hasher);
        if (left > 0) {
            m.x.sourceLength = left;
            m.x.hasher = chain;
            return;
        }
        (uint256 topicCount, uint256 length) = (m.x.kind, m.x.i);
        uint256[4] memory topics = [m.x.a0, m.x.a1, m.x.a2, m.x.a3];
        SectionWords.clearX(m);
        _appendLog(m, topicCount, topics, LogSize.logSize(topicCount, length), length, chain);
    }

    /// @dev Puts the log behind the transaction's others, where the tree is empty. `size` is that of its RLP.
    function _appendLog(
        Machine memory m,
        uint256 topicCount,
        uint256[4] memory topics,
        uint256 size,
        uint256 dataLength,
        bytes32 dataChain
    ) private pure {
        MachineState.need(m, OPEN_T);
        uint256 self = uint256(uint160(m.f.self));
        bytes32 leaf = keccak256(abi.encode(Tags.LOG, self, topicCount, topics, dataLength, dataChain));
        (, WordTree.Range memory range) = WordTree.takeLeaf(m.tape, m.t.logsRoot, m.t.logCount, WordTree.DEPTH);
        m.t.logsRoot = WordTree.setLeaf(range, leaf);
        m.t.logCount += 1;
        m.t.logsSize += size;
    }

    function _link(bytes memory piece, bytes32 rest) private pure returns (bytes32) {
        return keccak256(abi.encode(Tags.LOG_DATA, keccak256(piece), rest));
    }
}
