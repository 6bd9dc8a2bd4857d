// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCall} from "../../../src/step/OspCall.sol";
import {MachineWords, Words} from "./MachineWords.sol";
import {ProofMutations} from "./ProofMutations.sol";

contract OtherProofsTest is ProofMutations {
    using MachineWords for Words;

    function setUp() public {
        part = new OspCall();
        _putAccount(SELF, 1, 1_000, keccak256(hex"fd"));
        _putAccount(OTHER, 1, 5, keccak256("code"));
    }

    function testFuzz_ofAReturn(uint256 seed, uint256 position, bytes memory bytes_) public view {
        Words memory caller = _frame(hex"f1");
        caller.push(3);
        Words memory w = _calleeOf(caller, hex"fd");
        (w.f[MachineWords.F_RET_OFF], w.f[MachineWords.F_RET_LEN]) = (96, 64);
        bytes memory stack = _pushAll(w, _words(40, 3));
        _mutate(w, bytes.concat(MachineWords.codeTape(hex"fd"), stack, caller.callerTape()), seed, position, bytes_);
    }

    function testFuzz_ofACallDebit(uint256 seed, uint256 position, bytes memory bytes_) public view {
        Words memory w = _frame(hex"f1");
        w.x[MachineWords.X_OP] = 6;
        w.x[MachineWords.X_VALUE] = 7;
        w.x[MachineWords.X_CALLER] = uint160(SELF);
        _mutate(w, _accountProof(SELF), seed, position, bytes_);
    }
}
