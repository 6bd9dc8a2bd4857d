// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";

/// @dev The words of a machine, hashed and encoded as docs/protocol/machine.md says, apart from the library under test. All sections are open in proofs.
struct Words {
    uint256 pc;
    uint256 gas;
    uint256 sp;
    uint256 memWords;
    uint256 status;
    bytes32 stackHash;
    bytes32 memRoot;
    bytes32 stateRoot;
    bytes32 scratchRoot;
    uint256[15] r;
    uint256[19] b;
    uint256[36] t;
    uint256[23] f;
    uint256[23] x;
}

library MachineWords {
    bytes32 internal constant EMPTY_TRIE = 0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421;
    bytes32 internal constant EMPTY_CODE = keccak256("");

    // Positions of words.
    uint256 internal constant T_REFUND = 20;
    uint256 internal constant T_DESTROYED = 21;
    uint256 internal constant T_LOG_COUNT = 22;
    uint256 internal constant T_LOGS_SIZE = 23;
    uint256 internal constant T_LOGS_ROOT = 24;
    uint256 internal constant T_SUCCESS = 25;
    uint256 internal constant T_GAS_LEFT = 26;
    uint256 internal constant F_DEPTH = 0;
    uint256 internal constant F_PARENT = 1;
    uint256 internal constant F_KIND = 2;
    uint256 internal constant F_IS_STATIC = 3;
    uint256 internal constant F_SELF = 4;
    uint256 internal constant F_CALLER = 5;
    uint256 internal constant F_VALUE = 6;
    uint256 internal constant F_CODE_HASH = 7;
    uint256 internal constant F_INPUT = 8;
    uint256 internal constant F_RETURN = 11;
    uint256 internal constant F_RET_OFF = 14;
    uint256 internal constant F_RET_LEN = 15;
    uint256 internal constant F_SNAP = 16;
    uint256 internal constant X_OP = 0;
    uint256 internal constant X_I = 1;
    uint256 internal constant X_KIND = 2;
    uint256 internal constant X_IS_STATIC = 3;
    uint256 internal constant X_GAS = 4;
    uint256 internal constant X_TARGET = 5;
    uint256 internal constant X_CALLER = 6;
    uint256 internal constant X_VALUE = 7;
    uint256 internal constant X_CODE_ADDRESS = 8;
    uint256 internal constant X_RET_OFF = 10;
    uint256 internal constant X_RET_LEN = 11;
    uint256 internal constant X_BEFORE = 12;
    uint256 internal constant X_SOURCE_KIND = 13;
    uint256 internal constant X_SOURCE = 14;
    uint256 internal constant X_DST_OFF = 17;

    function packed(Words memory w) internal pure returns (uint256) {
        return w.pc + w.gas * 2 ** 32 + w.sp * 2 ** 96 + w.memWords * 2 ** 112 + w.status * 2 ** 144;
    }

    function hashOf(Words memory w) internal pure returns (bytes32) {
        bytes32 rest = keccak256(
            abi.encode(
                Tags.MACHINE,
                w.stateRoot,
                w.scratchRoot,
                keccak256(abi.encode(Tags.RUN_SECTION, w.r)),
                keccak256(abi.encode(Tags.BLOCK_SECTION, w.b)),
                keccak256(abi.encode(Tags.TX_SECTION, w.t)),
                frameHash(w),
                keccak256(abi.encode(Tags.MICRO_OP_SECTION, w.x))
            )
        );
        return keccak256(abi.encode(rest, packed(w), w.stackHash, w.memRoot));
    }

    function proofOf(Words memory w, bytes memory tape) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(uint8(1), uint8(31), packed(w), w.stackHash, w.memRoot, w.stateRoot, w.scratchRoot);
        return bytes.concat(head, abi.encode(w.r, w.b, w.t, w.f, w.x), tape);
    }

    function frameHash(Words memory w) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.FRAME_SECTION, w.f));
    }

    /// @dev What a callee's F.parent is while `w` is suspended.
    function suspendedHash(Words memory w) internal pure returns (bytes32) {
        return keccak256(abi.encode(Tags.SUSPENDED_FRAME, frameHash(w), packed(w), w.stackHash, w.memRoot));
    }

    /// @dev The caller's frame, as a frame that ends reads it from the tape.
    function callerTape(Words memory w) internal pure returns (bytes memory) {
        return abi.encode(w.f, packed(w), w.stackHash, w.memRoot);
    }

    function push(Words memory w, uint256 word) internal pure {
        w.stackHash = keccak256(abi.encode(Tags.STACK_WORD, w.stackHash, word));
        ++w.sp;
    }

    function codeTape(bytes memory code) internal pure returns (bytes memory) {
        return abi.encodePacked(uint32(code.length), code);
    }
}
