// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IBondVault} from "../interfaces/IBondVault.sol";
import {Assertions} from "../libraries/Assertions.sol";
import {AssertionStatus} from "../types/Assertion.sol";

/// @title The vault of all stakes
/// @notice Its balance is `totalBonded + totalCredit` plus what anyone forced on it. Every payment is pulled.
contract BondVault is IBondVault {
    /// @notice The assertion chain, alone allowed to post and roll; a bond is released when its last assertion is confirmed there.
    IAssertionChain public immutable chain;

    /// @inheritdoc IBondVault
    mapping(address owner => uint256) public credit;
    /// @inheritdoc IBondVault
    uint256 public activeBonds;
    /// @inheritdoc IBondVault
    uint256 public totalBonded;
    /// @inheritdoc IBondVault
    uint256 public totalCredit;

    mapping(bytes32 bondId => Bond) private _bonds;

    constructor(IAssertionChain chain_) {
        chain = chain_;
    }

    /// @inheritdoc IBondVault
    function post(address owner, bytes32 assertionId) external payable returns (bytes32 bondId) {
        _onlyChain();
        bondId = Assertions.bondId(owner, assertionId);
        if (_bonds[bondId].status != BondStatus.None) revert BondExists(bondId);
        _bonds[bondId] = Bond({owner: owner, amount: msg.value, assertionId: assertionId, status: BondStatus.Active});
        ++activeBonds;
        totalBonded += msg.value;
        emit BondPosted(bondId, owner, msg.value, assertionId);
    }

    /// @inheritdoc IBondVault
    function roll(bytes32 bondId, address owner, bytes32 fromAssertion, bytes32 toAssertion) external {
        _onlyChain();
        Bond storage held = _active(bondId);
        if (held.owner != owner) revert NotBondOwner(bondId, held.owner, owner);
        if (held.assertionId != fromAssertion) revert BondBacksOther(bondId, held.assertionId, fromAssertion);
        held.assertionId = toAssertion;
        emit BondRolled(bondId, fromAssertion, toAssertion);
    }

    /// @inheritdoc IBondVault
    function release(bytes32 bondId) external {
        Bond storage held = _active(bondId);
        if (msg.sender != held.owner) revert NotBondOwner(bondId, held.owner, msg.sender);
        bytes32 assertionId = held.assertionId;
        if (chain.assertion(assertionId).status != AssertionStatus.Confirmed) revert BondLocked(bondId, assertionId);
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

    function _onlyChain() private view {
        if (msg.sender != address(chain)) revert OnlyChain(msg.sender);
    }

    function _active(bytes32 bondId) private view returns (Bond storage held) {
        held = _bonds[bondId];
        if (held.status == BondStatus.None) revert UnknownBond(bondId);
        if (held.status != BondStatus.Active) revert BondNotActive(bondId);
    }
}
