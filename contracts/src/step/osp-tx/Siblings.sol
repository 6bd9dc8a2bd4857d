// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../libraries/AppendOnlyTree.sol";
import {MptProof} from "../mpt/MptProof.sol";
import {Tape} from "../state/Tape.sol";
import {WordTree} from "../state/WordTree.sol";

/// @title Leaves of the entry tree and the append-only trees: all siblings are on the tape
library Siblings {
    /// @notice Takes `depth` siblings; reverts unless `leaf` at `index` is under `root`.
    function check(MptProof.Cursor memory tape, bytes32 root, bytes32 leaf, uint256 index, uint256 depth) internal pure {
        uint256 start = Tape.skip(tape, depth * 32);
        bytes32[] calldata siblings;
        assembly ("memory-safe") {
            siblings.offset := start
            siblings.length := depth
        }
        bytes32 actual = AppendOnlyTree.rootOf(leaf, index, siblings);
        if (actual != root) revert WordTree.WrongRoot(root, actual);
    }
}
