// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NaiveWords} from "./NaiveWords.sol";

/// @dev All of a machine that a test knows: whole stack and memory, the words of every section. Its hash and its opening follow docs/protocol/machine.md alone.
struct Picture {
    uint256 status;
    uint256 pc;
    uint256 gas;
    uint256 memWords;
    uint256[] stack;
    bytes mem;
    bytes32 stateRoot;
    bytes32 scratchRoot;
    uint256[] r;
    uint256[] b;
    uint256[] t;
    uint256[] f;
    uint256[] x;
}

/// @dev Positions of words in section F.
library F {
    uint256 internal constant DEPTH = 0;
    uint256 internal constant IS_STATIC = 3;
    uint256 internal constant ADDRESS = 4;
    uint256 internal constant CODE_HASH = 7;
    uint256 internal constant INPUT = 8;
    uint256 internal constant RETURN = 11;
    uint256 internal constant SNAP_STATE = 16;
    uint256 internal constant SNAP_SCRATCH = 17;
    uint256 internal constant SNAP_REFUND = 18;
    uint256 internal constant SNAP_DESTROYED = 19;
    uint256 internal constant SNAP_LOG_COUNT = 20;
    uint256 internal constant SNAP_LOGS_SIZE = 21;
    uint256 internal constant SNAP_LOGS_ROOT = 22;
}

/// @dev Positions of words in section T.
library T {
    uint256 internal constant START_STATE = 19;
    uint256 internal constant REFUND = 20;
    uint256 internal constant DESTROYED = 21;
    uint256 internal constant LOG_COUNT = 22;
    uint256 internal constant LOGS_SIZE = 23;
    uint256 internal constant LOGS_ROOT = 24;
    uint256 internal constant SUCCESS = 25;
    uint256 internal constant GAS_LEFT = 26;
}

/// @dev Positions of words in section X.
library X {
    uint256 internal constant OP = 0;
    uint256 internal constant I = 1;
    uint256 internal constant KIND = 2;
    uint256 internal constant SOURCE_KIND = 13;
    uint256 internal constant SOURCE_ROOT = 14;
    uint256 internal constant SOURCE_OFFSET = 15;
    uint256 internal constant SOURCE_LENGTH = 16;
    uint256 internal constant DST_OFF = 17;
    uint256 internal constant HASHER = 18;
    uint256 internal constant A0 = 19;
}

/// @dev Hash, opening and changes of a picture.
library Pictures {
    uint256 internal constant ALL = 31;
    bytes32 internal constant EMPTY_TRIE = keccak256(hex"80");

    /// @dev A machine with nothing in it.
    function blank() internal pure returns (Picture memory p) {
        p.r = new uint256[](15);
        p.b = new uint256[](19);
        p.t = new uint256[](36);
        p.f = new uint256[](23);
        p.x = new uint256[](23);
        p.stateRoot = EMPTY_TRIE;
        p.scratchRoot = EMPTY_TRIE;
    }

    /// @dev A transaction's own frame that is about to run `code` with `stack`, the deepest word first.
    function running(bytes memory code, uint256[] memory stack, uint256 gas) internal pure returns (Picture memory p) {
        p = blank();
        p.stack = stack;
        p.gas = gas;
        p.f[F.DEPTH] = 1;
        p.f[F.ADDRESS] = 0xc0de;
        p.f[F.CODE_HASH] = uint256(keccak256(code));
        p.t[T.LOGS_ROOT] = uint256(NaiveWords.rootOf(""));
        p.f[F.SNAP_LOGS_ROOT] = p.t[T.LOGS_ROOT];
        p.f[F.SNAP_STATE] = uint256(p.stateRoot);
        p.f[F.SNAP_SCRATCH] = uint256(p.scratchRoot);
        p.b[17] = 1;
    }

    /// @dev A picture that shares no memory with this one.
    function copy(Picture memory p) internal pure returns (Picture memory) {
        return abi.decode(abi.encode(p), (Picture));
    }

    function hash(Picture memory p) internal pure returns (bytes32) {
        bytes32 rest = keccak256(
            abi.encode(
                tag("machine"),
                p.stateRoot,
                p.scratchRoot,
                section("runSection", p.r),
                section("blockSection", p.b),
                section("txSection", p.t),
                section("frameSection", p.f),
                section("microOpSection", p.x)
            )
        );
        return keccak256(abi.encode(rest, packed(p), stackHash(p.stack, p.stack.length), NaiveWords.rootOf(p.mem)));
    }

    /// @dev `1 ‖ mask ‖ packed ‖ stackHash ‖ memRoot ‖ stateRoot ‖ scratchRoot ‖ sections`.
    function opening(Picture memory p, uint256 mask) internal pure returns (bytes memory) {
        return bytes.concat(
            hex"01",
            bytes1(uint8(mask)),
            abi.encodePacked(packed(p), stackHash(p.stack, p.stack.length), NaiveWords.rootOf(p.mem), p.stateRoot, p.scratchRoot),
            part(mask, 0, "runSection", p.r),
            part(mask, 1, "blockSection", p.b),
            part(mask, 2, "txSection", p.t),
            part(mask, 3, "frameSection", p.f),
            part(mask, 4, "microOpSection", p.x)
        );
    }

    /// @dev What an opcode's tape begins with: the code, and the words that it takes.
    function opcodeTape(Picture memory p, bytes memory code, uint256 words) internal pure returns (bytes memory tape) {
        tape = bytes.concat(bytes4(uint32(code.length)), code);
        if (words == 0) return tape;
        uint256 below = p.stack.length - words;
        tape = bytes.concat(tape, stackHash(p.stack, below));
        for (uint256 i = below; i < p.stack.length; ++i) tape = bytes.concat(tape, bytes32(p.stack[i]));
    }

    /// @dev What follows one opcode without operands: it has taken `pops` words and pushed `pushed`.
    function next(Picture memory p, uint256 gas, uint256 pops, uint256[] memory pushed) internal pure returns (Picture memory after_) {
        after_ = copy(p);
        after_.pc += 1;
        after_.gas -= gas;
        uint256 kept = p.stack.length - pops;
        after_.stack = new uint256[](kept + pushed.length);
        for (uint256 i = 0; i < kept; ++i) after_.stack[i] = p.stack[i];
        for (uint256 i = 0; i < pushed.length; ++i) after_.stack[kept + i] = pushed[i];
    }

    /// @dev The same after an exceptional halt of the transaction's own frame.
    function halted(Picture memory p) internal pure returns (Picture memory after_) {
        after_ = blank();
        (after_.r, after_.b, after_.t) = (p.r, p.b, copy(p).t);
        after_.stateRoot = bytes32(p.f[F.SNAP_STATE]);
        after_.scratchRoot = bytes32(p.f[F.SNAP_SCRATCH]);
        after_.t[T.REFUND] = p.f[F.SNAP_REFUND];
        after_.t[T.DESTROYED] = p.f[F.SNAP_DESTROYED];
        after_.t[T.LOG_COUNT] = p.f[F.SNAP_LOG_COUNT];
        after_.t[T.LOGS_SIZE] = p.f[F.SNAP_LOGS_SIZE];
        after_.t[T.LOGS_ROOT] = p.f[F.SNAP_LOGS_ROOT];
        (after_.t[T.SUCCESS], after_.t[T.GAS_LEFT]) = (0, 0);
        // txRefund
        after_.x[X.OP] = 24;
    }

    function packed(Picture memory p) internal pure returns (uint256) {
        return p.pc + p.gas * 2 ** 32 + p.stack.length * 2 ** 96 + p.memWords * 2 ** 112 + p.status * 2 ** 144;
    }

    /// @dev Hash of the lowest `count` words.
    function stackHash(uint256[] memory stack, uint256 count) internal pure returns (bytes32 result) {
        for (uint256 i = 0; i < count; ++i) result = keccak256(abi.encode(tag("stackWord"), result, stack[i]));
    }

    function section(string memory name, uint256[] memory words) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(tag(name), words));
    }

    function tag(string memory name) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("crema.", name, ".v1"));
    }

    function part(uint256 mask, uint256 bit, string memory name, uint256[] memory words) private pure returns (bytes memory) {
        return (mask >> bit) & 1 == 1 ? abi.encodePacked(words) : abi.encodePacked(section(name, words));
    }
}
