// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVerifierSchedule} from "../interfaces/IVerifierSchedule.sol";

/// @title A verifier, and after a fixed delay another
/// @notice The delay is at least the challenge period and the time that users need to leave, which the AssertionChain checks. An owner of zero makes the first verifier the last.
contract VerifierSchedule is IVerifierSchedule {
    /// @inheritdoc IVerifierSchedule
    address public immutable owner;
    /// @inheritdoc IVerifierSchedule
    uint64 public immutable delay;

    /// @dev In force unless `_next` is due.
    address private _current;
    address private _next;
    uint64 private _activeAt;

    constructor(address owner_, uint64 delay_, address verifier) {
        if (verifier.code.length == 0) revert NotAContract(verifier);
        owner = owner_;
        delay = delay_;
        _current = verifier;
    }

    /// @inheritdoc IVerifierSchedule
    function schedule(address verifier) external {
        _onlyOwner();
        if (verifier.code.length == 0) revert NotAContract(verifier);
        if (_waiting()) revert AlreadyScheduled(_next, _activeAt);
        _current = current();
        _next = verifier;
        _activeAt = uint64(block.timestamp) + delay;
        emit VerifierScheduled(verifier, _activeAt);
    }

    /// @inheritdoc IVerifierSchedule
    function cancel() external {
        _onlyOwner();
        if (!_waiting()) revert NothingScheduled();
        address verifier = _next;
        (_next, _activeAt) = (address(0), 0);
        emit ScheduleCancelled(verifier);
    }

    /// @inheritdoc IVerifierSchedule
    function current() public view returns (address) {
        return _next != address(0) && !_waiting() ? _next : _current;
    }

    /// @inheritdoc IVerifierSchedule
    function next() external view returns (address verifier, uint64 activeAt) {
        return _waiting() ? (_next, _activeAt) : (address(0), 0);
    }

    function _waiting() private view returns (bool) {
        return _next != address(0) && block.timestamp < _activeAt;
    }

    function _onlyOwner() private view {
        if (msg.sender != owner) revert NotOwner(msg.sender, owner);
    }
}
