// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OutputRootProof, WithdrawalTransaction} from "../../src/interfaces/IPortal.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {RollupTest} from "./RollupTest.sol";

/// @dev Withdrawals with storage proofs from real tries (shared/protocol/vectors/withdrawals.json), and a rollup that asserts them.
abstract contract WithdrawalVectors is RollupTest {
    struct Vector {
        string name;
        WithdrawalTransaction withdrawal;
        bytes32 hash;
        bytes32 slot;
        bytes32 storageRoot;
        bool inlined;
        bytes[] everyNode;
        bytes[] hashedNodes;
    }

    string internal constant PATH = "shared/protocol/vectors/withdrawals.json";

    function _vectorCount() internal view returns (uint256) {
        return vm.parseJsonUint(vm.readFile(PATH), ".count");
    }

    function _vector(uint256 index) internal view returns (Vector memory vector) {
        string memory json = vm.readFile(PATH);
        string memory at_ = string.concat(".cases[", vm.toString(index), "]");
        vector.name = vm.parseJsonString(json, string.concat(at_, ".name"));
        vector.hash = vm.parseJsonBytes32(json, string.concat(at_, ".hash"));
        vector.slot = vm.parseJsonBytes32(json, string.concat(at_, ".slot"));
        vector.storageRoot = vm.parseJsonBytes32(json, string.concat(at_, ".storageRoot"));
        vector.inlined = vm.parseJsonBool(json, string.concat(at_, ".inline"));
        vector.everyNode = vm.parseJsonBytesArray(json, string.concat(at_, ".everyNode"));
        vector.hashedNodes = vm.parseJsonBytesArray(json, string.concat(at_, ".hashedNodes"));
        vector.withdrawal = _withdrawal(json, string.concat(at_, ".withdrawal"));
    }

    function _withdrawal(string memory json, string memory at_) private pure returns (WithdrawalTransaction memory) {
        return WithdrawalTransaction({
            nonce: vm.parseJsonUint(json, string.concat(at_, ".nonce")),
            sender: vm.parseJsonAddress(json, string.concat(at_, ".sender")),
            target: vm.parseJsonAddress(json, string.concat(at_, ".target")),
            value: vm.parseJsonUint(json, string.concat(at_, ".value")),
            gasLimit: vm.parseJsonUint(json, string.concat(at_, ".gasLimit")),
            data: vm.parseJsonBytes(json, string.concat(at_, ".data"))
        });
    }

    /// @dev Asserts a state whose message passer has storage root `storageRoot`, on `parentId`.
    function _assert(address who, bytes32 parentId, bytes32 storageRoot, bytes32 salt) internal returns (bytes32 id) {
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        BlockState memory end = _end(parentId, 1, salt);
        end.withdrawalsRoot = storageRoot;
        end.gasSinceAssertionStart = MAX_GAS;
        return _propose(who, parentId, end, 0);
    }

    function _outputProof(bytes32 id) internal view returns (OutputRootProof memory) {
        BlockState memory end = states[id];
        return OutputRootProof({
            version: 0,
            stateRoot: end.stateRoot,
            messagePasserStorageRoot: end.withdrawalsRoot,
            latestBlockhash: end.blockHash
        });
    }

    function _prove(address submitter, Vector memory vector, bytes32 id) internal {
        vm.prank(submitter);
        portal.proveWithdrawalTransaction(vector.withdrawal, uint256(id), _outputProof(id), vector.everyNode);
    }
}
