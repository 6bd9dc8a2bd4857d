// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";
import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Origin} from "../types/Inbox.sol";

/// @title L1 origins
library Origins {
    /// @notice Whether `hash` is the hash of L1 block `number` and the chain still knows it (BLOCKHASH or EIP-2935: the last 8,191 blocks).
    function isKnown(uint64 number, bytes32 hash) internal view returns (bool) {
        return hash != 0 && Blockhash.blockHash(number) == hash;
    }

    /// @notice What L2 blocks use of an RLP header, which must be a real one: the caller compares `origin.hash` with a known block hash.
    function decodeOrigin(bytes memory header) internal pure returns (Origin memory origin) {
        Memory.Slice[] memory fields = BlockHeader.parseHeader(header);
        origin.number = SafeCast.toUint64(BlockHeader.getNumber(fields));
        origin.hash = keccak256(header);
        origin.timestamp = SafeCast.toUint64(BlockHeader.getTimestamp(fields));
        origin.baseFee = BlockHeader.getBaseFeePerGas(fields);
        origin.mixHash = BlockHeader.getPrevRandao(fields);
    }
}
