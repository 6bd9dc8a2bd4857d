// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OspState} from "../../../src/step/OspState.sol";
import {NaiveTrie} from "../mpt/NaiveTrie.sol";
import {F, Picture, Pictures} from "./Picture.sol";
import {WorldTest} from "./WorldTest.sol";

/// @dev TLOAD and TSTORE against a scratch trie built from all entries.
contract TransientTest is WorldTest {
    using Pictures for Picture;
    using NaiveTrie for NaiveTrie.Entry[];

    function setUp() public {
        part = new OspState();
    }

    function testFuzz_tload(bytes32 seed, uint256 count, uint256 slot, uint256 value) public view {
        NaiveTrie.Entry[] memory scratch = _scratch(seed, count, slot, value);
        Picture memory p = _picture(scratch, hex"5c", words(3, slot));
        bytes memory tape = bytes.concat(p.opcodeTape(hex"5c", 1), readTape(scratch, transientKey(SELF, slot)));
        expectStep(p, tape, p.next(100, 1, words(value)));
    }

    function testFuzz_tstore(bytes32 seed, uint256 count, uint256 slot, uint256 value, uint256 newValue) public view {
        if (seed[0] < 0x40) newValue = 0;
        if (seed[1] < 0x40) value = 0;
        NaiveTrie.Entry[] memory scratch = _scratch(seed, count, slot, value);
        Picture memory p = _picture(scratch, hex"5d", words(3, newValue, slot));
        bytes32 key = transientKey(SELF, slot);
        bytes memory tape = bytes.concat(p.opcodeTape(hex"5d", 2), scratch.proof(key, newValue == 0));
        Picture memory after_ = p.next(100, 2, none());
        after_.scratchRoot = scratch.write(key, newValue == 0 ? bytes("") : integer(newValue)).root();
        expectStep(p, tape, after_);
    }

    function test_tstore_static_halts() public view {
        Picture memory p = _picture(marks("static", 2), hex"5d", words(1, 2));
        p.f[F.IS_STATIC] = 1;
        expectStep(p, p.opcodeTape(hex"5d", 2), p.halted());
    }

    function test_noGas_halts() public view {
        Picture memory p = _picture(marks("gas", 2), hex"5d", words(1, 2));
        p.gas = 99;
        expectStep(p, hex"000000015d", p.halted());
    }

    function _scratch(bytes32 seed, uint256 count, uint256 slot, uint256 value) private pure returns (NaiveTrie.Entry[] memory) {
        return marks(seed, count % 7).write(transientKey(SELF, slot), value == 0 ? bytes("") : integer(value));
    }

    function _picture(NaiveTrie.Entry[] memory scratch, bytes memory code, uint256[] memory stack) private pure returns (Picture memory p) {
        p = Pictures.running(code, stack, 1_000);
        p.scratchRoot = scratch.root();
    }
}
