// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {Assertion, AssertionStatus, BlockState, Children} from "../types/Assertion.sol";
import {AssertionConfig} from "../types/AssertionConfig.sol";
import {Terms} from "../types/Dispute.sol";
import {AssertionLine} from "./AssertionLine.sol";
import {AssertionState} from "./AssertionState.sol";
import {Proposals} from "./Proposals.sol";
import {Settlement} from "./Settlement.sol";

/// @title The rollup's asserted states
/// @notice Immutable: new rules are a new chain. Confirms an assertion that nobody rivalled within the challenge period, or the one that won its
///         parent's dispute. The step verifier alone comes from a schedule, and is pinned with the first child of a parent's epoch.
contract AssertionChain is Proposals, Settlement {
    using AssertionLine for AssertionLine.Line;

    /// @param config   Its schedule and pause exist already.
    /// @param genesis  State before the first leaf; confirmed at once.
    constructor(AssertionConfig memory config, BlockState memory genesis) AssertionState(config, genesis) {}

    /// @inheritdoc IAssertionChain
    function terms(bytes32 id) external view returns (Terms memory t) {
        Assertion storage known = _known(id);
        t.parentId = known.parentId;
        Assertion storage parent = _known(t.parentId);
        Children storage siblings = _children[t.parentId];
        t.reopenEpoch = known.reopenEpoch;
        t.currentEpoch = siblings.reopenEpoch;
        t.fate = fate(id);
        t.endHash = known.stateHash;
        t.startHash = parent.startHash;
        t.bondId = known.bondId;
        t.verifier = siblings.verifier;
        t.startInboxCount = parent.inboxCount;
        t.targetCount = siblings.targetCount;
        t.inboxRoot = siblings.targetRoot;
        if (siblings.firstRivalAt == 0) return t;
        t.clockFrom = siblings.firstChildId == id ? siblings.firstRivalAt : siblings.firstChildAt;
    }

    /// @inheritdoc IAssertionChain
    function configHash() external view returns (bytes32) {
        return _rules(verifierSchedule.current());
    }

    /// @inheritdoc IAssertionChain
    function openOutput(bytes32 id, BlockState calldata state) external view returns (bool confirmed) {
        Assertion storage known = _known(id);
        _checkState(known, state);
        return known.status == AssertionStatus.Confirmed;
    }

    /// @inheritdoc IAssertionChain
    function assertion(bytes32 id) external view returns (Assertion memory) {
        return _assertions[id];
    }

    /// @inheritdoc IAssertionChain
    function children(bytes32 id) external view returns (Children memory) {
        return _children[id];
    }

    /// @inheritdoc IAssertionChain
    function confirmableAt(bytes32 id) external view returns (uint64) {
        return _known(id).createdAt + challengePeriod;
    }

    /// @inheritdoc IAssertionChain
    function isListed(bytes32 id) external view returns (bool) {
        return id != 0 && _line.idAt(_assertions[id].depth) == id;
    }

    /// @inheritdoc IAssertionChain
    function lineLength() external view returns (uint256) {
        return _line.length;
    }

    /// @inheritdoc IAssertionChain
    function lineAt(uint256 depth) external view returns (bytes32) {
        return _line.idAt(depth);
    }
}
