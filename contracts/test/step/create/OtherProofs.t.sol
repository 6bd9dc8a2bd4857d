// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspCreate} from "../../../src/step/OspCreate.sol";
import {MachineWords, Words} from "../call/MachineWords.sol";
import {ProofMutations} from "../call/ProofMutations.sol";

contract OtherCreateProofsTest is ProofMutations {
    using MachineWords for Words;

    bytes private constant CODE = hex"f0";

    function setUp() public {
        part = new OspCreate();
        _putAccount(SELF, 200, 1_000, keccak256(CODE));
        _putAccount(OTHER, 0, 5, MachineWords.EMPTY_CODE);
        _mark(0x41, ORIGIN);
    }

    function testFuzz_ofACreate(uint256 seed, uint256 position, bytes memory bytes_) public view {
        Words memory w = _frame(CODE);
        bytes32[] memory words = new bytes32[](2);
        (words[0], words[1]) = (keccak256("first"), keccak256("second"));
        bytes memory read;
        (w.memRoot, read) = _memory(words);
        w.memWords = 2;
        uint256[] memory operands = new uint256[](3);
        (operands[2], operands[1], operands[0]) = (100, 30, 3);
        bytes memory stack = _pushAll(w, operands);
        _mutate(w, bytes.concat(MachineWords.codeTape(CODE), stack, read, _accountProof(SELF)), seed, position, bytes_);
    }

    function testFuzz_ofACollision(uint256 seed, uint256 position, bytes memory bytes_) public view {
        Words memory w = _frame(CODE);
        w.x[MachineWords.X_OP] = 12;
        w.x[MachineWords.X_TARGET] = uint160(OTHER);
        _mutate(w, bytes.concat(_scratchProof(0x41, OTHER), _accountProof(OTHER)), seed, position, bytes_);
    }
}
