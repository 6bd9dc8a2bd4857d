// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDepositQueue} from "../../src/interfaces/IDepositQueue.sol";
import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";

/// @dev A deposit queue that follows `IDepositQueue` to the letter by looking at one deposit after the other.
contract DepositList is IDepositQueue {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    struct Entry {
        uint64 l1Block;
        uint64 timestamp;
        uint64 gasLimit;
    }

    Entry[] public entries;
    AppendOnlyTree.Tree private _tree;

    function deposit(uint64 gasLimit) external {
        entries.push(Entry(uint64(block.number), uint64(block.timestamp), gasLimit));
        _tree.append(keccak256(abi.encode(entries.length, gasLimit)));
    }

    function depositEnd(uint64 start, uint64 maxBlock, uint64 maxTimestamp, uint64 maxCount, uint128 maxGas)
        external
        view
        returns (uint64 end)
    {
        uint256 gas = 0;
        for (end = start; end < entries.length && end - start < maxCount; ++end) {
            Entry memory entry = entries[end];
            gas += entry.gasLimit;
            if (entry.l1Block > maxBlock || entry.timestamp > maxTimestamp || gas > maxGas) break;
        }
    }

    function depositCount() external view returns (uint64) {
        return uint64(entries.length);
    }

    function depositRoot() external view returns (bytes32) {
        return _tree.root();
    }
}
