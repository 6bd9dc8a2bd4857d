// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessList} from "../../../src/step/osp-tx/AccessList.sol";
import {AuthChain} from "../../../src/step/osp-tx/AuthChain.sol";
import {LogsBloom} from "../../../src/step/osp-tx/LogsBloom.sol";
import {ClassifyEntry} from "../../../src/step/osp-tx/ClassifyEntry.sol";
import {DecodeTransaction} from "../../../src/step/osp-tx/DecodeTransaction.sol";
import {DepositTransaction} from "../../../src/step/osp-tx/DepositTransaction.sol";
import {Gas} from "../../../src/step/osp-tx/Gas.sol";
import {RlpReader} from "../../../src/step/osp-tx/RlpReader.sol";
import {WarmChain} from "../../../src/step/osp-tx/WarmChain.sol";

/// @dev The pure libraries behind calls, so that a revert can be seen and gas be measured.
contract TxHarness {
    using RlpReader for RlpReader.Reader;

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

    /// @dev `AccessList` on the items of a list.
    function accessList(bytes calldata list) external pure returns (bool isGood, uint256 addressCount, uint256 keyCount, bytes32 chain) {
        bytes memory copy = list;
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(copy, 0x20)
        }
        (isGood, addressCount, keyCount) = AccessList.check(begin, begin + list.length);
        if (isGood) chain = AccessList.chain(begin, addressCount, bytes32(uint256(1)));
    }

    /// @dev The same item by item, by way of a list of all links.
    function accessListNaive(bytes calldata list) external pure returns (bool isGood, uint256 addressCount, uint256 keyCount, bytes32 chain) {
        bytes memory copy = list;
        uint256 begin;
        assembly ("memory-safe") {
            begin := add(copy, 0x20)
        }
        RlpReader.Reader memory reader = RlpReader.open(begin, list.length);
        uint256[3][] memory links = new uint256[3][](list.length);
        while (reader.hasMore()) {
            uint256 outer = reader.enter();
            uint256 account = reader.fixedBytes(20);
            links[addressCount++ + keyCount] = [0, account, 0];
            uint256 around = reader.enter();
            while (reader.hasMore()) {
                links[addressCount + keyCount] = [1, account, reader.fixedBytes(32)];
                ++keyCount;
            }
            reader.exit(around);
            reader.exit(outer);
        }
        isGood = !reader.bad;
        chain = bytes32(uint256(1));
        for (uint256 i = addressCount + keyCount; i > 0; --i) {
            chain = WarmChain.link(links[i - 1][0], links[i - 1][1], links[i - 1][2], chain);
        }
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
