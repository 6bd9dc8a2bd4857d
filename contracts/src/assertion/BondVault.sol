// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {Assertions} from "../libraries/Assertions.sol";
import {AssertionStatus} from "../types/Assertion.sol";

/// @title The vault of all stakes
/// @notice Its balance is `totalBonded + totalCredit + totalPots + totalBurned` plus what anyone forced on it. Every payment is pulled.
contract BondVault is IBondVault {
    /// @notice The assertion chain: posts, rolls and slashes; a bond is released when its last assertion is confirmed or refunded there.
    IAssertionChain public immutable chain;
    /// @notice The dispute manager: posts, and tells what becomes of the commitments that bonds back.
    address public immutable disputeManager;

    /// @inheritdoc IBondVault
    mapping(address owner => uint256) public credit;
    /// @inheritdoc IBondVault
    mapping(bytes32 disputeId => uint256) public pot;
    /// @inheritdoc IBondVault
    uint256 public activeBonds;
    /// @inheritdoc IBondVault
    uint256 public totalBonded;
    /// @inheritdoc IBondVault
    uint256 public totalCredit;
    /// @inheritdoc IBondVault
    uint256 public totalPots;
    /// @inheritdoc IBondVault
    uint256 public totalBurned;

    mapping(bytes32 bondId => Bond) private _bonds;

    constructor(IAssertionChain chain_, address disputeManager_) {
        chain = chain_;
        disputeManager = disputeManager_;
    }

    /// @inheritdoc IBondVault
    function post(address owner, bytes32 key, bytes32 assertionId) external payable returns (bytes32 bondId) {
        _onlyChainOrManager();
        bondId = Assertions.bondId(owner, key);
        Bond storage made = _bonds[bondId];
        if (made.status != BondStatus.None) revert BondExists(bondId);
        made.owner = owner;
        made.status = BondStatus.Active;
        made.amount = msg.value;
        made.assertionId = assertionId;
        ++activeBonds;
        totalBonded += msg.value;
        emit BondPosted(bondId, owner, msg.value, assertionId);
    }

    /// @inheritdoc IBondVault
    function roll(bytes32 bondId, address owner, bytes32 fromAssertion, bytes32 toAssertion) external {
        if (msg.sender != address(chain)) revert OnlyChain(msg.sender);
        Bond storage held = _backer(bondId, owner);
        if (held.assertionId != fromAssertion) revert BondBacksOther(bondId, held.assertionId, fromAssertion);
        held.assertionId = toAssertion;
        emit BondRolled(bondId, fromAssertion, toAssertion);
    }

    /// @inheritdoc IBondVault
    function back(bytes32 bondId, address owner) external {
        _onlyManager();
        uint32 commitments = ++_backer(bondId, owner).commitments;
        emit BondBacked(bondId, commitments);
    }

    /// @inheritdoc IBondVault
    function strike(bytes32 bondId) external {
        _onlyManager();
        uint32 strikes = ++_bonds[bondId].strikes;
        emit BondStruck(bondId, strikes);
    }

    /// @inheritdoc IBondVault
    function free(bytes32 bondId, bool struck) external {
        _onlyManager();
        Bond storage held = _bonds[bondId];
        --held.commitments;
        if (struck) --held.strikes;
        emit BondFreed(bondId, held.commitments, held.strikes);
    }

    /// @inheritdoc IBondVault
    function slash(bytes32 bondId, bytes32 disputeId) external returns (bool) {
        _onlyChainOrManager();
        Bond storage held = _bonds[bondId];
        if (held.status != BondStatus.Active) return false;
        held.status = BondStatus.Slashed;
        uint256 amount = held.amount;
        uint256 toPot = amount / 2;
        --activeBonds;
        totalBonded -= amount;
        pot[disputeId] += toPot;
        totalPots += toPot;
        totalBurned += amount - toPot;
        emit BondSlashed(bondId, disputeId, toPot, amount - toPot);
        return true;
    }

    /// @inheritdoc IBondVault
    function reward(bytes32 disputeId, address to, uint256 amount) external {
        _onlyManager();
        uint256 left = pot[disputeId];
        if (amount > left) revert PotTooSmall(disputeId, left, amount);
        pot[disputeId] = left - amount;
        totalPots -= amount;
        totalCredit += amount;
        credit[to] += amount;
        emit Rewarded(disputeId, to, amount);
    }

    /// @inheritdoc IBondVault
    function release(bytes32 bondId) external {
        Bond storage held = _active(bondId);
        if (msg.sender != held.owner) revert NotBondOwner(bondId, held.owner, msg.sender);
        if (held.commitments != 0) revert BondCommitted(bondId, held.commitments);
        bytes32 assertionId = held.assertionId;
        AssertionStatus fate = chain.fate(assertionId);
        if (fate != AssertionStatus.Confirmed && fate != AssertionStatus.Refunded) revert BondLocked(bondId, assertionId);
        held.status = BondStatus.Released;
        uint256 amount = held.amount;
        --activeBonds;
        totalBonded -= amount;
        totalCredit += amount;
        credit[held.owner] += amount;
        emit BondReleased(bondId, held.owner, amount);
    }

    /// @inheritdoc IBondVault
    function claim(address to) external returns (uint256 amount) {
        amount = credit[msg.sender];
        if (amount == 0) revert NothingToClaim(msg.sender);
        if (to == address(0)) revert PaymentFailed(to, amount);
        credit[msg.sender] = 0;
        totalCredit -= amount;
        emit Claimed(msg.sender, to, amount);
        (bool paid,) = to.call{value: amount}("");
        if (!paid) revert PaymentFailed(to, amount);
    }

    /// @inheritdoc IBondVault
    function bond(bytes32 bondId) external view returns (Bond memory) {
        return _bonds[bondId];
    }

    function _onlyManager() private view {
        if (msg.sender != disputeManager) revert OnlyDisputeManager(msg.sender);
    }

    function _onlyChainOrManager() private view {
        if (msg.sender != address(chain) && msg.sender != disputeManager) revert OnlyChain(msg.sender);
    }

    function _active(bytes32 bondId) private view returns (Bond storage held) {
        held = _bonds[bondId];
        if (held.status == BondStatus.None) revert UnknownBond(bondId);
        if (held.status != BondStatus.Active) revert BondNotActive(bondId);
    }

    /// @dev The bond, if `owner` may put it behind anything more.
    function _backer(bytes32 bondId, address owner) private view returns (Bond storage held) {
        held = _active(bondId);
        if (held.owner != owner) revert NotBondOwner(bondId, held.owner, owner);
        if (held.strikes != 0) revert BondUnderStrike(bondId, held.strikes);
    }
}
