// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Stakes as objects
/// @notice Holds every bond and pays by pull. A bond is posted once, rolls along a line of assertions and backs commitments to them. It is
///         released to credit once, when the assertion it backs last is confirmed or refunded and no commitment that it backs is
///         unresolved, or slashed once: half of it, rounded down, into the dispute's pot, which pays who moved for the winner; the rest is burned. What is
///         burned, and what a pot does not pay, stays here for ever.
interface IBondVault {
    event BondPosted(bytes32 indexed bondId, address indexed owner, uint256 amount, bytes32 assertionId);
    event BondRolled(bytes32 indexed bondId, bytes32 indexed fromAssertion, bytes32 indexed toAssertion);
    event BondReleased(bytes32 indexed bondId, address indexed owner, uint256 amount);
    event BondBacked(bytes32 indexed bondId, uint32 commitments);
    event BondStruck(bytes32 indexed bondId, uint32 strikes);
    event BondFreed(bytes32 indexed bondId, uint32 commitments, uint32 strikes);
    event BondSlashed(bytes32 indexed bondId, bytes32 indexed disputeId, uint256 toPot, uint256 burned);
    event Rewarded(bytes32 indexed disputeId, address indexed to, uint256 amount);
    event Claimed(address indexed owner, address indexed to, uint256 amount);

    error OnlyChain(address caller);
    error OnlyDisputeManager(address caller);
    error BondExists(bytes32 bondId);
    error UnknownBond(bytes32 bondId);
    error NotBondOwner(bytes32 bondId, address owner, address caller);
    error BondBacksOther(bytes32 bondId, bytes32 backs, bytes32 expected);
    error BondLocked(bytes32 bondId, bytes32 assertionId);
    error BondNotActive(bytes32 bondId);
    error BondUnderStrike(bytes32 bondId, uint32 strikes);
    error BondCommitted(bytes32 bondId, uint32 commitments);
    error PotTooSmall(bytes32 disputeId, uint256 pot, uint256 amount);
    error NothingToClaim(address owner);
    error PaymentFailed(address to, uint256 amount);

    enum BondStatus {
        None,
        Active,
        Released,
        Slashed
    }

    /// @param owner        Who posted it.
    /// @param status       See `BondStatus`.
    /// @param commitments  Commitments it backs that are not resolved.
    /// @param strikes      How many of them are eliminated; until they are resolved the bond backs nothing new.
    /// @param amount       Wei.
    /// @param assertionId  Assertion it backs last.
    struct Bond {
        address owner;
        BondStatus status;
        uint32 commitments;
        uint32 strikes;
        uint256 amount;
        bytes32 assertionId;
    }

    /// @notice Takes `msg.value` as a bond of `owner` behind `assertionId`; `bondId = H(bond tag, owner, key)`. The key is the assertion, or the
    ///         commitment that it is posted for. Chain and dispute manager only.
    function post(address owner, bytes32 key, bytes32 assertionId) external payable returns (bytes32 bondId);
    /// @notice Moves a bond from the assertion it backs last to a child of it. Chain only.
    function roll(bytes32 bondId, address owner, bytes32 fromAssertion, bytes32 toAssertion) external;
    /// @notice Counts a commitment that an active bond of `owner` backs. Dispute manager only, as all of the following.
    function back(bytes32 bondId, address owner) external;
    /// @notice Counts the elimination of a commitment that it backs.
    function strike(bytes32 bondId) external;
    /// @notice Ends a commitment's claim on its bond.
    /// @param struck  Whether that commitment was eliminated.
    function free(bytes32 bondId, bool struck) external;
    /// @notice Credits `to` from a dispute's pot.
    function reward(bytes32 disputeId, address to, uint256 amount) external;
    /// @notice Slashes a bond into a dispute's pot; false when it was slashed before. Chain and dispute manager only.
    function slash(bytes32 bondId, bytes32 disputeId) external returns (bool);
    /// @notice Turns the caller's bond into credit. Only its owner: another could end a bond that the owner is about to roll.
    function release(bytes32 bondId) external;
    /// @notice Pays the caller's whole credit to `to`.
    function claim(address to) external returns (uint256 amount);

    /// @notice A bond; `status` is None when unknown.
    function bond(bytes32 bondId) external view returns (Bond memory);
    /// @notice Wei that `owner` may claim.
    function credit(address owner) external view returns (uint256);
    /// @notice Bonds that are active.
    function activeBonds() external view returns (uint256);
    /// @notice Wei held in active bonds; with credits, pots and what is burned this is the vault's balance.
    function totalBonded() external view returns (uint256);
    /// @notice Wei held as credit.
    function totalCredit() external view returns (uint256);
    /// @notice Wei left in a dispute's pot.
    function pot(bytes32 disputeId) external view returns (uint256);
    /// @notice Wei held in pots.
    function totalPots() external view returns (uint256);
    /// @notice Wei burned: held here for ever.
    function totalBurned() external view returns (uint256);
}
