// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspPrecompile} from "../../../src/step/OspPrecompile.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Steps that TypeScript's machine took within whole transactions and proved.
/// forge-config: default.evm_version = "osaka"
contract OspPrecompileVectorsTest is Test {
    OspPrecompile private osp = new OspPrecompile();
    Context private context;

    string[] private names;
    bytes32[] private befores;
    bytes32[] private afters;
    bytes[] private proofs;

    function setUp() public {
        string memory text = vm.readFile("shared/machine/vectors/precompile-steps.json");
        names = vm.parseJsonStringArray(text, ".name");
        befores = vm.parseJsonBytes32Array(text, ".before");
        afters = vm.parseJsonBytes32Array(text, ".after");
        proofs = vm.parseJsonBytesArray(text, ".proof");
        assertTrue(names.length > 70);
    }

    function test_step_vectors_works() public view {
        for (uint256 i = 0; i < names.length; ++i) assertEq(osp.step(context, befores[i], proofs[i]), afters[i], names[i]);
    }

    /// @dev A changed proof reverts or changes nothing.
    function testFuzz_step_mutants_revertOrGiveTheRightState(uint256 row, uint256 position, uint8 flip) public view {
        row %= names.length;
        bytes memory proof = proofs[row];
        proof[position % proof.length] ^= bytes1(flip == 0 ? 1 : flip);
        try osp.step(context, befores[row], proof) returns (bytes32 actual) {
            assertEq(actual, afters[row], names[row]);
        } catch {}
    }

    function testFuzz_step_otherLength_reverts(uint256 row, uint256 size, bool isLonger) public {
        row %= names.length;
        bytes memory proof = proofs[row];
        if (isLonger) {
            proof = bytes.concat(proof, new bytes(1 + size % 40));
        } else {
            uint256 cut = size % proof.length;
            assembly ("memory-safe") {
                mstore(proof, cut)
            }
        }
        vm.expectRevert();
        osp.step(context, befores[row], proof);
    }

    function testFuzz_step_proofOfAnother_reverts(uint256 row, uint256 other) public {
        (row, other) = (row % names.length, other % names.length);
        vm.assume(befores[row] != befores[other]);
        vm.expectRevert();
        osp.step(context, befores[row], proofs[other]);
    }
}
