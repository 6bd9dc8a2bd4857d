// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Interpret} from "../../../src/step/Interpret.sol";
import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {RunPrecompile} from "../../../src/step/osp-precompile/RunPrecompile.sol";
import {MachineState} from "../../../src/step/state/MachineState.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {MachineFixture} from "./MachineFixture.sol";
import {NaiveWordTree} from "./NaiveWordTree.sol";
import {OspPrecompileFixture} from "./OspPrecompileFixture.sol";

/// @dev The micro-op `precompile` from machine to machine.
/// forge-config: default.evm_version = "osaka"
contract OspPrecompileTest is OspPrecompileFixture {
    using MachineFixture for MachineFixture.Words;

    function test_precompile_vectors_works() public view {
        Row[] memory list = rows();
        uint256 count = 0;
        for (uint256 i = 0; i < list.length; ++i) {
            // Identity is copied in chunks; of long inputs some are enough.
            if (list[i].target == 4 || (list[i].input.length > 20_000 && i % 4 != 0)) continue;
            this.checkRow(list[i], i % 67);
            ++count;
        }
        assertTrue(count > 700);
    }

    /// @dev Within a call of its own, whose memory is given back.
    function checkRow(Row memory row, uint256 offset) external view {
        bytes memory source = bytes.concat(repeated(hex"5a", offset), row.input, hex"a5");
        uint256 price = row.price == type(uint256).max ? 8_000_000 : row.price;
        uint256 length = row.input.length;
        bytes memory tape = length > 98_304 ? bytes("") : NaiveWordTree.tape(source, offset, length);
        MachineFixture.Words memory m = calling(row.target, source, offset, length, price);
        assertEq(step(m, tape), finished(m, row.success, row.output, 0).hash(), row.name);
        if (row.price > 0 && row.success) {
            m = calling(row.target, source, offset, length, price - 1);
            assertEq(step(m, tape), finished(m, false, "", 0).hash(), string.concat(row.name, ", a gas less"));
        }
        m = calling(row.target, source, offset, length, price + 777);
        m.x[MachineFixture.X_RET_LEN] = 0;
        assertEq(step(m, tape), finished(m, row.success, row.output, row.success ? 777 : 0).hash(), row.name);
        m = withoutFrame(m);
        assertEq(step(m, tape), finished(m, row.success, row.output, row.success ? 777 : 0).hash(), row.name);
    }

    function testFuzz_precompile_sha256_works(bytes memory source, uint256 offset, uint256 length, uint256 retLen, uint256 gas) public view {
        offset = bound(offset, 0, source.length);
        length = bound(length, 0, source.length - offset);
        uint256 price = 60 + 12 * ((length + 31) / 32);
        gas = bound(gas, price - 20, price + 60);
        MachineFixture.Words memory m = calling(2, source, offset, length, gas);
        m.x[MachineFixture.X_RET_LEN] = bytes32(bound(retLen, 0, 70));
        bytes memory output = gas < price ? bytes("") : abi.encodePacked(sha256(part(source, offset, length)));
        bytes32 expected = finished(m, gas >= price, output, gas < price ? 0 : gas - price).hash();
        assertEq(step(m, NaiveWordTree.tape(source, offset, length)), expected);
    }

    function test_precompile_tooLong_readsNothing() public view {
        bytes memory source = new bytes(98_305);
        for (uint256 target = 1; target <= 17; ++target) {
            if (target == 4) continue;
            MachineFixture.Words memory m = calling(target, source, 0, source.length, 30_000_000);
            assertEq(step(m, ""), finished(m, false, "", 0).hash());
        }
    }

    /// @dev Which sections the prover opens changes nothing, as long as what is needed is open.
    function test_precompile_closedSections() public {
        MachineFixture.Words memory m = calling(2, "abc", 0, 3, 100);
        bytes memory tape = NaiveWordTree.tape("abc", 0, 3);
        bytes32 expected = finished(m, true, abi.encodePacked(sha256("abc")), 28).hash();
        for (uint8 mask = 0; mask < 32; ++mask) {
            bytes memory proof = bytes.concat(m.head(mask), tape);
            if (mask & 24 == 24) {
                assertEq(osp.step(context(), m.hash(), proof), expected);
            } else {
                vm.expectPartialRevert(MachineState.SectionClosed.selector);
                osp.step(context(), m.hash(), proof);
            }
        }
        m = withoutFrame(m);
        vm.expectRevert(abi.encodeWithSelector(MachineState.SectionClosed.selector, 20, 24));
        osp.step(context(), m.hash(), bytes.concat(m.head(16), tape));
    }

    function test_precompile_otherInput_reverts() public {
        bytes memory source = repeated("noise", 50);
        MachineFixture.Words memory m = calling(2, source, 7, 200, 1_000);
        bytes memory tape = NaiveWordTree.tape(source, 7, 200);
        for (uint256 i = 0; i < tape.length; i += 3) {
            bytes memory changed = bytes.concat(tape);
            changed[i] ^= 0x10;
            // The mask's bits above the tree, and those of levels without a sibling, say nothing.
            if (i >= 224 && i < 232) continue;
            vm.expectPartialRevert(WordTree.WrongRoot.selector);
            this.stepOf(m, changed);
        }
        for (uint256 size = 0; size < tape.length; size += 5) {
            vm.expectPartialRevert(Tape.TapeTooShort.selector);
            this.stepOf(m, part(tape, 0, size));
        }
        vm.expectRevert(abi.encodeWithSelector(MptProof.TrailingProof.selector, 1));
        this.stepOf(m, bytes.concat(tape, hex"00"));
    }

    function test_precompile_tooLittleGasOfTheCaller_reverts() public {
        bytes memory input = abi.encodePacked(uint32(5_000_000), new bytes(208), uint8(1));
        MachineFixture.Words memory m = calling(9, input, 0, 213, 6_000_000);
        bytes memory proof = bytes.concat(m.head(ALL), NaiveWordTree.tape(input, 0, 213));
        vm.expectPartialRevert(RunPrecompile.GasTooLow.selector);
        osp.step{gas: 5_200_000}(context(), m.hash(), proof);
        assertTrue(osp.step{gas: 5_700_000}(context(), m.hash(), proof) != 0);
    }

    function test_step_otherMicroOp_reverts() public {
        MachineFixture.Words memory m = calling(2, "abc", 0, 3, 100);
        for (uint256 op = 0; op < 60; ++op) {
            if (op == PRECOMPILE || op == IDENTITY_CHUNK) continue;
            m.x[MachineFixture.X_OP] = bytes32(op);
            vm.expectRevert(abi.encodeWithSelector(Interpret.NotOfThisPart.selector, op));
            this.stepOf(m, NaiveWordTree.tape("abc", 0, 3));
        }
        m.x[MachineFixture.X_OP] = bytes32(PRECOMPILE);
        // Between segments a deposit is due, whatever X holds.
        m.status = 1;
        vm.expectRevert(abi.encodeWithSelector(Interpret.NotOfThisPart.selector, 30));
        this.stepOf(m, NaiveWordTree.tape("abc", 0, 3));
    }

    function test_ospPrecompile_size() public view {
        assertTrue(address(osp).code.length < 24_576);
    }

    function stepOf(MachineFixture.Words memory m, bytes memory tape) external view returns (bytes32) {
        return step(m, tape);
    }

    function part(bytes memory data, uint256 from, uint256 size) internal pure returns (bytes memory result) {
        result = new bytes(size);
        for (uint256 i = 0; i < size; ++i) result[i] = data[from + i];
    }
}
