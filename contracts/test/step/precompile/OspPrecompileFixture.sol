// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspPrecompile} from "../../../src/step/OspPrecompile.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {MachineFixture} from "./MachineFixture.sol";
import {NaiveWordTree} from "./NaiveWordTree.sol";
import {PrecompileVectors} from "./PrecompileVectors.sol";

/// @dev A frame that is about to call a precompile, and what has to become of it.
abstract contract OspPrecompileFixture is PrecompileVectors {
    using MachineFixture for MachineFixture.Words;

    uint256 internal constant PRECOMPILE = 17;
    uint256 internal constant IDENTITY_CHUNK = 18;
    uint8 internal constant ALL = 31;

    OspPrecompile internal osp = new OspPrecompile();

    /// @dev Somewhere within a transaction: every word something else.
    function machine() internal pure returns (MachineFixture.Words memory m) {
        (m.pc, m.gas, m.sp, m.memWords) = (1_234, 55_555, 7, 99);
        (m.stackHash, m.memRoot) = (keccak256("stack"), keccak256("memory"));
        (m.stateRoot, m.scratchRoot) = (keccak256("state"), keccak256("scratch"));
        for (uint256 i = 0; i < 15; ++i) m.r[i] = keccak256(abi.encode("R", i));
        for (uint256 i = 0; i < 19; ++i) m.b[i] = keccak256(abi.encode("B", i));
        for (uint256 i = 0; i < 36; ++i) m.t[i] = _small("T", i);
        for (uint256 i = 0; i < 23; ++i) m.f[i] = _small("F", i);
        m.f[MachineFixture.F_DEPTH] = bytes32(uint256(3));
        (m.b[MachineFixture.B_DEPOSIT_START], m.b[MachineFixture.B_DEPOSIT_END]) = (bytes32(uint256(5)), bytes32(uint256(9)));
        m.r[MachineFixture.R_NEXT_DEPOSIT] = bytes32(uint256(2));
    }

    /// @dev Calls `target` with the bytes [offset, offset + length) of `source`.
    function calling(uint256 target, bytes memory source, uint256 offset, uint256 length, uint256 gas)
        internal
        pure
        returns (MachineFixture.Words memory m)
    {
        m = machine();
        // Address, caller, value and kind: what the call was.
        for (uint256 i = 2; i < 10; ++i) m.x[i] = _small("X", i);
        m.x[MachineFixture.X_OP] = bytes32(PRECOMPILE);
        m.x[MachineFixture.X_GAS] = bytes32(gas);
        m.x[MachineFixture.X_CODE_ADDRESS] = bytes32(target);
        m.x[MachineFixture.X_RET_OFF] = bytes32(uint256(0x81));
        m.x[MachineFixture.X_RET_LEN] = bytes32(uint256(40));
        m.x[MachineFixture.X_BEFORE] = keccak256("state before the value moved");
        setSource(m, NaiveWordTree.root(source), offset, length);
    }

    function setSource(MachineFixture.Words memory m, bytes32 root, uint256 offset, uint256 length) internal pure {
        if (length == 0) (root, offset) = (bytes32(0), 0);
        m.x[MachineFixture.X_SOURCE] = root;
        m.x[MachineFixture.X_SOURCE + 1] = bytes32(offset);
        m.x[MachineFixture.X_SOURCE + 2] = bytes32(length);
    }

    /// @dev No frame: the transaction calls the precompile itself.
    function withoutFrame(MachineFixture.Words memory m) internal pure returns (MachineFixture.Words memory) {
        for (uint256 i = 0; i < 23; ++i) m.f[i] = 0;
        (m.pc, m.gas, m.sp, m.memWords, m.stackHash) = (0, 0, 0, 0, 0);
        m.memRoot = NaiveWordTree.root("");
        return m;
    }

    /// @dev What comes after a success (with `output`) or failure; `gasLeft` of the call's gas.
    function finished(MachineFixture.Words memory m, bool success, bytes memory output, uint256 gasLeft)
        internal
        pure
        returns (MachineFixture.Words memory next)
    {
        next = m.copyOf();
        if (!success) next.stateRoot = m.x[MachineFixture.X_BEFORE];
        next.clearX();
        if (m.f[MachineFixture.F_DEPTH] == 0) {
            next.t[MachineFixture.T_SUCCESS] = bytes32(uint256(success ? 1 : 0));
            next.t[MachineFixture.T_GAS_LEFT] = bytes32(gasLeft);
            next.x[MachineFixture.X_OP] = bytes32(uint256(24));
            return next;
        }
        next.gas += gasLeft;
        next.push(success ? 1 : 0);
        bytes32 root = output.length == 0 ? bytes32(0) : NaiveWordTree.root(output);
        next.f[MachineFixture.F_RETURN] = root;
        next.f[MachineFixture.F_RETURN + 1] = 0;
        next.f[MachineFixture.F_RETURN + 2] = bytes32(output.length);
        uint256 window = uint256(m.x[MachineFixture.X_RET_LEN]);
        uint256 copied = output.length < window ? output.length : window;
        if (copied == 0) return next;
        next.x[MachineFixture.X_OP] = bytes32(uint256(1));
        next.x[MachineFixture.X_I] = bytes32(copied);
        next.x[MachineFixture.X_DST_OFF] = m.x[MachineFixture.X_RET_OFF];
        setSource(next, root, 0, output.length);
    }

    function step(MachineFixture.Words memory m, bytes memory tape) internal view returns (bytes32) {
        return osp.step(context(), m.hash(), bytes.concat(m.head(ALL), tape));
    }

    function context() internal pure returns (Context memory) {
        return Context(1, 2, bytes32(uint256(3)), 0);
    }

    /// @dev Words that fit whatever stands there.
    function _small(string memory section, uint256 i) private pure returns (bytes32) {
        return bytes32(uint256(keccak256(abi.encode(section, i))) >> 224);
    }
}
