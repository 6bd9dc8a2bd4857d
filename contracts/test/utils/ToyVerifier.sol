// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IStepVerifier} from "../../src/interfaces/IStepVerifier.sol";
import {Context} from "../../src/step/state/Machine.sol";
import {ToyMachine} from "./ToyMachine.sol";

/// @dev Executes the toy machine's steps, for one proof only.
contract ToyVerifier is IStepVerifier {
    error ProofExpected(bytes given);

    function verify(Context calldata context, bytes32 before, uint64 b, uint64 x, uint64 i, bytes calldata proof)
        external
        pure
        returns (bytes32)
    {
        if (keccak256(proof) != keccak256("proof")) revert ProofExpected(proof);
        return ToyMachine.step(context, before, b, x, i);
    }
}
