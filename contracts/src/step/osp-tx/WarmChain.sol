// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Predeploys} from "../../libraries/Predeploys.sol";
import {Tags} from "../../libraries/Tags.sol";
import {AccessList} from "./AccessList.sol";
import {DecodeTransaction} from "./DecodeTransaction.sol";

/// @title What gets warm before the first opcode (EIP-2929, 2930, 3651), as a chain
/// @notice `H(warmItem, isSlot, address, slot, rest)`, the first item outermost, 0 behind the last.
library WarmChain {
    /// @notice The chain of sender, target, coinbase, then the access list.
    function build(DecodeTransaction.Transaction memory t, uint256 sender) internal pure returns (bytes32 chain) {
        return withParties(AccessList.chain(t.accessBegin, t.addressCount, 0), sender, t.isCreation, t.to);
    }

    /// @notice `rest` behind sender, target if there is one, coinbase.
    function withParties(bytes32 rest, uint256 sender, bool isCreation, uint256 to) internal pure returns (bytes32 chain) {
        chain = link(0, uint160(Predeploys.SEQUENCER_FEE_VAULT), 0, rest);
        if (!isCreation) chain = link(0, to, 0, chain);
        chain = link(0, sender, 0, chain);
    }

    /// @notice One item before others.
    function link(uint256 isSlot, uint256 account, uint256 slot, bytes32 rest) internal pure returns (bytes32 chain) {
        bytes32 tag = Tags.WARM_ITEM;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, tag)
            mstore(add(free, 0x20), isSlot)
            mstore(add(free, 0x40), account)
            mstore(add(free, 0x60), slot)
            mstore(add(free, 0x80), rest)
            chain := keccak256(free, 0xa0)
        }
    }
}
