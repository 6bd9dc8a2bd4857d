// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuthChain} from "../../../src/step/osp-tx/AuthChain.sol";
import {LogsBloom} from "../../../src/step/osp-tx/LogsBloom.sol";
import {ClassifyEntry} from "../../../src/step/osp-tx/ClassifyEntry.sol";
import {DecodeTransaction} from "../../../src/step/osp-tx/DecodeTransaction.sol";
import {DepositTransaction} from "../../../src/step/osp-tx/DepositTransaction.sol";
import {Gas} from "../../../src/step/osp-tx/Gas.sol";
import {WarmChain} from "../../../src/step/osp-tx/WarmChain.sol";

/// @dev The pure libraries behind calls, so that a revert can be seen and gas be measured.
contract TxHarness {
    struct Entry {
        bool isSkipped;
        DecodeTransaction.Transaction transaction;
        address sender;
        uint256 intrinsicGas;
        uint256 floorGas;
        bytes32 warmChain;
        bytes32 authChain;
    }

    function classify(bytes calldata raw, uint256 chainId) external pure returns (Entry memory entry) {
        return _classify(raw, chainId);
    }

    function decode(bytes calldata raw) external pure returns (bool isValid, DecodeTransaction.Transaction memory transaction) {
        return DecodeTransaction.decodeTransaction(raw);
    }

    function gasOfClassify(bytes calldata raw, uint256 chainId) external view returns (uint256 gas, bool isSkipped) {
        gas = gasleft();
        isSkipped = _classify(raw, chainId).isSkipped;
        gas -= gasleft();
    }

    function zeroBytes(bytes calldata data, uint256 skip) external pure returns (uint256) {
        bytes memory copy = data;
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(add(copy, 0x20), skip)
        }
        return Gas.zeroBytes(begin, data.length - skip);
    }

    function bloom(uint256[8] memory words, address account, uint256 topicCount, uint256[4] memory topics)
        external
        pure
        returns (uint256[8] memory)
    {
        LogsBloom.addToBloom(words, uint160(account), topicCount, topics);
        return words;
    }

    function deposit(DepositTransaction.Deposit calldata fields, address portal) external pure returns (bytes memory raw, uint256 dataOffset) {
        return DepositTransaction.encode(fields, portal);
    }

    function _classify(bytes memory raw, uint256 chainId) private pure returns (Entry memory entry) {
        ClassifyEntry.Loaded memory loaded;
        (entry.isSkipped, loaded) = ClassifyEntry.classifyEntry(raw, chainId);
        entry.transaction = loaded.transaction;
        if (entry.isSkipped) return entry;
        entry.sender = loaded.sender;
        (entry.intrinsicGas, entry.floorGas) = (loaded.intrinsicGas, loaded.floorGas);
        entry.warmChain = WarmChain.build(loaded.transaction, uint160(loaded.sender));
        entry.authChain = AuthChain.build(loaded.transaction);
    }
}
