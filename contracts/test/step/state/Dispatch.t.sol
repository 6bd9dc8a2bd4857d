// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Dispatch} from "../../../src/step/Dispatch.sol";
import {Machine} from "../../../src/step/state/Machine.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {Test} from "../../utils/Test.sol";
import {Picture, Pictures, X} from "./Picture.sol";

/// @dev Who executes what, after the table in docs/protocol/machine.md.
contract DispatchTest is Test {
    using Pictures for Picture;

    // Opcodes of the parts other than OspAlu.
    bytes internal constant MEM = hex"2037393e5152535ea0a1a2a3a4";
    bytes internal constant STATE = hex"313b3c3f404754555c5d";
    bytes internal constant CALL = hex"00f1f2f3f4fafdff";
    bytes internal constant CREATE = hex"f0f5";

    function test_partOfOpcode_every() public pure {
        Dispatch.Part[256] memory expected;
        _mark(expected, MEM, Dispatch.Part.Mem);
        _mark(expected, STATE, Dispatch.Part.State);
        _mark(expected, CALL, Dispatch.Part.Call);
        _mark(expected, CREATE, Dispatch.Part.Create);
        for (uint256 op = 0; op < 256; ++op) assertEq(uint256(Dispatch.partOfOpcode(op)), uint256(expected[op]), "part");
    }

    function test_partOf_every() public {
        for (uint256 op = 1; op <= 42; ++op) {
            Dispatch.Part expected = Dispatch.Part.Seal;
            if (op <= 4) expected = Dispatch.Part.Mem;
            else if (op <= 10) expected = Dispatch.Part.Call;
            else if (op <= 16) expected = Dispatch.Part.Create;
            else if (op <= 18) expected = Dispatch.Part.Precompile;
            else if (op == 19 || op == 30) expected = Dispatch.Part.TxLoad;
            else if (op <= 31) expected = Dispatch.Part.Tx;
            assertEq(uint256(this.partOf(op)), uint256(expected), "part");
        }
        vm.expectRevert(abi.encodeWithSelector(Dispatch.UnknownMicroOp.selector, 43));
        this.partOf(43);
    }

    function testFuzz_due_running(uint256 op) public view {
        Picture memory p = Pictures.blank();
        p.x[X.OP] = op;
        assertEq(this.due(p.hash(), p.opening(31)), op);
    }

    /// @dev Deposits, then entries, then the seal.
    function testFuzz_due_segmentEnd(uint256 first, uint256 deposits, uint256 entries, uint256 nextDeposit, uint256 nextEntry) public view {
        (first, deposits, entries) = (first % 1_000, deposits % 5, entries % 5);
        Picture memory p = Pictures.blank();
        p.status = 1;
        (p.b[12], p.b[13], p.b[10]) = (first, first + deposits, entries);
        (p.r[2], p.r[3]) = (nextDeposit % (deposits + 1), nextEntry % (entries + 1));
        uint256 expected = p.r[2] < deposits ? 30 : p.r[3] < entries ? 19 : 37;
        assertEq(this.due(p.hash(), p.opening(31)), expected);
    }

    /// @dev What is due cannot be hidden.
    function test_due_closedSections_revert() public {
        Picture memory p = Pictures.blank();
        p.x[X.OP] = 4;
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(15));
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 16, 15));
        this.due(before, proof);
        p = Pictures.blank();
        (p.status, p.r[3]) = (1, 2);
        (before, proof) = (p.hash(), p.opening(30));
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 3, 30));
        this.due(before, proof);
    }

    function test_due_otherStatus_reverts() public {
        Picture memory p = Pictures.blank();
        p.status = 2;
        (bytes32 before, bytes memory proof) = (p.hash(), p.opening(31));
        vm.expectRevert(abi.encodeWithSelector(Dispatch.UnknownStatus.selector, 2));
        this.due(before, proof);
    }

    function due(bytes32 before, bytes calldata proof) external pure returns (uint256) {
        Machine memory m = MachineState.open(before, proof);
        return Dispatch.due(m);
    }

    function partOf(uint256 op) external pure returns (Dispatch.Part) {
        return Dispatch.partOf(op);
    }

    function _mark(Dispatch.Part[256] memory parts, bytes memory opcodes, Dispatch.Part part) private pure {
        for (uint256 i = 0; i < opcodes.length; ++i) parts[uint8(opcodes[i])] = part;
    }
}
