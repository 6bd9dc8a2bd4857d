// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspMem} from "../../../src/step/OspMem.sol";
import {NaiveWords} from "../state/NaiveWords.sol";
import {F, Picture, Pictures, X} from "../state/Picture.sol";
import {StepTest} from "../state/StepTest.sol";

/// @dev Copies: the opcode that starts one, and every chunk.
contract CopyTest is StepTest {
    using Pictures for Picture;

    uint256 internal constant CHUNK = 2_048;

    function setUp() public {
        part = new OspMem();
    }

    /// @dev What is copied: `given` bytes from `start` on of what the root commits to.
    struct Case {
        uint256 start;
        uint256 given;
        uint256 src;
        uint256 length;
        uint256 dst;
    }

    /// forge-config: default.fuzz.runs = 64
    /// @dev CALLDATACOPY and RETURNDATACOPY: slices at any place of their tree.
    function testFuzz_slice(bytes32 seed, Case memory c, bool returned) public view {
        (c.start, c.given) = (bound(c.start, 0, 300), bound(c.given, 0, 5_000));
        (c.dst, c.length) = (bound(c.dst, 0, 3_000), bound(c.length, 0, 5_000));
        c.src = bound(c.src, 0, returned ? c.given : c.given + 300);
        if (returned && c.length > c.given - c.src) c.length = c.given - c.src;
        bytes memory under = noise(seed, c.start + c.given + 20);
        bytes memory code = returned ? bytes(hex"3e") : bytes(hex"37");
        Picture memory p = _frame(code, words(c.length, c.src, c.dst), keccak256(abi.encode(seed)));
        uint256 root = uint256(NaiveWords.rootOf(under));
        uint256 place = returned ? F.RETURN : F.INPUT;
        if (c.given > 0) (p.f[place], p.f[place + 1], p.f[place + 2]) = (root, c.start, c.given);
        Picture memory after_ = _started(p, c.length, c.dst + c.length);
        if (c.length > 0) _expectX(after_, 0, root, c);
        expectStep(p, p.opcodeTape(code, 3), after_);
        _copyAll(after_, under, slice(under, 0, c.start + c.given), c.start + c.src);
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_code(bytes32 seed, Case memory c) public view {
        (c.start, c.given) = (0, bound(c.given, 1, 3_000));
        (c.dst, c.src, c.length) = (bound(c.dst, 0, 3_000), bound(c.src, 0, c.given + 200), bound(c.length, 0, 5_000));
        bytes memory code = noise(seed, c.given);
        code[0] = 0x39;
        Picture memory p = _frame(code, words(c.length, c.src, c.dst), keccak256(abi.encode(seed)));
        Picture memory after_ = _started(p, c.length, c.dst + c.length);
        if (c.length > 0) _expectX(after_, 1, uint256(keccak256(code)), c);
        expectStep(p, p.opcodeTape(code, 3), after_);
        _copyAll(after_, code, code, c.src);
    }

    /// forge-config: default.fuzz.runs = 64
    /// @dev Both directions, overlapping or not.
    function testFuzz_mcopy(bytes32 seed, uint256 src, uint256 length, uint256 dst) public view {
        (dst, src, length) = (bound(dst, 0, 4_000), bound(src, 0, 4_000), bound(length, 0, 6_000));
        Picture memory p = _frame(hex"5e", words(length, src, dst), seed);
        uint256 end = (dst > src ? dst : src) + length;
        Picture memory after_ = _started(p, length, end);
        if (length > 0) (after_.x[X.OP], after_.x[X.SOURCE_KIND], after_.x[X.I], after_.x[X.DST_OFF], after_.x[X.SOURCE_OFFSET]) = (1, dst > src ? 3 : 2, length, dst, src);
        expectStep(p, p.opcodeTape(hex"5e", 3), after_);
        _copyAll(after_, "", after_.mem, src);
    }

    function test_returndatacopy_beyond_halts() public view {
        uint256[2][5] memory cases = [[uint256(0), 101], [uint256(101), 0], [uint256(50), 51], [type(uint256).max, 1], [uint256(1), type(uint256).max]];
        for (uint256 i = 0; i < cases.length; ++i) {
            Picture memory p = Pictures.running(hex"3e", words(cases[i][1], cases[i][0], 0), 10_000);
            (p.f[F.RETURN], p.f[F.RETURN + 1], p.f[F.RETURN + 2]) = (1, 2, 100);
            expectStep(p, p.opcodeTape(hex"3e", 3), p.halted());
        }
    }

    /// @dev Nothing to copy: no memory, wherever it would be.
    function test_noLength() public view {
        bytes[3] memory codes = [bytes(hex"37"), hex"39", hex"5e"];
        for (uint256 i = 0; i < 3; ++i) {
            Picture memory p = Pictures.running(codes[i], words(0, type(uint256).max, type(uint256).max), 3);
            expectStep(p, p.opcodeTape(codes[i], 3), p.next(3, 3, none()));
        }
    }

    function test_far_halts() public view {
        bytes[3] memory codes = [bytes(hex"37"), hex"39", hex"5e"];
        for (uint256 i = 0; i < 3; ++i) {
            Picture memory p = Pictures.running(codes[i], words(1, 0, 2 ** 32), 2 ** 40);
            expectStep(p, p.opcodeTape(codes[i], 3), p.halted());
            p = Pictures.running(codes[i], words(2 ** 32, 0, 0), 2 ** 40);
            expectStep(p, p.opcodeTape(codes[i], 3), p.halted());
            p = Pictures.running(codes[i], words(33, 0, 0), 3 + 6 + 5);
            expectStep(p, p.opcodeTape(codes[i], 3), p.halted());
        }
        // A source that is far away gives zeros, of memory there is none.
        Picture memory far = Pictures.running(hex"5e", words(1, 2 ** 32, 0), 2 ** 40);
        expectStep(far, far.opcodeTape(hex"5e", 3), far.halted());
        far = Pictures.running(hex"37", words(1, type(uint256).max, 0), 100);
        Picture memory after_ = _started(far, 1, 1);
        _expectX(after_, 0, 0, Case(0, 0, 1, 1, 0));
        expectStep(far, far.opcodeTape(hex"37", 3), after_);
    }

    /// @dev Runs the copy that X of `p` holds chunk by chunk. `under` is what the source's root commits to, `source` what may be read of it, from `from` on.
    function _copyAll(Picture memory p, bytes memory under, bytes memory source, uint256 from) private view {
        if (p.x[X.OP] == 0) return;
        uint256 dst = p.x[X.DST_OFF];
        bytes memory expected = overwrite(p.mem, dst, slice(source, from, p.x[X.I]));
        while (p.x[X.OP] != 0) {
            (uint256 start, uint256 size) = _chunk(p.x[X.SOURCE_KIND], p.x[X.DST_OFF], p.x[X.I]);
            Picture memory after_ = p.copy();
            after_.mem = overwrite(p.mem, start, slice(p.x[X.SOURCE_KIND] < 2 ? source : p.mem, from + start - dst, size));
            _advance(after_, size);
            expectStep(p, bytes.concat(_sourceTape(p, under, start, size), NaiveWords.bytesTape(p.mem, start, size)), after_);
            p = after_;
        }
        assertEq(slice(p.mem, 0, expected.length), expected);
    }

    function _sourceTape(Picture memory p, bytes memory under, uint256 start, uint256 size) private pure returns (bytes memory) {
        uint256 kind = p.x[X.SOURCE_KIND];
        uint256 given = p.x[X.SOURCE_LENGTH];
        if (kind >= 2) return NaiveWords.bytesTape(p.mem, p.x[X.SOURCE_OFFSET] + start - p.x[X.DST_OFF], size);
        if (kind == 1) return given == 0 ? bytes("") : bytes.concat(bytes4(uint32(under.length)), under);
        return NaiveWords.bytesTape(under, p.x[X.SOURCE_OFFSET], given < size ? given : size);
    }

    /// @dev The chunk that is due: all of the rest that lies in one aligned block.
    function _chunk(uint256 kind, uint256 dst, uint256 left) private pure returns (uint256 start, uint256 size) {
        if (kind < 3) {
            uint256 blockEnd = dst - (dst % CHUNK) + CHUNK;
            return (dst, (dst + left < blockEnd ? dst + left : blockEnd) - dst);
        }
        uint256 last = dst + left - 1;
        start = last - (last % CHUNK);
        if (start < dst) start = dst;
        size = dst + left - start;
    }

    function _advance(Picture memory p, uint256 size) private pure {
        p.x[X.I] -= size;
        if (p.x[X.I] == 0) {
            p.x = new uint256[](23);
            return;
        }
        uint256 kind = p.x[X.SOURCE_KIND];
        if (kind == 3) return;
        p.x[X.DST_OFF] += size;
        if (kind == 2) {
            p.x[X.SOURCE_OFFSET] += size;
        } else if (p.x[X.SOURCE_LENGTH] <= size) {
            (p.x[X.SOURCE_ROOT], p.x[X.SOURCE_OFFSET], p.x[X.SOURCE_LENGTH]) = (0, 0, 0);
        } else {
            (p.x[X.SOURCE_OFFSET], p.x[X.SOURCE_LENGTH]) = (p.x[X.SOURCE_OFFSET] + size, p.x[X.SOURCE_LENGTH] - size);
        }
    }

    /// @dev A frame with 40 words of memory.
    function _frame(bytes memory code, uint256[] memory stack, bytes32 seed) private pure returns (Picture memory p) {
        p = Pictures.running(code, stack, 1_000_000);
        p.memWords = 40;
        p.mem = noise(seed, 1_280);
    }

    /// @dev After the opcode: paid, memory grown to `end`, X still idle.
    function _started(Picture memory p, uint256 length, uint256 end) private pure returns (Picture memory after_) {
        uint256 grown = (end + 31) / 32;
        if (length == 0 || grown < p.memWords) grown = p.memWords;
        after_ = p.next(3 + 3 * ((length + 31) / 32) + memoryGas(grown) - memoryGas(p.memWords), 3, none());
        after_.memWords = grown;
    }

    /// @dev X holds the copy; a source of which nothing is left is zeros.
    function _expectX(Picture memory p, uint256 kind, uint256 root, Case memory c) private pure {
        (p.x[X.OP], p.x[X.I], p.x[X.DST_OFF], p.x[X.SOURCE_KIND]) = (1, c.length, c.dst, kind);
        if (c.src >= c.given) return;
        (p.x[X.SOURCE_ROOT], p.x[X.SOURCE_OFFSET], p.x[X.SOURCE_LENGTH]) = (root, c.start + c.src, c.given - c.src);
    }
}
