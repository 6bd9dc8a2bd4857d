// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";

/// @dev What assertions read of an Inbox, the real tree without certificates in front of it.
contract LeafTree {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    AppendOnlyTree.Tree private _tree;

    function append(uint64 leaves) external {
        for (uint64 i = 0; i < leaves; ++i) {
            _tree.append(keccak256(abi.encode("leaf", _tree.count)));
        }
    }

    function count() external view returns (uint64) {
        return _tree.count;
    }

    function root() external view returns (bytes32) {
        return _tree.root();
    }
}
