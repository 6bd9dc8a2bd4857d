// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspMem} from "../../../src/step/OspMem.sol";
import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {NaiveWords} from "../state/NaiveWords.sol";
import {Picture, Pictures, X} from "../state/Picture.sol";
import {StepTest} from "../state/StepTest.sol";

/// @dev KECCAK256, at once and through the hasher.
contract KeccakTest is StepTest {
    using Pictures for Picture;

    uint256 internal constant ABSORBED = 32 * 136;

    function setUp() public {
        part = new OspMem();
    }

    function testFuzz_direct(bytes32 seed, uint256 size, uint256 offset, uint256 length) public view {
        (offset, length) = (bound(offset, 0, 700), bound(length, 0, 2_000));
        Picture memory p = _frame(seed, 32 * (size % 40), length, offset);
        Picture memory after_ = _paid(p, offset, length, words(uint256(keccak256(slice(p.mem, offset, length)))));
        expectStep(p, bytes.concat(p.opcodeTape(hex"20", 2), NaiveWords.bytesTape(p.mem, offset, length)), after_);
    }

    /// @dev Of nothing, wherever it is.
    function test_nothing() public view {
        Picture memory p = Pictures.running(hex"20", words(0, type(uint256).max), 30);
        expectStep(p, p.opcodeTape(hex"20", 2), p.next(30, 2, words(uint256(keccak256("")))));
    }

    function test_halts() public view {
        Picture memory p = Pictures.running(hex"20", words(2 ** 32, 0), 2 ** 40);
        expectStep(p, p.opcodeTape(hex"20", 2), p.halted());
        p = Pictures.running(hex"20", words(33, 0), 30 + 12 + 5);
        expectStep(p, p.opcodeTape(hex"20", 2), p.halted());
    }

    function test_directLimit() public view {
        Picture memory p = _frame("limit", 40_000, 32_768, 5);
        Picture memory after_ = _paid(p, 5, 32_768, words(uint256(keccak256(slice(p.mem, 5, 32_768)))));
        expectStep(p, bytes.concat(p.opcodeTape(hex"20", 2), NaiveWords.bytesTape(p.mem, 5, 32_768)), after_);
    }

    function test_absorbed_lengths() public view {
        _absorbed(32_769, 5);
        // A whole number of kecAbsorbs: nothing waits.
        _absorbed(8 * ABSORBED, 0);
    }

    /// @dev The hasher on the tape must be the one that X commits to.
    function test_otherHasher_reverts() public {
        Picture memory p = Pictures.running(hex"20", none(), 100);
        uint256[31] memory hasher = Hasher.fresh();
        (p.x[X.OP], p.x[X.HASHER]) = (3, uint256(Hasher.hash(hasher)));
        hasher[3] = 1;
        bytes memory proof = bytes.concat(p.opening(31), abi.encodePacked(hasher));
        bytes32 before = p.hash();
        vm.expectRevert(abi.encodeWithSelector(Tape.WrongPreimage.selector, p.x[X.HASHER], Hasher.hash(hasher)));
        this.step(before, proof);
    }

    function _absorbed(uint256 length, uint256 offset) private view {
        Picture memory p = _frame("absorb", 36_000, length, offset);
        bytes memory data = slice(p.mem, offset, length);
        uint256 root = uint256(NaiveWords.rootOf(p.mem));
        uint256[31] memory hasher = Hasher.fresh();
        Picture memory after_ = _paid(p, offset, length, none());
        (after_.x[X.OP], after_.x[X.HASHER]) = (2, uint256(Hasher.hash(hasher)));
        (after_.x[X.SOURCE_ROOT], after_.x[X.SOURCE_OFFSET], after_.x[X.SOURCE_LENGTH]) = (root, offset, length);
        expectStep(p, p.opcodeTape(hex"20", 2), after_);
        for (uint256 done = 0; done < length; done += ABSORBED) {
            p = after_;
            uint256 size = length - done < ABSORBED ? length - done : ABSORBED;
            bytes memory tape = bytes.concat(abi.encodePacked(hasher), NaiveWords.bytesTape(p.mem, offset + done, size));
            Hasher.absorb(hasher, slice(data, done, size));
            after_ = p.copy();
            after_.x[X.HASHER] = uint256(Hasher.hash(hasher));
            if (done + size == length) {
                after_.x[X.OP] = 3;
                (after_.x[X.SOURCE_ROOT], after_.x[X.SOURCE_OFFSET], after_.x[X.SOURCE_LENGTH]) = (0, 0, 0);
            } else {
                (after_.x[X.SOURCE_OFFSET], after_.x[X.SOURCE_LENGTH]) = (offset + done + size, length - done - size);
            }
            expectStep(p, tape, after_);
        }
        p = after_;
        after_ = p.copy();
        after_.stack = words(9, uint256(keccak256(data)));
        after_.x = new uint256[](23);
        expectStep(p, abi.encodePacked(hasher), after_);
    }

    function _frame(bytes32 seed, uint256 size, uint256 length, uint256 offset) private pure returns (Picture memory p) {
        p = Pictures.running(hex"20", words(9, length, offset), 1_000_000);
        p.mem = noise(seed, size);
        p.memWords = size / 32;
    }

    function _paid(Picture memory p, uint256 offset, uint256 length, uint256[] memory pushed) private pure returns (Picture memory after_) {
        uint256 grown = (offset + length + 31) / 32;
        if (length == 0 || grown < p.memWords) grown = p.memWords;
        after_ = p.next(30 + 6 * ((length + 31) / 32) + memoryGas(grown) - memoryGas(p.memWords), 2, pushed);
        after_.memWords = grown;
    }
}
