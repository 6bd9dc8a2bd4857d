// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tags} from "../../../src/libraries/Tags.sol";

/// @dev A machine as plain words in the order of docs/protocol/machine.md, its hash and the proof's head. Made without the code under test.
library MachineFixture {
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
        bytes32[15] r;
        bytes32[19] b;
        bytes32[36] t;
        bytes32[23] f;
        bytes32[23] x;
    }

    // Positions in R.
    uint256 internal constant R_NEXT_DEPOSIT = 2;
    // In B.
    uint256 internal constant B_DEPOSIT_START = 12;
    uint256 internal constant B_DEPOSIT_END = 13;
    // In T.
    uint256 internal constant T_SUCCESS = 25;
    uint256 internal constant T_GAS_LEFT = 26;
    // In F.
    uint256 internal constant F_DEPTH = 0;
    uint256 internal constant F_RETURN = 11;
    // In X.
    uint256 internal constant X_OP = 0;
    uint256 internal constant X_I = 1;
    uint256 internal constant X_GAS = 4;
    uint256 internal constant X_CODE_ADDRESS = 8;
    uint256 internal constant X_RET_OFF = 10;
    uint256 internal constant X_RET_LEN = 11;
    uint256 internal constant X_BEFORE = 12;
    uint256 internal constant X_SOURCE = 14;
    uint256 internal constant X_DST_OFF = 17;
    uint256 internal constant X_HASHER = 18;

    function hash(Words memory m) internal pure returns (bytes32) {
        bytes32 rest = keccak256(abi.encode(Tags.MACHINE, m.stateRoot, m.scratchRoot, _hashes(m)));
        return keccak256(abi.encode(rest, _packed(m), m.stackHash, m.memRoot));
    }

    /// @dev Everything of a proof before the tape; bits of `mask` that are not set keep their section closed.
    function head(Words memory m, uint8 mask) internal pure returns (bytes memory data) {
        bytes32[5] memory hashes = _hashes(m);
        data = abi.encodePacked(uint8(1), mask, _packed(m), m.stackHash, m.memRoot, m.stateRoot, m.scratchRoot);
        data = bytes.concat(data, mask & 1 != 0 ? abi.encodePacked(m.r) : abi.encodePacked(hashes[0]));
        data = bytes.concat(data, mask & 2 != 0 ? abi.encodePacked(m.b) : abi.encodePacked(hashes[1]));
        data = bytes.concat(data, mask & 4 != 0 ? abi.encodePacked(m.t) : abi.encodePacked(hashes[2]));
        data = bytes.concat(data, mask & 8 != 0 ? abi.encodePacked(m.f) : abi.encodePacked(hashes[3]));
        data = bytes.concat(data, mask & 16 != 0 ? abi.encodePacked(m.x) : abi.encodePacked(hashes[4]));
    }

    function push(Words memory m, uint256 word) internal pure {
        m.stackHash = keccak256(abi.encode(Tags.STACK_WORD, m.stackHash, word));
        ++m.sp;
    }

    function clearX(Words memory m) internal pure {
        for (uint256 i = 0; i < 23; ++i) m.x[i] = 0;
    }

    function copyOf(Words memory m) internal pure returns (Words memory) {
        return abi.decode(abi.encode(m), (Words));
    }

    function _hashes(Words memory m) private pure returns (bytes32[5] memory) {
        return [
            keccak256(abi.encodePacked(Tags.RUN_SECTION, m.r)),
            keccak256(abi.encodePacked(Tags.BLOCK_SECTION, m.b)),
            keccak256(abi.encodePacked(Tags.TX_SECTION, m.t)),
            keccak256(abi.encodePacked(Tags.FRAME_SECTION, m.f)),
            keccak256(abi.encodePacked(Tags.MICRO_OP_SECTION, m.x))
        ];
    }

    function _packed(Words memory m) private pure returns (uint256) {
        return m.pc + m.gas * 2 ** 32 + m.sp * 2 ** 96 + m.memWords * 2 ** 112 + m.status * 2 ** 144;
    }
}
