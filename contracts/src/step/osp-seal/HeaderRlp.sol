// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Predeploys} from "../../libraries/Predeploys.sol";
import {MptRlp} from "../mpt/MptRlp.sol";
import {RlpWriter} from "../osp-tx/RlpWriter.sol";
import {RlpBytes} from "./RlpBytes.sol";

/// @notice What of an L2 header is not the same in every block; docs/protocol/block.md.
struct HeaderFields {
    bytes32 parentHash;
    bytes32 stateRoot;
    bytes32 transactionsRoot;
    bytes32 receiptsRoot;
    uint256 number;
    uint256 gasLimit;
    uint256 gasUsed;
    uint256 timestamp;
    bytes32 prevRandao;
    uint256 baseFee;
    bytes32 withdrawalsRoot;
    bytes32 originHash;
}

/// @title RLP of L2 headers
/// @notice Twin of `makeHeader` in shared/machine/src/step/osp-seal/seal.ts.
library HeaderRlp {
    /// @notice A header has no such field.
    error HeaderTooShort(uint256 field);

    /// @dev keccak256(rlp([])): no uncles.
    bytes32 private constant EMPTY_UNCLES = 0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347;
    /// @dev sha256(""): no requests (EIP-7685).
    bytes32 private constant EMPTY_REQUESTS = 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;
    uint256 private constant GAS_LIMIT = 9;
    uint256 private constant BASE_FEE = 15;

    /// @notice The header's RLP; its keccak256 is the block's hash.
    /// @param bloom  Union of the receipts' blooms, 256 bytes.
    function encodeHeader(HeaderFields memory fields, bytes memory bloom) internal pure returns (bytes memory) {
        bytes memory content = bytes.concat(_first(fields), hex"b90100", bloom, _second(fields), _third(fields));
        return bytes.concat(RlpBytes.header(0xc0, content.length), content);
    }

    /// @notice Gas limit, gas used and base fee of the RLP of a header, which must be a real one: the caller compares its hash with a block's. A header of
    ///         before EIP-1559 has `noBaseFee`.
    function gasOf(bytes memory header, uint256 noBaseFee) internal pure returns (uint256 gasLimit, uint256 gasUsed, uint256 baseFee) {
        uint256 next;
        assembly ("memory-safe") {
            next := add(header, 0x20)
        }
        uint256 end = next + header.length;
        next = MptRlp.listContent(next);
        for (uint256 field = 0; field < GAS_LIMIT; ++field) (, next) = _integer(next, end, field);
        (gasLimit, next) = _integer(next, end, GAS_LIMIT);
        (gasUsed, next) = _integer(next, end, GAS_LIMIT + 1);
        for (uint256 field = GAS_LIMIT + 2; field < BASE_FEE; ++field) (, next) = _integer(next, end, field);
        if (next == end) baseFee = noBaseFee;
        else (baseFee,) = _integer(next, end, BASE_FEE);
    }

    /// @dev Up to the receipts' root.
    function _first(HeaderFields memory fields) private pure returns (bytes memory) {
        return bytes.concat(
            hex"a0",
            fields.parentHash,
            hex"a0",
            EMPTY_UNCLES,
            hex"94",
            bytes20(Predeploys.SEQUENCER_FEE_VAULT),
            hex"a0",
            fields.stateRoot,
            hex"a0",
            fields.transactionsRoot,
            hex"a0",
            fields.receiptsRoot
        );
    }

    /// @dev Difficulty, number, gas limit, gas used, timestamp, extra data.
    function _second(HeaderFields memory fields) private pure returns (bytes memory) {
        return bytes.concat(
            hex"80",
            RlpWriter.integer(fields.number),
            RlpWriter.integer(fields.gasLimit),
            RlpWriter.integer(fields.gasUsed),
            RlpWriter.integer(fields.timestamp),
            hex"80"
        );
    }

    /// @dev From the mix hash on; nonce and both kinds of blob gas are 0.
    function _third(HeaderFields memory fields) private pure returns (bytes memory) {
        return bytes.concat(
            hex"a0",
            fields.prevRandao,
            hex"880000000000000000",
            RlpWriter.integer(fields.baseFee),
            hex"a0",
            fields.withdrawalsRoot,
            hex"8080a0",
            fields.originHash,
            hex"a0",
            EMPTY_REQUESTS
        );
    }

    /// @dev The item at `begin` as an integer, whatever it is, and where the next one starts.
    function _integer(uint256 begin, uint256 end, uint256 field) private pure returns (uint256 value, uint256 next) {
        if (begin >= end) revert HeaderTooShort(field);
        (, uint256 headerLength, uint256 size) = MptRlp.header(MptRlp.load(begin));
        next = begin + headerLength + size;
        if (size > 0 && size <= 32) value = uint256(MptRlp.load(begin + headerLength)) >> (256 - 8 * size);
    }
}
