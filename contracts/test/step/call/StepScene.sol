// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";
import {IStepPart} from "../../../src/step/IStepPart.sol";
import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {Test} from "../../utils/Test.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {MachineWords, Words} from "./MachineWords.sol";

/// @dev Machines made by hand, and the proofs of their steps. World state and scratch are lists of entries; what a step must lead to is written down by each test.
abstract contract StepScene is Test {
    using MachineWords for Words;

    address internal constant SELF = address(0xA11CE);
    address internal constant OTHER = address(0xB0B);
    address internal constant ORIGIN = address(0x0419);

    NaiveTrie.Entry[] internal accounts;
    NaiveTrie.Entry[] internal scratch;
    IStepPart internal part;

    /// @dev Runs the step that is due in `w` and compares with `expected`.
    function _expectStep(Words memory w, bytes memory tape, Words memory expected) internal view {
        Context memory context;
        assertEq(part.step(context, w.hashOf(), w.proofOf(tape)), expected.hashOf(), "after");
    }

    /// @dev A frame at depth 1, its transaction and nothing else under way.
    function _frame(bytes memory code) internal view returns (Words memory w) {
        w.gas = 1_000_000;
        w.memRoot = WordTree.EMPTY;
        (w.stateRoot, w.scratchRoot) = (NaiveTrie.root(accounts), NaiveTrie.root(scratch));
        w.t[MachineWords.T_REFUND] = 17;
        w.t[MachineWords.T_LOG_COUNT] = 2;
        w.t[MachineWords.T_LOGS_SIZE] = 60;
        w.t[MachineWords.T_LOGS_ROOT] = uint256(keccak256("logs"));
        w.f[MachineWords.F_DEPTH] = 1;
        w.f[MachineWords.F_SELF] = uint160(SELF);
        w.f[MachineWords.F_CALLER] = uint160(ORIGIN);
        w.f[MachineWords.F_VALUE] = 9;
        w.f[MachineWords.F_CODE_HASH] = uint256(keccak256(code));
        w.f[MachineWords.F_RETURN] = uint256(keccak256("returned before"));
        w.f[MachineWords.F_RETURN + 2] = 5;
        _setSnapshot(w, keccak256("state at the frame's start"), keccak256("scratch at its start"));
    }

    /// @dev F's snapshot: of these roots, and of what T holds.
    function _setSnapshot(Words memory w, bytes32 state, bytes32 scratchRoot) internal pure {
        w.f[MachineWords.F_SNAP] = uint256(state);
        w.f[MachineWords.F_SNAP + 1] = uint256(scratchRoot);
        w.f[MachineWords.F_SNAP + 2] = w.t[MachineWords.T_REFUND];
        w.f[MachineWords.F_SNAP + 3] = w.t[MachineWords.T_DESTROYED];
        w.f[MachineWords.F_SNAP + 4] = w.t[MachineWords.T_LOG_COUNT];
        w.f[MachineWords.F_SNAP + 5] = w.t[MachineWords.T_LOGS_SIZE];
        w.f[MachineWords.F_SNAP + 6] = w.t[MachineWords.T_LOGS_ROOT];
    }

    /// @dev A frame below `caller`, running `code`, its snapshot the roots of now.
    function _calleeOf(Words memory caller, bytes memory code) internal pure returns (Words memory w) {
        w = _copy(caller);
        delete w.f;
        delete w.x;
        (w.pc, w.sp, w.memWords, w.stackHash, w.memRoot) = (0, 0, 0, 0, WordTree.EMPTY);
        w.f[MachineWords.F_DEPTH] = caller.f[MachineWords.F_DEPTH] + 1;
        w.f[MachineWords.F_PARENT] = uint256(caller.suspendedHash());
        w.f[MachineWords.F_SELF] = uint160(OTHER);
        w.f[MachineWords.F_CALLER] = uint160(SELF);
        w.f[MachineWords.F_CODE_HASH] = uint256(keccak256(code));
        _setSnapshot(w, caller.stateRoot, caller.scratchRoot);
    }

    /// @dev The transaction after its frame was left.
    function _left(Words memory w, bool success, uint256 gasLeft) internal pure returns (Words memory end) {
        end = _copy(w);
        delete end.f;
        delete end.x;
        (end.pc, end.gas, end.sp, end.memWords, end.stackHash, end.memRoot) = (0, 0, 0, 0, 0, WordTree.EMPTY);
        end.t[MachineWords.T_SUCCESS] = success ? 1 : 0;
        end.t[MachineWords.T_GAS_LEFT] = gasLeft;
        end.x[MachineWords.X_OP] = 24;
    }

    function _putAccount(address who, uint64 nonce, uint256 balance, bytes32 codeHash) internal {
        bytes memory value = MptAccount.encodeAccount(MptAccount.Account(nonce, balance, MachineWords.EMPTY_TRIE, codeHash));
        _store(accounts, NaiveTrie.write(accounts, keccak256(abi.encodePacked(who)), value));
    }

    function _mark(bytes1 domain, address who) internal {
        _store(scratch, NaiveTrie.write(scratch, _scratchKey(domain, who), hex"01"));
    }

    function _accountProof(address who) internal view returns (bytes memory) {
        return NaiveTrie.proof(accounts, keccak256(abi.encodePacked(who)), false);
    }

    function _scratchProof(bytes1 domain, address who) internal view returns (bytes memory) {
        return NaiveTrie.proof(scratch, _scratchKey(domain, who), false);
    }

    /// @dev Pushes `words`, the deepest first, and gives what the opcode that takes all of them reads.
    function _pushAll(Words memory w, uint256[] memory words) internal pure returns (bytes memory tape) {
        tape = abi.encodePacked(w.stackHash, words);
        for (uint256 i = 0; i < words.length; ++i) w.push(words[i]);
    }

    /// @dev Root of memory that holds these one or two words first, and the tape of a read of all of them.
    function _memory(bytes32[] memory words) internal pure returns (bytes32 root, bytes memory tape) {
        bytes32 zero = 0;
        uint64 mask = 0;
        root = words[0];
        for (uint256 level = 0; level < 17; ++level) {
            bytes32 right = level == 0 && words.length == 2 ? words[1] : zero;
            if (level > 0 || words.length == 1) mask |= uint64(2 << (2 * level));
            root = keccak256(abi.encode(Tags.NODE, root, right));
            zero = keccak256(abi.encode(Tags.NODE, zero, zero));
        }
        tape = abi.encodePacked(words, mask);
    }

    function _copy(Words memory w) internal pure returns (Words memory) {
        return abi.decode(abi.encode(w), (Words));
    }

    function _word(uint256 value) internal pure returns (uint256[] memory words) {
        words = new uint256[](1);
        words[0] = value;
    }

    function _words(uint256 first, uint256 second) internal pure returns (uint256[] memory words) {
        words = new uint256[](2);
        (words[0], words[1]) = (first, second);
    }

    function _scratchKey(bytes1 domain, address who) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(domain, uint256(uint160(who))));
    }

    function _store(NaiveTrie.Entry[] storage list, NaiveTrie.Entry[] memory entries) private {
        while (list.length > 0) list.pop();
        for (uint256 i = 0; i < entries.length; ++i) list.push(entries[i]);
    }
}
