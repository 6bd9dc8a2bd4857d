// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Mpt} from "../mpt/Mpt.sol";
import {MptAccount} from "../mpt/MptAccount.sol";
import {MptWalk} from "../mpt/MptWalk.sol";
import {Machine} from "./Machine.sol";

/// @title What lives for one transaction and may be reverted
/// @notice A trie under keccak256(domain ‖ address as a word [‖ slot]). Twin of shared/machine/src/state/scratch.ts.
library Scratch {
    bytes1 private constant WARM_ADDRESS = 0x41;
    bytes1 private constant WARM_SLOT = 0x53;
    bytes1 private constant TRANSIENT = 0x54;
    bytes1 private constant CREATED = 0x43;

    /// @notice Makes an address warm; whether it was cold (EIP-2929).
    function warmAddress(Machine memory m, address who) internal pure returns (bool) {
        return isPrecompileAddress(who) ? false : _mark(m, _addressKey(WARM_ADDRESS, who));
    }

    /// @notice Makes a slot warm; whether it was cold (EIP-2929).
    function warmSlot(Machine memory m, address who, uint256 slot) internal pure returns (bool) {
        return _mark(m, _slotKey(WARM_SLOT, who, slot));
    }

    /// @notice Notes that this transaction created the contract (EIP-6780).
    function markCreated(Machine memory m, address who) internal pure {
        _mark(m, _addressKey(CREATED, who));
    }

    /// @notice Whether this transaction created the contract.
    function isCreated(Machine memory m, address who) internal pure returns (bool) {
        return Mpt.read(m.scratchRoot, _addressKey(CREATED, who), MptWalk.SECURE_LENGTH, m.tape).length > 0;
    }

    /// @notice Transient storage (EIP-1153).
    function readTransient(Machine memory m, address who, uint256 slot) internal pure returns (uint256) {
        bytes memory value = Mpt.read(m.scratchRoot, _slotKey(TRANSIENT, who, slot), MptWalk.SECURE_LENGTH, m.tape);
        return MptAccount.decodeStorageValue(value);
    }

    /// @notice Writes transient storage; 0 removes.
    function writeTransient(Machine memory m, address who, uint256 slot, uint256 value) internal pure {
        bytes memory encoded = MptAccount.encodeStorageValue(value);
        m.scratchRoot = Mpt.write(m.scratchRoot, _slotKey(TRANSIENT, who, slot), MptWalk.SECURE_LENGTH, encoded, m.tape);
    }

    /// @notice Whether a precompile is at `who`; such addresses are always warm.
    function isPrecompileAddress(address who) internal pure returns (bool) {
        uint256 number = uint160(who);
        return number > 0 && (number <= 0x11 || number == 0x100);
    }

    /// @dev Writes 1 whether or not it is there: one walk tells and writes. True if it was not.
    function _mark(Machine memory m, bytes32 key) private pure returns (bool isNew) {
        MptWalk.Walk memory way = MptWalk.walk(m.scratchRoot, key, MptWalk.SECURE_LENGTH, m.tape);
        if (way.stop == MptWalk.Stop.Found) return false;
        m.scratchRoot = Mpt.writeAt(way, m.scratchRoot, key, MptWalk.SECURE_LENGTH, hex"01", m.tape);
        return true;
    }

    function _addressKey(bytes1 domain, address who) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(domain, uint256(uint160(who))));
    }

    function _slotKey(bytes1 domain, address who, uint256 slot) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(domain, uint256(uint160(who)), slot));
    }
}
