// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDepositQueue} from "../interfaces/IDepositQueue.sol";
import {IPortal} from "../interfaces/IPortal.sol";
import {AddressAliasing} from "../libraries/AddressAliasing.sol";
import {AppendOnlyTree} from "../libraries/AppendOnlyTree.sol";
import {DepositHash} from "../libraries/DepositHash.sol";
import {ResourceMetering} from "./ResourceMetering.sol";

/// @title Deposits
/// @notice Every deposit is one leaf of an append-only tree and one slot that says when it was made and how much gas was
///         queued up to it. Deposits are never blocked, skipped or reordered.
abstract contract Deposits is IPortal, ResourceMetering {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    /// @notice Largest L2 gas limit of a deposit.
    uint64 public constant MAX_DEPOSIT_GAS = 8_000_000;
    /// @notice Most bytes of a deposit's data.
    uint256 public constant MAX_DEPOSIT_DATA = 32_768;
    /// @dev L2 gas limit of a deposit made by a plain transfer.
    uint64 internal constant RECEIVE_DEFAULT_GAS_LIMIT = 100_000;

    /// @param l1Block        L1 block it was made in.
    /// @param l1Timestamp    That block's timestamp in seconds.
    /// @param cumulativeGas  L2 gas limits of all deposits up to this one, itself included.
    struct Queued {
        uint64 l1Block;
        uint64 l1Timestamp;
        uint128 cumulativeGas;
    }

    Queued[] private _queue;
    AppendOnlyTree.Tree private _tree;

    /// @notice A plain transfer deposits to the sender's address on L2.
    receive() external payable {
        _deposit(msg.sender, msg.value, RECEIVE_DEFAULT_GAS_LIMIT, false, "");
    }

    /// @inheritdoc IPortal
    function depositTransaction(address to, uint256 value, uint64 gasLimit, bool isCreation, bytes calldata data) external payable {
        _deposit(to, value, gasLimit, isCreation, data);
    }

    /// @notice Adds ether to what withdrawals are paid from, without a deposit.
    function donateETH() external payable {}

    /// @inheritdoc IDepositQueue
    function depositEnd(uint64 start, uint64 maxBlock, uint64 maxTimestamp, uint64 maxCount, uint128 maxGas)
        external
        view
        returns (uint64 end)
    {
        uint256 high = _queue.length;
        if (start >= high) return start;
        if (high - start > maxCount) high = uint256(start) + maxCount;
        uint256 maxCumulativeGas = maxGas + uint256(start == 0 ? 0 : _queue[start - 1].cumulativeGas);
        // All deposits below `low` fit, none from `high` on does: block, time and cumulative gas never decrease.
        uint256 low = start;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            Queued memory queued = _queue[middle];
            bool fits = queued.l1Block <= maxBlock && queued.l1Timestamp <= maxTimestamp && queued.cumulativeGas <= maxCumulativeGas;
            if (fits) low = middle + 1;
            else high = middle;
        }
        return uint64(low);
    }

    /// @notice When a deposit was made and the L2 gas queued up to it, itself included. Reverts beyond the end.
    function queuedDeposit(uint64 index) external view returns (uint64 l1Block, uint64 l1Timestamp, uint128 cumulativeGas) {
        Queued memory queued = _queue[index];
        return (queued.l1Block, queued.l1Timestamp, queued.cumulativeGas);
    }

    /// @inheritdoc IDepositQueue
    function depositCount() external view returns (uint64) {
        return uint64(_queue.length);
    }

    /// @inheritdoc IDepositQueue
    function depositRoot() external view returns (bytes32) {
        return _tree.root();
    }

    /// @inheritdoc IPortal
    function minimumGasLimit(uint64 byteCount) public pure returns (uint64) {
        return 21_000 + 40 * byteCount;
    }

    /// @inheritdoc IPortal
    function minimumCreationGasLimit(uint64 byteCount) public pure returns (uint64) {
        uint64 intrinsic = 53_000 + 16 * byteCount + 2 * ((byteCount + 31) / 32);
        uint64 floor = minimumGasLimit(byteCount);
        return intrinsic > floor ? intrinsic : floor;
    }

    function _deposit(address to, uint256 value, uint64 gasLimit, bool isCreation, bytes memory data) private metered(gasLimit) {
        if (isCreation && to != address(0)) revert BadCreationTarget(to);
        if (data.length > MAX_DEPOSIT_DATA) revert DataTooLarge(data.length, MAX_DEPOSIT_DATA);
        uint64 minimum = isCreation ? minimumCreationGasLimit(uint64(data.length)) : minimumGasLimit(uint64(data.length));
        if (gasLimit < minimum) revert GasLimitTooLow(gasLimit, minimum);
        if (gasLimit > MAX_DEPOSIT_GAS) revert GasLimitTooHigh(gasLimit, MAX_DEPOSIT_GAS);

        address from = msg.sender == tx.origin ? msg.sender : AddressAliasing.toL2(msg.sender);
        uint64 index = uint64(_queue.length);
        if (index >= type(uint32).max) revert QueueFull();
        bytes32 depositHash = DepositHash.hash(index, from, to, isCreation, msg.value, value, gasLimit, data);
        _tree.append(depositHash);
        uint128 before = index == 0 ? 0 : _queue[index - 1].cumulativeGas;
        _queue.push(
            Queued({l1Block: uint64(block.number), l1Timestamp: uint64(block.timestamp), cumulativeGas: before + gasLimit})
        );
        emit TransactionDeposited(from, to, 0, abi.encodePacked(msg.value, value, gasLimit, isCreation, data));
        emit DepositQueued(index, depositHash, uint64(block.number), uint64(block.timestamp));
    }
}
