// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDepositQueue} from "./IDepositQueue.sol";

/// @notice Withdrawal message of L2ToL1MessagePasser (the OP Stack's shape).
struct WithdrawalTransaction {
    uint256 nonce;
    address sender;
    address target;
    uint256 value;
    uint256 gasLimit;
    bytes data;
}

/// @notice Preimage of a version-0 output root.
struct OutputRootProof {
    bytes32 version;
    bytes32 stateRoot;
    bytes32 messagePasserStorageRoot;
    bytes32 latestBlockhash;
}

/// @notice A withdrawal proven against an assertion by one submitter.
struct ProvenWithdrawal {
    address disputeGameProxy;
    uint64 timestamp;
}

/// @title The bridge
/// @notice Deposits in, withdrawals out, in the dialect of the OP Stack's OptimismPortal version 3, so that its tools work unmodified.
///         A pause delays finalization and nothing else.
///
///         Limit of this stage: withdrawals need confirmed assertions, and a rival stops these for ever until disputes are resolved on
///         L1 (see `IAssertionChain`). Then withdrawals of later states wait for a new deployment; deposits go on.
interface IPortal is IDepositQueue {
    /// @notice The OP Stack's deposit event: version 0, `opaqueData = abi.encodePacked(mint, value, uint64 gasLimit, isCreation, data)`.
    event TransactionDeposited(address indexed from, address indexed to, uint256 indexed version, bytes opaqueData);
    /// @notice The same deposit as it stands in the queue; emitted right after `TransactionDeposited`.
    event DepositQueued(uint64 indexed index, bytes32 depositHash, uint64 l1Block, uint64 l1Timestamp);
    event WithdrawalProven(bytes32 indexed withdrawalHash, address indexed from, address indexed to);
    event WithdrawalProvenExtension1(bytes32 indexed withdrawalHash, address indexed proofSubmitter);
    event WithdrawalFinalized(bytes32 indexed withdrawalHash, bool success);

    error GasLimitTooLow(uint64 gasLimit, uint64 minimum);
    error GasLimitTooHigh(uint64 gasLimit, uint64 maximum);
    error DataTooLarge(uint256 length, uint256 maximum);
    error BadCreationTarget(address to);
    error QueueFull();
    error BadTarget(address target);
    error NotListed(bytes32 assertionId);
    error WrongOutputRoot(bytes32 computed, bytes32 expected);
    error WithdrawalNotInOutput(bytes32 withdrawalHash);
    error AlreadyFinalized(bytes32 withdrawalHash);
    error NotEnoughGas(uint256 gasLeft, uint256 needed);
    error NotEnoughBalance(uint256 balance, uint256 needed);
    error Reentered();

    /// @dev Names and shapes that viem's `getWithdrawalStatus` matches.
    error OptimismPortal_Unproven();
    error OptimismPortal_AlreadyFinalized();

    /// @notice Queues an L2 transaction from the caller (aliased when it is a contract); `msg.value` is minted on L2.
    function depositTransaction(address to, uint256 value, uint64 gasLimit, bool isCreation, bytes calldata data) external payable;

    /// @notice Smallest gas limit of a call with `byteCount` bytes of data: intrinsic and floor gas (EIP-7623) of the dearest such data.
    function minimumGasLimit(uint64 byteCount) external pure returns (uint64);

    /// @notice The same of a creation: with 32,000 gas and 2 gas per word of initcode (EIP-3860) more, or the floor if that is higher.
    function minimumCreationGasLimit(uint64 byteCount) external pure returns (uint64);

    /// @notice Proves a withdrawal under the assertion `assertionId` (uint256 of its id), which may still be pending.
    function proveWithdrawalTransaction(
        WithdrawalTransaction calldata withdrawal,
        uint256 assertionId,
        OutputRootProof calldata outputRootProof,
        bytes[] calldata withdrawalProof
    ) external;

    /// @notice Finalizes with any submitter's proof whose assertion is confirmed: the exposed one first, then the caller's.
    function finalizeWithdrawalTransaction(WithdrawalTransaction calldata withdrawal) external;

    /// @notice Finalizes with the proof of `proofSubmitter`.
    function finalizeWithdrawalTransactionExternalProof(WithdrawalTransaction calldata withdrawal, address proofSubmitter) external;

    /// @notice Returns when the withdrawal is ready to be finalized with that proof; otherwise its revert is the status.
    function checkWithdrawal(bytes32 withdrawalHash, address proofSubmitter) external view;

    /// @notice A proof; zero when there is none.
    function provenWithdrawals(bytes32 withdrawalHash, address proofSubmitter) external view returns (address disputeGameProxy, uint64 timestamp);
    /// @notice 1 when a proof is exposed, else 0.
    function numProofSubmitters(bytes32 withdrawalHash) external view returns (uint256);
    /// @notice The submitter whose proof stands on the oldest live assertion (index 0 only).
    function proofSubmitters(bytes32 withdrawalHash, uint256 index) external view returns (address);
    /// @notice Whether the withdrawal was finalized; never reset.
    function finalizedWithdrawals(bytes32 withdrawalHash) external view returns (bool);
    /// @notice Seconds from an assertion to its confirmation if nothing rivals it: the challenge period.
    function proofMaturityDelaySeconds() external view returns (uint256);
    /// @notice Game type that tools look for; 0.
    function respectedGameType() external view returns (uint32);
    /// @notice Contract that lists assertions as games.
    function disputeGameFactory() external view returns (address);
    /// @notice Sender of the withdrawal that is being finalized, for its target; a fixed dead address otherwise.
    function l2Sender() external view returns (address);
    /// @notice Major version 3, so that tools use the views above.
    function version() external pure returns (string memory);
}
