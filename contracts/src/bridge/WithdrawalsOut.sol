// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TrieProof} from "@openzeppelin/contracts/utils/cryptography/TrieProof.sol";

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IGuardianPause} from "../interfaces/IGuardianPause.sol";
import {IPortal, OutputRootProof, WithdrawalTransaction} from "../interfaces/IPortal.sol";
import {SafeCall} from "../libraries/SafeCall.sol";
import {Withdrawals} from "../libraries/Withdrawals.sol";
import {Assertion, AssertionStatus} from "../types/Assertion.sol";

/// @title Withdrawals
/// @notice Proven per submitter against any listed assertion, so nobody can spoil another's proof; finalized once, under a confirmed one.
abstract contract WithdrawalsOut is IPortal {
    /// @dev `l2Sender` outside a withdrawal.
    address internal constant DEFAULT_L2_SENDER = 0x000000000000000000000000000000000000dEaD;
    /// @dev The text that tools read as "waiting to finalize".
    string internal constant NOT_FINALIZED = "OptimismPortal: output proposal has not been finalized yet";

    /// @param assertionId        Assertion it stands on.
    /// @param blockNumberGetter  That assertion's contract, which tools see as its game.
    /// @param timestamp          When it was proven, in seconds.
    /// @param depth              Depth of the assertion; of two listed ones the shallower is the older.
    struct Proof {
        bytes32 assertionId;
        address blockNumberGetter;
        uint64 timestamp;
        uint32 depth;
    }

    /// @notice Asserted states.
    IAssertionChain public immutable assertionChain;
    /// @notice Holds the stakes; no withdrawal may call it.
    address public immutable bondVault;
    /// @notice Delays finalization while in force.
    IGuardianPause public immutable guardianPause;
    /// @inheritdoc IPortal
    address public immutable disputeGameFactory;

    /// @inheritdoc IPortal
    mapping(bytes32 withdrawalHash => bool) public finalizedWithdrawals;

    mapping(bytes32 withdrawalHash => mapping(address submitter => Proof)) private _proofs;
    mapping(bytes32 withdrawalHash => address submitter) private _exposed;

    address private transient _l2Sender;
    bool private transient _finalizing;

    constructor(IAssertionChain assertionChain_, address bondVault_, IGuardianPause guardianPause_, address gameFacade) {
        assertionChain = assertionChain_;
        bondVault = bondVault_;
        guardianPause = guardianPause_;
        disputeGameFactory = gameFacade;
    }

    /// @inheritdoc IPortal
    function proveWithdrawalTransaction(
        WithdrawalTransaction calldata withdrawal,
        uint256 assertionId,
        OutputRootProof calldata outputRootProof,
        bytes[] calldata withdrawalProof
    ) external {
        _checkTarget(withdrawal.target);
        bytes32 withdrawalHash = Withdrawals.hash(withdrawal);
        if (finalizedWithdrawals[withdrawalHash]) revert AlreadyFinalized(withdrawalHash);
        bytes32 id = bytes32(assertionId);
        if (!assertionChain.isListed(id)) revert NotListed(id);
        Assertion memory asserted = assertionChain.assertion(id);
        bytes32 computed = Withdrawals.outputRoot(outputRootProof);
        if (computed != asserted.outputRoot) revert WrongOutputRoot(computed, asserted.outputRoot);
        bytes memory key = abi.encode(keccak256(abi.encode(Withdrawals.slot(withdrawalHash))));
        if (!TrieProof.verify(hex"01", outputRootProof.messagePasserStorageRoot, key, withdrawalProof)) {
            revert WithdrawalNotInOutput(withdrawalHash);
        }
        _record(
            withdrawalHash,
            Proof({
                assertionId: id,
                blockNumberGetter: asserted.blockNumberGetter,
                timestamp: uint64(block.timestamp),
                depth: asserted.depth
            })
        );
        emit WithdrawalProven(withdrawalHash, withdrawal.sender, withdrawal.target);
        emit WithdrawalProvenExtension1(withdrawalHash, msg.sender);
    }

    /// @inheritdoc IPortal
    function finalizeWithdrawalTransaction(WithdrawalTransaction calldata withdrawal) external {
        bytes32 withdrawalHash = Withdrawals.hash(withdrawal);
        address submitter = _exposed[withdrawalHash];
        if (!_isConfirmed(withdrawalHash, submitter) && _proofs[withdrawalHash][msg.sender].timestamp != 0) submitter = msg.sender;
        _finalize(withdrawal, withdrawalHash, submitter);
    }

    /// @inheritdoc IPortal
    function finalizeWithdrawalTransactionExternalProof(WithdrawalTransaction calldata withdrawal, address proofSubmitter) external {
        _finalize(withdrawal, Withdrawals.hash(withdrawal), proofSubmitter);
    }

    /// @inheritdoc IPortal
    function checkWithdrawal(bytes32 withdrawalHash, address proofSubmitter) public view {
        if (finalizedWithdrawals[withdrawalHash]) revert OptimismPortal_AlreadyFinalized();
        if (_proofs[withdrawalHash][proofSubmitter].timestamp == 0) revert OptimismPortal_Unproven();
        require(_isConfirmed(withdrawalHash, proofSubmitter) && !guardianPause.paused(), NOT_FINALIZED);
    }

    /// @inheritdoc IPortal
    function provenWithdrawals(bytes32 withdrawalHash, address proofSubmitter)
        external
        view
        returns (address disputeGameProxy, uint64 timestamp)
    {
        Proof storage proof = _proofs[withdrawalHash][proofSubmitter];
        return (proof.blockNumberGetter, proof.timestamp);
    }

    /// @notice Assertion that a proof stands on; zero when there is none.
    function provenAssertion(bytes32 withdrawalHash, address proofSubmitter) external view returns (bytes32) {
        return _proofs[withdrawalHash][proofSubmitter].assertionId;
    }

    /// @inheritdoc IPortal
    function numProofSubmitters(bytes32 withdrawalHash) external view returns (uint256) {
        return _exposed[withdrawalHash] == address(0) ? 0 : 1;
    }

    /// @inheritdoc IPortal
    function proofSubmitters(bytes32 withdrawalHash, uint256 index) external view returns (address submitter) {
        submitter = _exposed[withdrawalHash];
        if (index != 0 || submitter == address(0)) revert OptimismPortal_Unproven();
    }

    /// @inheritdoc IPortal
    function proofMaturityDelaySeconds() external view returns (uint256) {
        return assertionChain.challengePeriod();
    }

    /// @notice Whether finalization is paused.
    function paused() external view returns (bool) {
        return guardianPause.paused();
    }

    /// @inheritdoc IPortal
    function l2Sender() external view returns (address) {
        return _finalizing ? _l2Sender : DEFAULT_L2_SENDER;
    }

    /// @inheritdoc IPortal
    function respectedGameType() external pure returns (uint32) {
        return 0;
    }

    /// @dev Keeps the caller's live proof when it is at least as old, and exposes the oldest live proof. When the exposed one is off the
    ///      line, so is every younger one.
    function _record(bytes32 withdrawalHash, Proof memory proof) private {
        if (_isLiveAndNotYounger(_proofs[withdrawalHash][msg.sender], proof.depth)) return;
        _proofs[withdrawalHash][msg.sender] = proof;
        address exposed = _exposed[withdrawalHash];
        if (!_isLiveAndNotYounger(_proofs[withdrawalHash][exposed], proof.depth)) _exposed[withdrawalHash] = msg.sender;
    }

    function _finalize(WithdrawalTransaction calldata withdrawal, bytes32 withdrawalHash, address submitter) private {
        if (_finalizing) revert Reentered();
        checkWithdrawal(withdrawalHash, submitter);
        _checkTarget(withdrawal.target);
        if (address(this).balance < withdrawal.value) revert NotEnoughBalance(address(this).balance, withdrawal.value);
        finalizedWithdrawals[withdrawalHash] = true;
        _finalizing = true;
        _l2Sender = withdrawal.sender;
        bytes memory data = withdrawal.data;
        uint256 needed = SafeCall.gasNeeded(withdrawal.gasLimit);
        if (gasleft() < needed) revert NotEnoughGas(gasleft(), needed);
        bool success = SafeCall.call(withdrawal.target, withdrawal.value, data);
        _finalizing = false;
        _l2Sender = address(0);
        emit WithdrawalFinalized(withdrawalHash, success);
    }

    function _isConfirmed(bytes32 withdrawalHash, address submitter) private view returns (bool) {
        return assertionChain.assertion(_proofs[withdrawalHash][submitter].assertionId).status == AssertionStatus.Confirmed;
    }

    function _isLiveAndNotYounger(Proof storage proof, uint32 depth) private view returns (bool) {
        return proof.timestamp != 0 && proof.depth <= depth && assertionChain.isListed(proof.assertionId);
    }

    function _checkTarget(address target) private view {
        if (target == address(this) || target == bondVault || target == address(assertionChain)) revert BadTarget(target);
    }
}
