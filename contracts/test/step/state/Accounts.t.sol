// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspState} from "../../../src/step/OspState.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {Picture, Pictures, X} from "./Picture.sol";
import {WorldTest} from "./WorldTest.sol";

/// @dev Opcodes that read accounts: BALANCE, SELFBALANCE, EXTCODESIZE, EXTCODEHASH, EXTCODECOPY, BLOCKHASH.
contract AccountsTest is WorldTest {
    using Pictures for Picture;
    using NaiveTrie for NaiveTrie.Entry[];

    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @dev An account, or none, at a place that is warm or not.
    struct Scene {
        address who;
        bytes32 seed;
        uint256 count;
        uint256 balance;
        uint256 codeSize;
        bool exists;
        bool isWarm;
    }

    function setUp() public {
        part = new OspState();
    }

    function testFuzz_balance(Scene memory s, uint256 dirt) public view {
        s.codeSize %= 100;
        _expectAccess(s, hex"31", dirt, s.exists ? s.balance : 0, "");
    }

    function testFuzz_extcodehash(Scene memory s, uint256 dirt) public view {
        s.codeSize %= 100;
        s.balance += s.balance == 0 ? 1 : 0;
        _expectAccess(s, hex"3f", dirt, s.exists ? uint256(keccak256(_code(s))) : 0, "");
    }

    function testFuzz_extcodesize(Scene memory s, uint256 dirt) public view {
        s.codeSize %= 100;
        bytes memory code = _code(s);
        bytes memory tape = s.exists && code.length > 0 ? bytes.concat(bytes4(uint32(code.length)), code) : bytes("");
        _expectAccess(s, hex"3b", dirt, s.exists ? code.length : 0, tape);
    }

    /// @dev EXTCODECOPY charges and starts; what is left of the code goes to X.
    function testFuzz_extcodecopy(Scene memory s, uint256 src, uint256 length, uint256 dst) public view {
        (s.codeSize, src, length, dst) = (s.codeSize % 100, src % 150, length % 200, dst % 1_000);
        bytes memory code = s.exists ? _code(s) : bytes("");
        uint256[] memory stack = new uint256[](4);
        (stack[0], stack[1], stack[2], stack[3]) = (length, src, dst, uint160(s.who));
        (Picture memory p, bytes memory tape) = _picture(s, hex"3c", stack);
        if (code.length > 0) tape = bytes.concat(tape, bytes4(uint32(code.length)), code);
        uint256 grown = length == 0 ? 0 : (dst + length + 31) / 32;
        Picture memory after_ = p.next((_isWarm(s) ? 100 : 2_600) + 3 * ((length + 31) / 32) + memoryGas(grown), 4, none());
        after_.memWords = grown;
        after_.scratchRoot = _warmed(s);
        if (length > 0) {
            (after_.x[X.OP], after_.x[X.I], after_.x[X.SOURCE_KIND], after_.x[X.DST_OFF]) = (1, length, 1, dst);
            if (src < code.length) {
                (after_.x[X.SOURCE_ROOT], after_.x[X.SOURCE_OFFSET], after_.x[X.SOURCE_LENGTH]) =
                    (uint256(keccak256(code)), src, code.length - src);
            }
        }
        expectStep(p, tape, after_);
    }

    function testFuzz_selfbalance(bytes32 seed, uint256 count) public view {
        NaiveTrie.Entry[] memory entries = withSelf(accounts(seed, count % 6), slots(seed, 2));
        Picture memory p = Pictures.running(hex"47", words(1), 100);
        p.stateRoot = entries.root();
        expectStep(p, bytes.concat(p.opcodeTape(hex"47", 0), readTape(entries, accountKey(SELF))), p.next(5, 0, words(5)));
    }

    function test_noGas_halts() public view {
        bytes[3] memory codes = [bytes(hex"31"), hex"3b", hex"3f"];
        for (uint256 i = 0; i < codes.length; ++i) {
            Scene memory s = Scene(address(0x77), "seed", 3, 1, 0, true, i == 0);
            (Picture memory p,) = _picture(s, codes[i], words(0x77));
            p.gas = _isWarm(s) ? 99 : 2_599;
            bytes memory tape = bytes.concat(p.opcodeTape(codes[i], 1), readTape(_scratch(s), warmAddressKey(s.who)));
            expectStep(p, tape, p.halted());
        }
    }

    /// @dev Precompiles are warm: scratch is not even read.
    function test_precompiles_areWarm() public view {
        address[4] memory warm = [address(1), address(9), address(0x11), address(0x100)];
        for (uint256 i = 0; i < warm.length; ++i) {
            _expectAccess(Scene(warm[i], "seed", 3, 5, 0, true, false), hex"31", 0, 5, "");
        }
        _expectAccess(Scene(address(0x12), "seed", 3, 5, 0, true, false), hex"31", 0, 5, "");
        _expectAccess(Scene(address(0), "seed", 3, 5, 0, true, false), hex"31", 0, 5, "");
    }

    function testFuzz_blockhash(uint256 current, uint256 number, bytes32 hash) public view {
        current = bound(current, 1, 2 ** 40);
        if (number % 8 != 0) number = current > 300 ? current - 300 + number % 310 : number % (current + 20);
        bool isKept = number < current && number + 256 >= current;
        NaiveTrie.Entry[] memory ring = withSlot(slots("ring", 4), number % 8_191, uint256(hash));
        NaiveTrie.Entry[] memory entries =
            accounts("world", 3).write(accountKey(HISTORY), account(1, 0, ring.root(), keccak256("history")));
        Picture memory p = Pictures.running(hex"40", words(number), 100);
        p.stateRoot = entries.root();
        p.b[0] = current;
        bytes memory tape = p.opcodeTape(hex"40", 1);
        if (isKept) tape = bytes.concat(tape, readTape(entries, accountKey(HISTORY)), readTape(ring, slotKey(number % 8_191)));
        expectStep(p, tape, p.next(20, 1, words(isKept ? uint256(hash) : 0)));
    }

    /// @dev Without the contract all hashes are 0.
    function test_blockhash_noContract() public view {
        Picture memory p = Pictures.running(hex"40", words(9), 100);
        p.b[0] = 10;
        expectStep(p, p.opcodeTape(hex"40", 1), p.next(20, 1, words(0)));
    }

    function test_blockhash_closedBlock_reverts() public {
        Picture memory p = Pictures.running(hex"40", words(9), 100);
        bytes memory proof = bytes.concat(p.opening(31 - 2), p.opcodeTape(hex"40", 1));
        bytes32 before = p.hash();
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 2, 29));
        this.step(before, proof);
    }

    /// @dev An opcode with one operand that accesses the account: the bits of the word above the address do not matter.
    function _expectAccess(Scene memory s, bytes memory opcode, uint256 dirt, uint256 result, bytes memory more) private view {
        (Picture memory p, bytes memory tape) = _picture(s, opcode, words(8, uint160(s.who) | (dirt << 160)));
        Picture memory after_ = p.next(_isWarm(s) ? 100 : 2_600, 1, words(result));
        after_.scratchRoot = _warmed(s);
        expectStep(p, bytes.concat(tape, more), after_);
    }

    /// @dev The frame, and its tape up to and with the account.
    function _picture(Scene memory s, bytes memory opcode, uint256[] memory stack) private pure returns (Picture memory p, bytes memory tape) {
        NaiveTrie.Entry[] memory entries = accounts(s.seed, s.count % 6);
        if (s.exists) entries = entries.write(accountKey(s.who), account(1, s.balance, Pictures.EMPTY_TRIE, keccak256(_code(s))));
        NaiveTrie.Entry[] memory scratch = _scratch(s);
        p = Pictures.running(opcode, stack, 50_000);
        p.stateRoot = entries.root();
        p.scratchRoot = scratch.root();
        tape = p.opcodeTape(opcode, opcode[0] == 0x3c ? 4 : 1);
        if (!_isPrecompile(s.who)) tape = bytes.concat(tape, readTape(scratch, warmAddressKey(s.who)));
        tape = bytes.concat(tape, readTape(entries, accountKey(s.who)));
    }

    function _scratch(Scene memory s) private pure returns (NaiveTrie.Entry[] memory entries) {
        entries = marks(s.seed, s.count / 7 % 6);
        if (s.isWarm) entries = entries.write(warmAddressKey(s.who), hex"01");
    }

    function _warmed(Scene memory s) private pure returns (bytes32) {
        return _isPrecompile(s.who) ? _scratch(s).root() : _scratch(s).write(warmAddressKey(s.who), hex"01").root();
    }

    function _code(Scene memory s) private pure returns (bytes memory) {
        return noise(s.seed, s.codeSize);
    }

    function _isWarm(Scene memory s) private pure returns (bool) {
        return s.isWarm || _isPrecompile(s.who);
    }

    function _isPrecompile(address who) private pure returns (bool) {
        return (uint160(who) >= 1 && uint160(who) <= 0x11) || uint160(who) == 0x100;
    }
}
