// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepPart} from "../../../src/step/IStepPart.sol";
import {MicroOp} from "../../../src/step/MicroOp.sol";
import {OspTx} from "../../../src/step/OspTx.sol";
import {OspTxLoad} from "../../../src/step/OspTxLoad.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {VectorFile} from "../../utils/VectorFile.sol";

/// @dev Steps of deposits and entries of all sorts, as TypeScript proves them.
contract OspTxVectorsTest is VectorFile {
    IStepPart private loader = new OspTxLoad();
    IStepPart private part = new OspTx();
    Context private context;

    struct Rows {
        string[] names;
        uint256[] ops;
        bytes32[] before;
        bytes32[] expected;
        bytes[] proofs;
    }

    function test_codeSize_isBelowLimit() public view {
        assertTrue(address(part).code.length < 24_576);
        assertTrue(address(loader).code.length < 24_576);
    }

    function test_step_vectors_work() public {
        Rows memory rows = _rows();
        uint256 seen = 0;
        for (uint256 i = 0; i < rows.names.length; ++i) {
            seen |= 1 << rows.ops[i];
            assertEq(_partOf(rows.ops[i]).step(context, rows.before[i], rows.proofs[i]), rows.expected[i], rows.names[i]);
        }
        // Every micro-op of the family.
        assertEq(seen, (1 << (MicroOp.DEPOSIT_MINT + 1)) - (1 << MicroOp.TX_LOAD));
    }

    /// @dev The dearest step of each kind among the vectors, the proof in memory.
    function test_gas_snapshot() public {
        string[13] memory names = [
            "txLoad", "txBuy", "txWarm", "txAuth", "txEnter", "txRefund", "txTip", "txBaseFee", "txSelfdestruct", "txBloom", "txReceipt", "depositLoad", "depositMint"
        ];
        Rows memory rows = _rows();
        uint256[13] memory most;
        for (uint256 i = 0; i < rows.names.length; ++i) {
            uint256 gas = gasleft();
            _partOf(rows.ops[i]).step(context, rows.before[i], rows.proofs[i]);
            gas -= gasleft();
            uint256 kind = rows.ops[i] - MicroOp.TX_LOAD;
            if (gas > most[kind]) most[kind] = gas;
        }
        for (uint256 i = 0; i < names.length; ++i) {
            assertTrue(most[i] < 300_000, names[i]);
            vm.snapshotValue("OspTx", string.concat("step: ", names[i]), most[i]);
        }
    }

    /// @dev A proof with a byte changed is refused, or says the same: what it holds beyond the state after is of no effect.
    function test_step_changedProof_givesNoOtherState() public {
        Rows memory rows = _rows();
        uint256 refused = 0;
        for (uint256 i = 0; i < rows.names.length; ++i) {
            bytes memory proof = rows.proofs[i];
            for (uint256 j = (i * 13) % 89; j < proof.length; j += 89) {
                proof[j] ^= bytes1(uint8(1 << (j % 8)));
                if (_isRefused(rows, i, proof)) ++refused;
                proof[j] ^= bytes1(uint8(1 << (j % 8)));
            }
        }
        assertTrue(refused > 1_000);
    }

    function test_step_cutOrLongerProof_isRefused() public {
        Rows memory rows = _rows();
        for (uint256 i = 0; i < rows.names.length; ++i) {
            bytes memory proof = rows.proofs[i];
            assertTrue(_isRefused(rows, i, bytes.concat(proof, hex"00")), rows.names[i]);
            assembly ("memory-safe") {
                mstore(proof, sub(mload(proof), 1))
            }
            assertTrue(_isRefused(rows, i, proof), rows.names[i]);
        }
    }

    function test_step_otherPart_isRefused() public {
        Rows memory rows = _rows();
        for (uint256 i = 0; i < rows.names.length; ++i) {
            IStepPart other = _partOf(rows.ops[i]) == part ? loader : part;
            (bool success,) = address(other).staticcall(abi.encodeCall(IStepPart.step, (context, rows.before[i], rows.proofs[i])));
            assertTrue(!success, rows.names[i]);
        }
    }

    /// @dev False if the step is made, to the one right state.
    function _isRefused(Rows memory rows, uint256 i, bytes memory proof) private view returns (bool) {
        bytes memory data = abi.encodeCall(IStepPart.step, (context, rows.before[i], proof));
        (bool success, bytes memory result) = address(_partOf(rows.ops[i])).staticcall{gas: 30_000_000}(data);
        if (success) assertEq(abi.decode(result, (bytes32)), rows.expected[i], rows.names[i]);
        return !success;
    }

    function _partOf(uint256 op) private view returns (IStepPart) {
        return op == MicroOp.TX_LOAD || op == MicroOp.DEPOSIT_LOAD ? loader : part;
    }

    function _rows() private returns (Rows memory rows) {
        json = vm.readFile("shared/machine/vectors/tx-steps.json");
        rows = Rows(strings(".name"), uints(".op"), words(".before"), words(".after"), vm.parseJsonBytesArray(json, ".proof"));
        assertTrue(rows.names.length > 150);
    }
}
