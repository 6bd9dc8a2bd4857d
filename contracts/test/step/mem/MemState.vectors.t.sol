// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {OspMem} from "../../../src/step/OspMem.sol";
import {OspState} from "../../../src/step/OspState.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Steps of programs that use memory, logs, hashes, state and accounts in all ways, as TypeScript proves them (shared/machine/vectors/mem-state-steps.json).
contract MemStateVectorsTest is Test {
    IStepPart[2] private parts = [IStepPart(new OspMem()), new OspState()];

    struct Rows {
        string[] names;
        uint256[] parts;
        bytes32[] before;
        bytes32[] expected;
        bytes[] proofs;
    }

    function test_step_vectors() public view {
        Rows memory rows = _rows();
        assertTrue(rows.names.length > 80);
        for (uint256 i = 0; i < rows.names.length; ++i) {
            bytes32 actual = parts[rows.parts[i]].step(_context(), rows.before[i], rows.proofs[i]);
            assertEq(actual, rows.expected[i], rows.names[i]);
        }
    }

    /// @dev A proof with a byte changed is refused, or says the same.
    function test_changedProof_givesNoOtherState() public view {
        Rows memory rows = _rows();
        uint256 refused = 0;
        for (uint256 i = 0; i < rows.names.length; ++i) {
            bytes memory proof = rows.proofs[i];
            for (uint256 j = (i * 13) % 97; j < proof.length; j += 97) {
                proof[j] ^= bytes1(uint8(1 << (j % 8)));
                if (_isRefused(rows, i, rows.parts[i], proof)) ++refused;
                proof[j] ^= bytes1(uint8(1 << (j % 8)));
            }
        }
        assertTrue(refused > 1_000);
    }

    function test_cutOrLongerProof_isRefused() public view {
        Rows memory rows = _rows();
        for (uint256 i = 0; i < rows.names.length; ++i) {
            bytes memory proof = rows.proofs[i];
            assertTrue(_isRefused(rows, i, rows.parts[i], bytes.concat(proof, hex"00")), rows.names[i]);
            assembly ("memory-safe") {
                mstore(proof, sub(mload(proof), 1))
            }
            assertTrue(_isRefused(rows, i, rows.parts[i], proof), rows.names[i]);
        }
    }

    /// @dev The part follows from the state, and the other one refuses.
    function test_otherPart_isRefused() public view {
        Rows memory rows = _rows();
        for (uint256 i = 0; i < rows.names.length; ++i) {
            assertTrue(_isRefused(rows, i, 1 - rows.parts[i], rows.proofs[i]), rows.names[i]);
        }
    }

    /// @dev True when the part reverts; fails when it comes to another state.
    function _isRefused(Rows memory rows, uint256 i, uint256 part, bytes memory proof) private view returns (bool) {
        (bool ok, bytes memory result) =
            address(parts[part]).staticcall{gas: 10_000_000}(abi.encodeCall(IStepPart.step, (_context(), rows.before[i], proof)));
        if (ok) assertEq(abi.decode(result, (bytes32)), rows.expected[i], rows.names[i]);
        return !ok;
    }

    function _rows() private view returns (Rows memory) {
        string memory json = vm.readFile("shared/machine/vectors/mem-state-steps.json");
        return Rows(
            vm.parseJsonStringArray(json, ".name"),
            vm.parseJsonUintArray(json, ".part"),
            vm.parseJsonBytes32Array(json, ".before"),
            vm.parseJsonBytes32Array(json, ".after"),
            vm.parseJsonBytesArray(json, ".proof")
        );
    }

    function _context() private pure returns (Context memory) {
        return Context(0, 0, 0, 0);
    }
}
