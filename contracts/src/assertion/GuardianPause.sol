// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGuardianPause} from "../interfaces/IGuardianPause.sol";

/// @title The guardian's pause
/// @notice A pause lasts at most `maxPause`, and the next can start only `cooldown` after the start of the last; the constructor
///         requires the cooldown to be longer, so there is always time in between.
contract GuardianPause is IGuardianPause {
    /// @inheritdoc IGuardianPause
    address public immutable guardian;
    /// @inheritdoc IGuardianPause
    uint64 public immutable maxPause;
    /// @inheritdoc IGuardianPause
    uint64 public immutable cooldown;

    /// @inheritdoc IGuardianPause
    uint64 public pausedUntil;
    /// @notice When a pause may start again, in seconds.
    uint64 public coolsDownAt;

    /// @dev Longest pause; withdrawals are never stopped for longer at a time.
    uint64 internal constant LONGEST_PAUSE = 7 days;

    error BadCooldown(uint64 cooldown, uint64 maxPause);
    error PauseTooLong(uint64 maxPause, uint64 maximum);

    constructor(address guardian_, uint64 maxPause_, uint64 cooldown_) {
        if (maxPause_ > LONGEST_PAUSE) revert PauseTooLong(maxPause_, LONGEST_PAUSE);
        if (cooldown_ <= maxPause_) revert BadCooldown(cooldown_, maxPause_);
        guardian = guardian_;
        maxPause = maxPause_;
        cooldown = cooldown_;
    }

    /// @inheritdoc IGuardianPause
    function pause() external {
        _onlyGuardian();
        uint64 nowAt = uint64(block.timestamp);
        if (nowAt < coolsDownAt) revert CoolingDown(coolsDownAt);
        pausedUntil = nowAt + maxPause;
        coolsDownAt = nowAt + cooldown;
        emit PauseStarted(pausedUntil);
    }

    /// @inheritdoc IGuardianPause
    function unpause() external {
        _onlyGuardian();
        if (!paused()) revert NotPaused();
        pausedUntil = uint64(block.timestamp);
        emit PauseEnded();
    }

    /// @inheritdoc IGuardianPause
    function paused() public view returns (bool) {
        return block.timestamp < pausedUntil;
    }

    function _onlyGuardian() private view {
        if (msg.sender != guardian) revert NotGuardian(msg.sender, guardian);
    }
}
