// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {IPortal} from "../../src/interfaces/IPortal.sol";
import {Assertion, AssertionStatus, BlockState, Children} from "../../src/types/Assertion.sol";
import {LastLeafProof} from "../../src/types/Dispute.sol";
import {WithdrawalVectors} from "../utils/WithdrawalVectors.sol";

/// @dev Proposers, challengers, a guardian, depositors and withdrawers who act at random, and what must hold after each success.
contract RollupHandler is WithdrawalVectors {
    bytes32[] public ids;
    bytes32[] public bondIds;
    Vector[] internal vectors;
    address[3] internal actors = [ALICE, BOB, address(0xca01)];

    /// @dev First rule that a call broke; empty while all is well.
    string public broken;
    uint256 public claimed;
    uint256 public depositedMint;
    uint256 public paidOut;
    mapping(bytes32 bondId => uint256) public releases;
    mapping(bytes32 parentId => uint256) public confirmedChildren;
    mapping(bytes32 withdrawalHash => uint256) public finalizations;
    mapping(bytes4 selector => uint256) public successes;

    function setUp() public override {
        super.setUp();
        vm.deal(address(0xca01), 1000 ether);
        vm.deal(address(portal), 1 ether);
        ids.push(genesisId);
        vectors.push(_vector(0));
        vectors.push(_vector(2));
    }

    modifier counted() {
        _;
        ++successes[msg.sig];
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    function bondCount() external view returns (uint256) {
        return bondIds.length;
    }

    function actor(uint256 i) external view returns (address) {
        return actors[i];
    }

    function withdrawalHash(uint256 i) external view returns (bytes32) {
        return vectors[i].hash;
    }

    function wait(uint256 time) external counted {
        vm.warp(block.timestamp + time % (A / 2));
        vm.roll(block.number + 1 + time % 5);
    }

    function grow(uint256 leaves) external counted {
        inbox.append(uint64(1 + leaves % 3));
    }

    function propose(uint256 who, uint256 on, bool rolls) external counted {
        address proposer = actors[who % 3];
        bytes32 parentId = on % 4 == 3 ? _pick(on >> 2) : chain.lineAt(chain.lineLength() - 1);
        if (on % 2 == 0) vm.warp(block.timestamp + PERIOD);
        if (inbox.count() == states[parentId].inboxCount) inbox.append(1);
        BlockState memory end = _claim(parentId, "honest");
        bytes32 bondId = rolls ? _bondOf(parentId) : bytes32(0);
        bytes32 id = chain.assertionIdOf(parentId, end);
        vm.prank(proposer);
        chain.propose{value: bondId == 0 ? STAKE : 0}(id, parentId, end, bondId);
        _made(id, end, bondId);
    }

    function rival(uint256 who, uint256 on, bytes32 salt) external counted {
        // Nobody plays the disputes here, so rivals stop a line, and a run that has many says little about the rest.
        if (uint256(salt) % 4 != 0) revert("no rival this time");
        bytes32 parentId = on % 4 < 2 ? chain.latestConfirmed() : _pick(on >> 2);
        BlockState memory end = _claim(parentId, salt);
        bytes32 id = chain.assertionIdOf(parentId, end);
        (bytes32 traceRoot, LastLeafProof memory proof) = _idleTrace(end, "trace");
        vm.prank(actors[who % 3]);
        chain.proposeRival{value: STAKE}(id, parentId, end, traceRoot, proof, 0);
        _made(id, end, 0);
    }

    /// @param patience  Below 2: the next in line, after its time for 0; else any.
    function confirm(uint256 which, uint8 patience) external counted {
        bytes32 latest = chain.latestConfirmed();
        bytes32 id = patience % 3 == 2 ? _pick(which) : chain.children(latest).firstChildId;
        if (patience % 3 == 0 && id != 0 && block.timestamp < chain.confirmableAt(id)) vm.warp(chain.confirmableAt(id));
        bool wasPaused = guardianPause.paused();
        chain.confirm(id, states[id]);
        Assertion memory made = chain.assertion(id);
        ++confirmedChildren[made.parentId];
        Children memory siblings = chain.children(made.parentId);
        if (block.timestamp < made.createdAt + A) broken = "confirmed before its time";
        if (siblings.firstRivalAt != 0) broken = "confirmed with a rival";
        if (siblings.firstChildId != id) broken = "confirmed a rival";
        if (made.parentId != latest) broken = "confirmed out of order";
        if (wasPaused) broken = "confirmed in a pause";
    }

    function release(uint256 which) external counted {
        bytes32 bondId = bondIds[which % bondIds.length];
        IBondVault.Bond memory held = vault.bond(bondId);
        address stranger = actors[(which >> 128) % 3];
        vm.prank(stranger);
        (bool released,) = address(vault).call(abi.encodeCall(IBondVault.release, (bondId)));
        if (released && stranger != held.owner) broken = "a stranger released a bond";
        if (!released) {
            vm.prank(held.owner);
            vault.release(bondId);
        }
        ++releases[bondId];
        if (chain.assertion(held.assertionId).status != AssertionStatus.Confirmed) broken = "released too early";
    }

    function claim(uint256 who) external counted {
        address owner = actors[who % 3];
        uint256 credit = vault.credit(owner);
        vm.prank(owner);
        uint256 amount = vault.claim(address(0xdead01));
        claimed += amount;
        if (amount != credit) broken = "paid another amount than the credit";
    }

    function pause(bool start) external counted {
        vm.prank(GUARDIAN);
        if (start) guardianPause.pause();
        else guardianPause.unpause();
    }

    /// @dev Within the block's L2 gas a deposit always succeeds, pause or not.
    function deposit(uint256 who, uint64 gasLimit, uint96 mint) external counted {
        gasLimit = uint64(bound(gasLimit, 21_000, 300_000));
        mint = uint96(bound(mint, 0, 1e15));
        (, uint64 bought, uint64 number) = portal.params();
        if (number == block.number && bought + gasLimit > 20_000_000) return;
        vm.prank(actors[who % 3]);
        (bool success,) = address(portal).call{value: mint}(
            abi.encodeCall(IPortal.depositTransaction, (actors[0], mint, gasLimit, false, ""))
        );
        if (success) depositedMint += mint;
        else broken = "a deposit was blocked";
    }

    function prove(uint256 who, uint256 which, uint256 on) external counted {
        Vector storage vector = vectors[which % 2];
        bytes32 id = _pick(on);
        uint256 depth = on % 3 == 0 ? 0 : chain.lineLength();
        while (depth > 0 && states[id].withdrawalsRoot != vector.storageRoot) {
            id = chain.lineAt(--depth);
        }
        _prove(actors[who % 3], vector, id);
    }

    function finalize(uint256 who, uint256 which, bool external_, uint256 submitter) external counted {
        Vector storage vector = vectors[which % 2];
        bool wasPaused = guardianPause.paused();
        uint256 before = address(portal).balance;
        bool ready = _isReady(vector, external_ ? actors[submitter % 3] : actors[who % 3]);
        bytes memory call = external_
            ? abi.encodeCall(IPortal.finalizeWithdrawalTransactionExternalProof, (vector.withdrawal, actors[submitter % 3]))
            : abi.encodeCall(IPortal.finalizeWithdrawalTransaction, (vector.withdrawal));
        vm.prank(actors[who % 3]);
        (bool success,) = address(portal).call(call);
        if (!success) {
            if (!ready) revert("not ready");
            broken = "a withdrawal that was ready could not be finalized";
            return;
        }
        ++finalizations[vector.hash];
        paidOut += before - address(portal).balance;
        if (wasPaused) broken = "finalized in a pause";
        bool confirmed = false;
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 id = portal.provenAssertion(vector.hash, actors[i]);
            if (chain.assertion(id).status == AssertionStatus.Confirmed) confirmed = true;
        }
        if (!confirmed) broken = "finalized without a confirmed assertion";
    }

    /// @dev Proven by `submitter` under a confirmed assertion, unpaused, funded, and not done yet.
    function _isReady(Vector storage vector, address submitter) private view returns (bool) {
        if (portal.finalizedWithdrawals(vector.hash) || guardianPause.paused()) return false;
        if (address(portal).balance < vector.withdrawal.value) return false;
        bytes32 id = portal.provenAssertion(vector.hash, submitter);
        return id != 0 && chain.assertion(id).status == AssertionStatus.Confirmed;
    }

    /// @dev The newest four more often than the rest.
    function _pick(uint256 seed) private view returns (bytes32) {
        uint256 back = seed % 4 == 0 ? (seed >> 8) % ids.length : (seed >> 8) % (ids.length < 4 ? ids.length : 4);
        return ids[ids.length - 1 - back];
    }

    /// @dev One more block, which the gas bound allows anywhere; half the claims hold the withdrawals of a vector.
    function _claim(bytes32 parentId, bytes32 salt) private view returns (BlockState memory end) {
        end = _end(parentId, 1, salt);
        end.gasSinceAssertionStart = MAX_GAS;
        if (uint256(end.blockHash) % 2 == 0) end.withdrawalsRoot = vectors[uint256(end.blockHash) / 2 % 2].storageRoot;
    }

    function _made(bytes32 id, BlockState memory end, bytes32 rolled) private {
        states[id] = end;
        ids.push(id);
        if (rolled == 0) bondIds.push(_bondOf(id));
    }
}
