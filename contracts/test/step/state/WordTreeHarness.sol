// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptProof} from "../../../src/step/mpt/MptProof.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";

/// @dev WordTree behind calls. The tape must be used up.
contract WordTreeHarness {
    /// @dev The words of the range, and the root with `newWords` in their place.
    function write(bytes32 root, uint256 first, uint256 depth, bytes calldata newWords, bytes calldata tape)
        external
        pure
        returns (bytes memory words, bytes32 newRoot)
    {
        uint256 count = newWords.length / 32;
        MptProof.Cursor memory cursor = MptProof.open(tape);
        (uint256 begin, WordTree.Range memory range) = WordTree.takeRange(cursor, root, first, count, depth);
        MptProof.close(cursor);
        words = new bytes(32 * count);
        bytes memory replaced = newWords;
        uint256 from;
        assembly ("memory-safe") {
            mcopy(add(words, 0x20), begin, mload(words))
            from := add(replaced, 0x20)
        }
        (newRoot,) = WordTree.fold(range, from);
        // Folding leaves the words alone: twice gives the same.
        (bytes32 again,) = WordTree.fold(range, from);
        require(again == newRoot, "fold");
    }

    /// @dev The leaf, and the root with another one.
    function writeLeaf(bytes32 root, uint256 index, uint256 depth, bytes32 newLeaf, bytes calldata tape)
        external
        pure
        returns (bytes32 leaf, bytes32 newRoot)
    {
        MptProof.Cursor memory cursor = MptProof.open(tape);
        WordTree.Range memory range;
        (leaf, range) = WordTree.takeLeaf(cursor, root, index, depth);
        MptProof.close(cursor);
        newRoot = WordTree.setLeaf(range, newLeaf);
    }

    function take(bytes32 root, uint256 first, uint256 count, uint256 depth, bytes calldata tape) external pure {
        WordTree.takeRange(MptProof.open(tape), root, first, count, depth);
    }

    function rootOfBytes(bytes memory data) external pure returns (bytes32) {
        return WordTree.rootOfBytes(data);
    }
}
