// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {OspMem} from "../../../src/step/OspMem.sol";
import {OspState} from "../../../src/step/OspState.sol";
import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {NaiveWords} from "../state/NaiveWords.sol";
import {Picture, Pictures, T, X} from "../state/Picture.sol";
import {WorldTest} from "../state/WorldTest.sol";

/// @dev The largest steps of memory and state that gas limits and code sizes allow, with tries of a few entries: each fits a transaction of L1 (EIP-7825), calldata at the floor of
///      EIP-7976.
contract MemStateGasTest is WorldTest {
    using Pictures for Picture;
    using NaiveTrie for NaiveTrie.Entry[];

    uint256 internal constant TRANSACTION_LIMIT = 2 ** 24;
    /// @dev Bytes of code under its hash: EIP-3860's limit while it creates, EIP-170's behind.
    uint256 internal constant INIT_CODE = 49_152;
    uint256 internal constant CODE = 24_576;

    function test_gas_keccak() public {
        part = new OspMem();
        bytes memory code = _code(0x20);
        // Bytes at an odd place, in the middle of memory: siblings on both sides.
        Picture memory p = _picture(code, words(32_768, 32_767), 100_000);
        bytes memory tape = bytes.concat(p.opcodeTape(code, 2), NaiveWords.bytesTape(p.mem, 32_767, 32_768));
        _measure("OspMem", "KECCAK256 of 32768 bytes, init code", p, tape);
    }

    function test_gas_kecAbsorb() public {
        part = new OspMem();
        uint256 size = 32 * 136;
        Picture memory p = _picture("", none(), 100_000);
        uint256[31] memory hasher = Hasher.fresh();
        Hasher.absorb(hasher, noise("before", 135));
        (p.x[X.OP], p.x[X.HASHER]) = (2, uint256(Hasher.hash(hasher)));
        (p.x[X.SOURCE_ROOT], p.x[X.SOURCE_OFFSET], p.x[X.SOURCE_LENGTH]) = (uint256(NaiveWords.rootOf(p.mem)), 32_767, 40_000);
        _measure("OspMem", "kecAbsorb", p, bytes.concat(abi.encodePacked(hasher), NaiveWords.bytesTape(p.mem, 32_767, size)));
    }

    function test_gas_copyChunk() public {
        part = new OspMem();
        bytes memory code = _code(0x39);
        Picture memory p = _picture("", none(), 100_000);
        (p.x[X.OP], p.x[X.I], p.x[X.SOURCE_KIND], p.x[X.DST_OFF]) = (1, 4_096, 1, 32_768);
        (p.x[X.SOURCE_ROOT], p.x[X.SOURCE_OFFSET], p.x[X.SOURCE_LENGTH]) = (uint256(keccak256(code)), 1, code.length - 1);
        bytes memory tape = bytes.concat(bytes4(uint32(code.length)), code, NaiveWords.bytesTape(p.mem, 32_768, 2_048));
        _measure("OspMem", "copyChunk of init code", p, tape);
        bytes memory under = noise("source", 70_000);
        (p.x[X.SOURCE_KIND], p.x[X.SOURCE_ROOT], p.x[X.SOURCE_OFFSET]) = (0, uint256(NaiveWords.rootOf(under)), 32_767);
        p.x[X.SOURCE_LENGTH] = 30_000;
        tape = bytes.concat(NaiveWords.bytesTape(under, 32_767, 2_048), NaiveWords.bytesTape(p.mem, 32_768, 2_048));
        _measure("OspMem", "copyChunk of a slice", p, tape);
    }

    function test_gas_log() public {
        part = new OspMem();
        bytes memory code = _code(0xa4);
        uint256[] memory stack = new uint256[](6);
        (stack[0], stack[1], stack[2], stack[3], stack[4], stack[5]) = (1, 2, 3, 4, 4_096, 32_767);
        Picture memory p = _picture(code, stack, 100_000);
        bytes32[] memory leaves = new bytes32[](1_000);
        for (uint256 i = 0; i < leaves.length; ++i) leaves[i] = bytes32(i + 1);
        (p.t[T.LOG_COUNT], p.t[T.LOGS_ROOT]) = (1_000, uint256(NaiveWords.root(leaves, 17)));
        bytes memory tape = bytes.concat(
            p.opcodeTape(code, 6), NaiveWords.bytesTape(p.mem, 32_767, 4_096), NaiveWords.tape(leaves, 1_000, 1, 17)
        );
        _measure("OspMem", "LOG4 of 4096 bytes, init code", p, tape);
    }

    function test_gas_extcodecopy() public {
        part = new OspState();
        bytes memory code = _code(0x3c);
        bytes memory target = noise("target", CODE);
        uint256[] memory stack = new uint256[](4);
        (stack[0], stack[3]) = (1, 0x7777);
        Picture memory p = _picture(code, stack, 100_000);
        NaiveTrie.Entry[] memory entries =
            accounts("world", 12).write(accountKey(address(0x7777)), account(1, 2, Pictures.EMPTY_TRIE, keccak256(target)));
        NaiveTrie.Entry[] memory scratch = marks("marks", 12);
        (p.stateRoot, p.scratchRoot) = (entries.root(), scratch.root());
        bytes memory tape = bytes.concat(
            p.opcodeTape(code, 4),
            readTape(scratch, warmAddressKey(address(0x7777))),
            readTape(entries, accountKey(address(0x7777))),
            bytes4(uint32(target.length)),
            target
        );
        _measure("OspState", "EXTCODECOPY of the largest code, init code", p, tape);
    }

    function test_gas_sstore() public {
        part = new OspState();
        bytes memory code = _code(0x55);
        Picture memory p = _picture(code, words(5, 1), 100_000);
        NaiveTrie.Entry[] memory storage_ = slots("slots", 12);
        NaiveTrie.Entry[] memory before = withSlot(storage_, 1, 7);
        NaiveTrie.Entry[] memory others = accounts("world", 12);
        NaiveTrie.Entry[] memory scratch = marks("marks", 12);
        (p.stateRoot, p.scratchRoot) = (withSelf(others, before).root(), scratch.root());
        p.t[T.START_STATE] = uint256(withSelf(others, storage_).root());
        bytes memory tape = bytes.concat(
            p.opcodeTape(code, 2),
            bytes.concat(readTape(withSelf(others, before), accountKey(SELF)), readTape(before, slotKey(1))),
            bytes.concat(readTape(withSelf(others, storage_), accountKey(SELF)), readTape(storage_, slotKey(1))),
            readTape(scratch, warmSlotKey(SELF, 1))
        );
        _measure("OspState", "SSTORE, init code", p, tape);
    }

    function _measure(string memory group, string memory name, Picture memory p, bytes memory tape) private {
        bytes memory proof = bytes.concat(p.opening(31), tape);
        bytes32 before = p.hash();
        IStepPart measured = part;
        uint256 gas = gasleft();
        measured.step(context(), before, proof);
        gas -= gasleft();
        vm.snapshotValue(group, name, gas);
        vm.snapshotValue(group, string.concat(name, ": proof bytes"), proof.length);
        assertTrue(21_000 + gas + 64 * proof.length < TRANSACTION_LIMIT, name);
    }

    function _code(uint8 opcode) private pure returns (bytes memory code) {
        code = noise("code", INIT_CODE);
        code[0] = bytes1(opcode);
    }

    /// @dev A frame with 3,000 words of memory.
    function _picture(bytes memory code, uint256[] memory stack, uint256 gas) private pure returns (Picture memory p) {
        p = Pictures.running(code, stack, gas);
        p.memWords = 3_000;
        p.mem = noise("memory", 96_000);
    }
}
