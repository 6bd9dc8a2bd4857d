// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspSeal} from "../../../src/step/OspSeal.sol";
import {OspBegin} from "../../../src/step/OspBegin.sol";
import {Interpret} from "../../../src/step/Interpret.sol";
import {MicroOp} from "../../../src/step/MicroOp.sol";
import {Begin} from "../../../src/step/osp-seal/Begin.sol";
import {ChainConstants} from "../../../src/step/osp-seal/ChainConstants.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Begin and seal of whole blocks, step by step, as TypeScript proves them (shared/machine/vectors/seal-steps.json).
contract OspSealTest is Test {
    struct Row {
        string name;
        uint256 op;
        uint64 inboxCount;
        bytes32 inboxRoot;
        bytes32 before;
        bytes32 stateAfter;
        bytes32 ended;
        bytes proof;
    }

    uint64 private constant START = 3;
    OspSeal private part = new OspSeal(_constants(10 ** 12, 4096));
    Row[] private rows;

    function setUp() public {
        string memory text = vm.readFile("shared/machine/vectors/seal-steps.json");
        string[] memory names = vm.parseJsonStringArray(text, ".name");
        uint256[] memory ops = vm.parseJsonUintArray(text, ".op");
        uint256[] memory counts = vm.parseJsonUintArray(text, ".inboxCount");
        bytes[] memory proofs = vm.parseJsonBytesArray(text, ".proof");
        for (uint256 i = 0; i < names.length; ++i) rows.push(Row(names[i], ops[i], uint64(counts[i]), 0, 0, 0, 0, proofs[i]));
        bytes32[] memory column = vm.parseJsonBytes32Array(text, ".inboxRoot");
        for (uint256 i = 0; i < names.length; ++i) rows[i].inboxRoot = column[i];
        column = vm.parseJsonBytes32Array(text, ".before");
        for (uint256 i = 0; i < names.length; ++i) rows[i].before = column[i];
        column = vm.parseJsonBytes32Array(text, ".after");
        for (uint256 i = 0; i < names.length; ++i) rows[i].stateAfter = column[i];
        column = vm.parseJsonBytes32Array(text, ".ended");
        for (uint256 i = 0; i < names.length; ++i) rows[i].ended = column[i];
    }

    function test_step_vectors_work() public {
        assertTrue(rows.length > 100);
        string[11] memory names = [
            "blockBegin",
            "sysBeaconTimestamp",
            "sysBeaconRoot",
            "sysHistory",
            "sysL1Block",
            "sealBegin",
            "sealTransaction",
            "sealReceipt",
            "sealLog",
            "sealLogData",
            "sealHeader"
        ];
        uint256[11] memory most;
        uint256[11] memory longest;
        for (uint256 i = 0; i < rows.length; ++i) {
            Row memory row = rows[i];
            uint256 gas = gasleft();
            assertEq(part.step(_context(row), row.before, row.proof), row.stateAfter, row.name);
            gas -= gasleft();
            uint256 kind = row.op - MicroOp.BLOCK_BEGIN;
            if (gas > most[kind]) most[kind] = gas;
            if (row.proof.length > longest[kind]) longest[kind] = row.proof.length;
        }
        for (uint256 kind = 0; kind < 11; ++kind) {
            assertTrue(most[kind] > 0 && most[kind] < 3_000_000, names[kind]);
            vm.snapshotValue("OspSeal", names[kind], most[kind]);
            vm.snapshotValue("OspSeal", string.concat(names[kind], ": proof bytes"), longest[kind]);
        }
    }

    /// @dev The same blocks, were they the last of their assertion: at the target, at the most blocks, at the most gas; and one short of each.
    function test_sealHeader_endsAssertion() public {
        OspSeal gasless = new OspSeal(_constants(0, 4096));
        for (uint256 i = 0; i < rows.length; ++i) {
            Row memory row = rows[i];
            if (row.op != MicroOp.SEAL_HEADER) continue;
            uint64 count = row.inboxCount + 1;
            assertEq(part.step(Context(START, count, 0, 0), row.before, row.proof), row.ended, row.name);
            assertEq(part.step(Context(START, count + 1, 0, 0), row.before, row.proof), row.stateAfter, row.name);
            assertEq(gasless.step(Context(START, count + 1, 0, 0), row.before, row.proof), row.ended, row.name);
            OspSeal few = new OspSeal(_constants(10 ** 12, count - START));
            assertEq(few.step(_context(row), row.before, row.proof), row.ended, row.name);
            few = new OspSeal(_constants(10 ** 12, count - START + 1));
            assertEq(few.step(_context(row), row.before, row.proof), row.stateAfter, row.name);
        }
    }

    /// @dev Any other bytes give the same state after, or nothing: a byte changed, added, or left out.
    function testFuzz_otherProof_changesNothing(uint256 which, uint256 position, uint8 change) public view {
        Row memory row = rows[which % rows.length];
        bytes memory proof = row.proof;
        uint256 place = position % proof.length;
        if (change == 0) proof = bytes.concat(proof, hex"00");
        else proof[place] = bytes1(uint8(proof[place]) ^ change);
        _same(row, proof);
    }

    function testFuzz_shorterProof_reverts(uint256 which, uint256 position) public view {
        Row memory row = rows[which % rows.length];
        bytes memory proof = row.proof;
        uint256 size = position % proof.length;
        assembly ("memory-safe") {
            mstore(proof, size)
        }
        (bool success,) = address(part).staticcall(abi.encodeCall(part.step, (_context(row), row.before, proof)));
        assertTrue(!success, row.name);
    }

    /// @dev The tape of another step of the same kind shows nothing of this one.
    function test_otherTape_reverts() public view {
        uint256 tried = 0;
        for (uint256 i = 0; i + 1 < rows.length; ++i) {
            (Row memory row, Row memory other) = (rows[i], rows[i + 1]);
            if (row.op != other.op) continue;
            bytes memory tape = _tape(other.proof);
            bytes memory proof = bytes.concat(_head(row.proof, row.proof.length - _tape(row.proof).length), tape);
            if (keccak256(proof) == keccak256(row.proof)) continue;
            (bool success,) = address(part).staticcall(abi.encodeCall(part.step, (_context(row), row.before, proof)));
            assertTrue(!success, row.name);
            ++tried;
        }
        assertTrue(tried > 50);
    }

    function test_otherState_reverts() public view {
        for (uint256 i = 0; i < rows.length; i += 3) {
            Row memory row = rows[i];
            row.before = keccak256(abi.encode(row.before));
            (bool success,) = address(part).staticcall(abi.encodeCall(part.step, (_context(row), row.before, row.proof)));
            assertTrue(!success, row.name);
        }
    }

    function test_blockBegin_otherInbox_reverts() public {
        Row memory row = _first(MicroOp.BLOCK_BEGIN);
        bytes32 root = row.inboxRoot;
        row.inboxRoot = keccak256("another");
        vm.expectRevert(abi.encodeWithSelector(Begin.WrongInboxRoot.selector, row.inboxRoot, root));
        part.step(_context(row), row.before, row.proof);
    }

    function test_blockBegin_afterAssertionEnd_reverts() public {
        bytes memory state = abi.encode(9, 1, 2, 3, 4, 5, 1);
        bytes32 before = keccak256(bytes.concat(keccak256("crema.blockState.v1"), state));
        vm.expectRevert(abi.encodeWithSelector(OspBegin.AssertionEnded.selector, 9));
        part.step(Context(START, 1000, 0, 0), before, bytes.concat(hex"00", state));
    }

    /// @dev Constants are of the chain: with others, the block begins otherwise.
    function test_blockBegin_otherChain_differs() public {
        Row memory row = _first(MicroOp.BLOCK_BEGIN);
        ChainConstants memory other = _constants(10 ** 12, 4096);
        other.portal = address(1);
        assertTrue(new OspSeal(other).step(_context(row), row.before, row.proof) != row.stateAfter);
        other = _constants(10 ** 12, 4096);
        other.minBaseFee = 1_000_000;
        assertTrue(new OspSeal(other).step(_context(row), row.before, row.proof) != row.stateAfter);
    }

    function test_begin_alone_refusesSeal() public {
        Row memory row = _first(MicroOp.SEAL_RECEIPT);
        OspBegin begin = OspBegin(address(part.BEGIN()));
        vm.expectRevert(abi.encodeWithSelector(Interpret.NotOfThisPart.selector, MicroOp.SEAL_RECEIPT));
        begin.step(_context(row), row.before, row.proof);
    }

    function test_code_isBelowEip170() public view {
        assertTrue(address(part).code.length < 24_576 && address(part.BEGIN()).code.length < 24_576);
    }

    function _same(Row memory row, bytes memory proof) private view {
        (bool success, bytes memory result) = address(part).staticcall(abi.encodeCall(part.step, (_context(row), row.before, proof)));
        if (success) assertEq(abi.decode(result, (bytes32)), row.stateAfter, row.name);
    }

    /// @dev What stands behind the opening of a machine.
    function _tape(bytes memory proof) private pure returns (bytes memory tape) {
        uint256 size = 2 + 5 * 32;
        uint8[5] memory words = [15, 19, 36, 23, 23];
        for (uint256 i = 0; i < 5; ++i) size += (uint8(proof[1]) >> i) & 1 == 1 ? 32 * uint256(words[i]) : 32;
        tape = new bytes(proof.length - size);
        assembly ("memory-safe") {
            mcopy(add(tape, 0x20), add(add(proof, 0x20), size), mload(tape))
        }
    }

    function _head(bytes memory proof, uint256 size) private pure returns (bytes memory head) {
        head = new bytes(size);
        assembly ("memory-safe") {
            mcopy(add(head, 0x20), add(proof, 0x20), size)
        }
    }

    function _first(uint256 op) private view returns (Row memory) {
        uint256 i = 0;
        while (rows[i].op != op) ++i;
        return rows[i];
    }

    function _context(Row memory row) private pure returns (Context memory) {
        return Context(START, 1000, row.inboxRoot, 0);
    }

    function _constants(uint64 maxGas, uint64 maxBlocks) private pure returns (ChainConstants memory) {
        return ChainConstants({
            chainId: 4242,
            portal: 0x00000000000000000000000000000000000F0f0F,
            blockGasLimit: 30_000_000,
            elasticity: 2,
            denominator: 8,
            minBaseFee: 1_000,
            maxGas: maxGas,
            maxBlocks: maxBlocks
        });
    }
}
