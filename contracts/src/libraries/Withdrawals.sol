// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OutputRootProof, WithdrawalTransaction} from "../interfaces/IPortal.sol";

/// @title Hashes of withdrawals and outputs
/// @notice The OP Stack's, so that its tools compute the same.
library Withdrawals {
    /// @notice Key of a withdrawal in `L2ToL1MessagePasser.sentMessages` and in the Portal.
    function hash(WithdrawalTransaction memory withdrawal) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                withdrawal.nonce, withdrawal.sender, withdrawal.target, withdrawal.value, withdrawal.gasLimit, withdrawal.data
            )
        );
    }

    /// @notice Storage slot of `sentMessages[withdrawalHash]`: the mapping is the message passer's slot 0.
    function slot(bytes32 withdrawalHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(withdrawalHash, uint256(0)));
    }

    /// @notice Version-0 output root; the caller checks that `proof.version` is 0 by comparing with a root that is.
    function outputRoot(OutputRootProof memory proof) internal pure returns (bytes32) {
        return keccak256(abi.encode(proof.version, proof.stateRoot, proof.messagePasserStorageRoot, proof.latestBlockhash));
    }
}
