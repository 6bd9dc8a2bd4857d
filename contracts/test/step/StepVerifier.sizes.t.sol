// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspAlu} from "../../src/step/OspAlu.sol";
import {OspCall} from "../../src/step/OspCall.sol";
import {OspCreate} from "../../src/step/OspCreate.sol";
import {OspMem} from "../../src/step/OspMem.sol";
import {OspPrecompile} from "../../src/step/OspPrecompile.sol";
import {OspSeal} from "../../src/step/OspSeal.sol";
import {OspState} from "../../src/step/OspState.sol";
import {OspTx} from "../../src/step/OspTx.sol";
import {OspTxLoad} from "../../src/step/OspTxLoad.sol";
import {StepVerifier} from "../../src/step/StepVerifier.sol";
import {ChainConstants} from "../../src/step/osp-seal/ChainConstants.sol";
import {Test} from "../utils/Test.sol";

/// @dev Sizes of the verifier and its parts as a snapshot: EIP-170 holds for each, EIP-3860 for what deploys it.
contract StepVerifierSizesTest is Test {
    uint256 private constant LIMIT = 24_576;
    uint256 private constant CREATION_LIMIT = 49_152;

    function test_sizes_snapshot() public {
        ChainConstants memory chain;
        OspSeal seal = new OspSeal(chain);
        StepVerifier.Parts memory parts;
        _record("OspAlu", address(new OspAlu()), type(OspAlu).creationCode.length);
        _record("OspMem", address(new OspMem()), type(OspMem).creationCode.length);
        _record("OspState", address(new OspState()), type(OspState).creationCode.length);
        _record("OspCall", address(new OspCall()), type(OspCall).creationCode.length);
        _record("OspCreate", address(new OspCreate()), type(OspCreate).creationCode.length);
        _record("OspPrecompile", address(new OspPrecompile()), type(OspPrecompile).creationCode.length);
        _record("OspTxLoad", address(new OspTxLoad()), type(OspTxLoad).creationCode.length);
        _record("OspTx", address(new OspTx()), type(OspTx).creationCode.length);
        _record("OspSeal", address(seal), type(OspSeal).creationCode.length);
        _record("OspBegin", address(seal.BEGIN()), 0);
        _record("StepVerifier", address(new StepVerifier(parts)), type(StepVerifier).creationCode.length);
    }

    function _record(string memory name, address made, uint256 creation) private {
        uint256 size = made.code.length;
        vm.snapshotValue("StepSizes", name, size);
        assertTrue(size > 0 && size < LIMIT && creation < CREATION_LIMIT - 1_024, name);
    }
}
