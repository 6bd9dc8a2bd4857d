// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspMem} from "../../../src/step/OspMem.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {NaiveWords} from "../state/NaiveWords.sol";
import {F, Picture, Pictures, T, X} from "../state/Picture.sol";
import {StepTest} from "../state/StepTest.sol";

/// @dev LOG0 to LOG4, data in one piece and in several.
contract LogTest is StepTest {
    using Pictures for Picture;

    uint256 internal constant PIECE = 4_096;

    function setUp() public {
        part = new OspMem();
    }

    /// @dev One piece: at once, behind any number of logs.
    function testFuzz_onePiece(bytes32 seed, uint256 topicCount, uint256 offset, uint256 length, uint256 logCount) public view {
        (offset, length) = (bound(offset, 0, 300), bound(length, 0, 400));
        _atOnce(seed, topicCount % 5, offset, length, logCount % 20);
    }

    /// @dev Sizes at which the RLP's headers change.
    function test_onePiece_edges() public view {
        uint256[11] memory lengths = [uint256(0), 1, 2, 32, 33, 55, 56, 255, 256, 4_095, 4_096];
        for (uint256 i = 0; i < lengths.length; ++i) {
            _atOnce(bytes32(i), i % 5, 3, lengths[i], i);
            _atOnce(bytes32(i), 0, 0, lengths[i], 0);
        }
        // A single byte below 0x80 is its own RLP.
        Picture memory p = _frame("", 0, 1, 64, 0);
        p.mem = overwrite(new bytes(96), 64, hex"7f");
        _expectLog(p, 0, 64, hex"7f");
        p.mem = overwrite(new bytes(96), 64, hex"80");
        _expectLog(p, 0, 64, hex"80");
    }

    function test_pieces() public view {
        _inPieces(1, 4_097, 0);
        _inPieces(4, 8_192, 31);
        _inPieces(0, 9_000, 700);
    }

    function test_static_halts() public view {
        Picture memory p = _frame("", 2, 10, 0, 0);
        p.f[F.IS_STATIC] = 1;
        expectStep(p, p.opcodeTape(hex"a2", 4), p.halted());
    }

    /// @dev A halt takes back what the frame logged.
    function test_noGas_halts() public view {
        Picture memory p = _frame("", 1, 200, 0, 5);
        p.gas = 750 + 8 * 200 - 1;
        (p.f[F.SNAP_LOG_COUNT], p.f[F.SNAP_LOGS_SIZE], p.f[F.SNAP_LOGS_ROOT]) = (2, 100, 77);
        expectStep(p, p.opcodeTape(hex"a1", 3), p.halted());
        p = _frame("", 1, 2 ** 32, 0, 5);
        expectStep(p, p.opcodeTape(hex"a1", 3), p.halted());
    }

    function test_closedTransaction_reverts() public {
        Picture memory p = _frame("", 0, 0, 0, 1);
        bytes memory proof = bytes.concat(p.opening(31 - 4), p.opcodeTape(hex"a0", 2), _leafTape(1));
        bytes32 before = p.hash();
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 4, 27));
        this.step(before, proof);
    }

    function _atOnce(bytes32 seed, uint256 topicCount, uint256 offset, uint256 length, uint256 logCount) private view {
        Picture memory p = _frame(seed, topicCount, length, offset, logCount);
        _expectLog(p, topicCount, offset, slice(p.mem, offset, length));
    }

    function _expectLog(Picture memory p, uint256 topicCount, uint256 offset, bytes memory data) private view {
        Picture memory after_ = _paid(p, topicCount, offset, data.length);
        uint256 logCount = p.t[T.LOG_COUNT];
        bytes memory tape = bytes.concat(
            p.opcodeTape(_code(topicCount), topicCount + 2), NaiveWords.bytesTape(p.mem, offset, data.length), _leafTape(logCount)
        );
        _append(after_, topicCount, data, logCount);
        expectStep(p, tape, after_);
    }

    function _inPieces(uint256 topicCount, uint256 length, uint256 offset) private view {
        uint256 logCount = 3;
        Picture memory p = _frame("pieces", topicCount, length, offset, logCount);
        bytes memory data = slice(p.mem, offset, length);
        Picture memory after_ = _paid(p, topicCount, offset, length);
        (after_.x[X.OP], after_.x[X.I], after_.x[X.KIND]) = (4, length, topicCount);
        (after_.x[X.SOURCE_ROOT], after_.x[X.SOURCE_OFFSET], after_.x[X.SOURCE_LENGTH]) = (uint256(NaiveWords.rootOf(p.mem)), offset, length);
        for (uint256 i = 0; i < topicCount; ++i) after_.x[X.A0 + i] = _topic(i);
        expectStep(p, p.opcodeTape(_code(topicCount), topicCount + 2), after_);
        uint256 left = length;
        while (left > 0) {
            p = after_;
            uint256 start = ((left - 1) / PIECE) * PIECE;
            bytes memory tape = NaiveWords.bytesTape(p.mem, offset + start, left - start);
            after_ = p.copy();
            if (start == 0) {
                tape = bytes.concat(tape, _leafTape(logCount));
                after_.x = new uint256[](23);
                _append(after_, topicCount, data, logCount);
            } else {
                after_.x[X.SOURCE_LENGTH] = start;
                after_.x[X.HASHER] = uint256(_chain(data, start));
            }
            expectStep(p, tape, after_);
            left = start;
        }
    }

    /// @dev T with the log behind the others.
    function _append(Picture memory p, uint256 topicCount, bytes memory data, uint256 logCount) private pure {
        uint256[4] memory topics;
        bytes memory items;
        for (uint256 i = 0; i < topicCount; ++i) {
            topics[i] = _topic(i);
            items = bytes.concat(items, hex"a0", bytes32(topics[i]));
        }
        bytes memory content = bytes.concat(
            NaiveTrie.string_(abi.encodePacked(address(uint160(p.f[F.ADDRESS])))), NaiveTrie.list(items), NaiveTrie.string_(data)
        );
        bytes32[] memory leaves = _leaves(logCount + 1);
        leaves[logCount] =
            keccak256(abi.encode(Pictures.tag("log"), p.f[F.ADDRESS], topicCount, topics, data.length, _chain(data, 0)));
        p.t[T.LOG_COUNT] = logCount + 1;
        p.t[T.LOGS_SIZE] += NaiveTrie.list(content).length;
        p.t[T.LOGS_ROOT] = uint256(NaiveWords.root(leaves, 17));
    }

    /// @dev Chain of the pieces from `from` on, a multiple of a piece.
    function _chain(bytes memory data, uint256 from) private pure returns (bytes32) {
        if (from >= data.length) return 0;
        uint256 size = data.length - from < PIECE ? data.length - from : PIECE;
        return keccak256(abi.encode(Pictures.tag("logData"), keccak256(slice(data, from, size)), _chain(data, from + PIECE)));
    }

    function _leafTape(uint256 logCount) private pure returns (bytes memory) {
        return NaiveWords.tape(_leaves(logCount), logCount, 1, 17);
    }

    function _leaves(uint256 count) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) leaves[i] = keccak256(abi.encode("leaf", i));
    }

    function _topic(uint256 i) private pure returns (uint256) {
        return uint256(keccak256(abi.encode("topic", i)));
    }

    function _code(uint256 topicCount) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(0xa0 + topicCount));
    }

    function _frame(bytes32 seed, uint256 topicCount, uint256 length, uint256 offset, uint256 logCount) private pure returns (Picture memory p) {
        uint256[] memory stack = new uint256[](topicCount + 3);
        stack[0] = 5;
        for (uint256 i = 0; i < topicCount; ++i) stack[topicCount - i] = _topic(i);
        (stack[topicCount + 1], stack[topicCount + 2]) = (length, offset);
        p = Pictures.running(_code(topicCount), stack, 1_000_000);
        uint256 size = length < 20_000 ? length : 0;
        p.memWords = 3 + size / 40;
        p.mem = noise(seed, 32 * p.memWords);
        (p.t[T.LOG_COUNT], p.t[T.LOGS_SIZE]) = (logCount, 1_000);
        p.t[T.LOGS_ROOT] = uint256(NaiveWords.root(_leaves(logCount), 17));
    }

    function _paid(Picture memory p, uint256 topicCount, uint256 offset, uint256 length) private pure returns (Picture memory after_) {
        uint256 grown = (offset + length + 31) / 32;
        if (length == 0 || grown < p.memWords) grown = p.memWords;
        uint256 gas = 375 * (topicCount + 1) + 8 * length + memoryGas(grown) - memoryGas(p.memWords);
        after_ = p.next(gas, topicCount + 2, none());
        after_.memWords = grown;
    }
}
