// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Stakes as objects
/// @notice Holds every bond and pays by pull. A bond is posted once, rolls along a line of assertions, and is released to credit
///         once: when the assertion it backs last is confirmed. `chain` alone posts and rolls, the owner alone releases and claims.
interface IBondVault {
    event BondPosted(bytes32 indexed bondId, address indexed owner, uint256 amount, bytes32 assertionId);
    event BondRolled(bytes32 indexed bondId, bytes32 indexed fromAssertion, bytes32 indexed toAssertion);
    event BondReleased(bytes32 indexed bondId, address indexed owner, uint256 amount);
    event Claimed(address indexed owner, address indexed to, uint256 amount);

    error OnlyChain(address caller);
    error BondExists(bytes32 bondId);
    error UnknownBond(bytes32 bondId);
    error NotBondOwner(bytes32 bondId, address owner, address caller);
    error BondBacksOther(bytes32 bondId, bytes32 backs, bytes32 expected);
    error BondLocked(bytes32 bondId, bytes32 assertionId);
    error BondNotActive(bytes32 bondId);
    error NothingToClaim(address owner);
    error PaymentFailed(address to, uint256 amount);

    enum BondStatus {
        None,
        Active,
        Released
    }

    struct Bond {
        address owner;
        uint256 amount;
        bytes32 assertionId;
        BondStatus status;
    }

    /// @notice Takes `msg.value` as a bond of `owner` behind `assertionId`; `bondId = H(bond tag, owner, assertionId)`.
    function post(address owner, bytes32 assertionId) external payable returns (bytes32 bondId);
    /// @notice Moves a bond from the assertion it backs last to a child of it.
    function roll(bytes32 bondId, address owner, bytes32 fromAssertion, bytes32 toAssertion) external;
    /// @notice Turns the caller's bond, whose last assertion is confirmed, into credit. Only its owner: another could end a bond that
    ///         the owner is about to roll.
    function release(bytes32 bondId) external;
    /// @notice Pays the caller's whole credit to `to`.
    function claim(address to) external returns (uint256 amount);

    /// @notice A bond; `status` is None when unknown.
    function bond(bytes32 bondId) external view returns (Bond memory);
    /// @notice Wei that `owner` may claim.
    function credit(address owner) external view returns (uint256);
    /// @notice Bonds that are active.
    function activeBonds() external view returns (uint256);
    /// @notice Wei held in active bonds; with all credits this is the vault's balance.
    function totalBonded() external view returns (uint256);
    /// @notice Wei held as credit.
    function totalCredit() external view returns (uint256);
}
