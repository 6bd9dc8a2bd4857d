// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Which step verifier later disputes use
/// @notice One verifier is in force. Its owner may name another, which takes over `delay` seconds later for parents that get their first child
///         (of an epoch) from then on; what a parent pinned before never changes (docs/adr/0006-verifier-schedule.md).
interface IVerifierSchedule {
    event VerifierScheduled(address indexed verifier, uint64 activeAt);
    event ScheduleCancelled(address indexed verifier);

    error NotOwner(address caller, address owner);
    error NotAContract(address verifier);
    error NothingScheduled();
    error AlreadyScheduled(address verifier, uint64 activeAt);

    /// @notice Names the next verifier. Reverts while another waits.
    function schedule(address verifier) external;
    /// @notice Withdraws a verifier that is not in force yet.
    function cancel() external;
    /// @notice The verifier in force now.
    function current() external view returns (address);
    /// @notice The verifier that waits and when it takes over, in seconds; zeros without one.
    function next() external view returns (address verifier, uint64 activeAt);
    /// @notice Who may schedule; zero: nobody, for ever.
    function owner() external view returns (address);
    /// @notice Seconds between naming a verifier and its taking over.
    function delay() external view returns (uint64);
}
