// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title A pause that ends by itself
/// @notice Stops confirmations, settlements and the finalization of withdrawals, and nothing else: deposits, forced inclusion, batches, proposals,
///         rivals, moves of disputes and proofs of withdrawals go on.
interface IGuardianPause {
    event PauseStarted(uint64 until);
    event PauseEnded();

    error NotGuardian(address caller, address guardian);
    error CoolingDown(uint64 until);
    error NotPaused();

    /// @notice Who may pause, and invalidate assertions during a pause.
    function guardian() external view returns (address);
    /// @notice Length of a pause that is not ended early, in seconds; at most 7 days.
    function maxPause() external view returns (uint64);
    /// @notice Least time between the starts of two pauses, in seconds.
    function cooldown() external view returns (uint64);
    /// @notice Pauses for `maxPause` seconds. Once per `cooldown` seconds, counted from the last start.
    function pause() external;
    /// @notice Ends a pause early.
    function unpause() external;
    /// @notice Whether the pause is in force now.
    function paused() external view returns (bool);
    /// @notice When the pause ends or ended, in seconds; 0 before the first.
    function pausedUntil() external view returns (uint64);
}
