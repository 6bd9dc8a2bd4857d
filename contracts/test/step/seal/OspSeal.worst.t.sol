// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppendOnlyTree} from "../../../src/libraries/AppendOnlyTree.sol";
import {Tags} from "../../../src/libraries/Tags.sol";
import {MicroOp} from "../../../src/step/MicroOp.sol";
import {OspSeal} from "../../../src/step/OspSeal.sol";
import {Hasher} from "../../../src/step/hasher/Hasher.sol";
import {ChainConstants} from "../../../src/step/osp-seal/ChainConstants.sol";
import {Context} from "../../../src/step/state/Machine.sol";
import {SectionWords} from "../../../src/step/state/SectionWords.sol";
import {WordTree} from "../../../src/step/state/WordTree.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Upper bounds: the largest transaction, log and piece at the end of the largest block, every sibling on the tape, and six open branches of sixteen
///      children, more than keys can fill.
contract OspSealWorstTest is Test {
    uint256 private constant COUNT = 4094;
    /// @dev The key of the last index, 0x820ffd, ends a branch at each of its nibbles.
    uint256 private constant INDEX = COUNT - 1;

    OspSeal private part = new OspSeal(ChainConstants(1, address(1), 30_000_000, 2, 8, 1, 1, 4096));
    bytes private openTrie = _openTrie();

    function test_sealTransaction_worst() public {
        bytes memory raw = _noise("raw", 98_304);
        (bytes32 records, bytes memory record) = _record(keccak256(raw), 0, 0);
        bytes memory tape = bytes.concat(record, bytes4(uint32(raw.length)), raw, openTrie);
        _measure(MicroOp.SEAL_TRANSACTION, "sealTransaction, worst", 600_000, records, 0, 0, tape);
    }

    function test_sealReceipt_worst() public {
        (bytes32 records, bytes memory record) = _record(0, 0, 0);
        _measure(MicroOp.SEAL_RECEIPT, "sealReceipt, worst", 400_000, records, 0, 0, bytes.concat(record, openTrie));
    }

    function test_sealLog_worst() public {
        bytes memory piece = _noise("piece", 4096);
        bytes32 chain = keccak256(abi.encode(Tags.LOG_DATA, keccak256(piece), bytes32(0)));
        bytes memory words = abi.encode(address(7), 4, 1, 2, 3, 4, piece.length, chain);
        (bytes32 logsRoot, bytes memory path) = _leaf(keccak256(bytes.concat(Tags.LOG, words)), 1000, WordTree.DEPTH);
        (bytes32 records, bytes memory record) = _record(0, logsRoot, 1001);
        (bytes32 hasher, bytes memory hasherWords) = _fullHasher();
        bytes memory tape = bytes.concat(record, hasherWords, path, words, piece, bytes32(0), openTrie);
        _measure(MicroOp.SEAL_LOG, "sealLog, worst", 2_500_000, records, hasher, 0, tape);
    }

    function test_sealLogData_worst() public {
        bytes memory piece = _noise("piece", 4096);
        bytes32 chain = keccak256(abi.encode(Tags.LOG_DATA, keccak256(piece), bytes32(0)));
        (bytes32 records, bytes memory record) = _record(0, 0, 1001);
        (bytes32 hasher, bytes memory hasherWords) = _fullHasher();
        bytes memory tape = bytes.concat(record, hasherWords, piece, bytes32(0), openTrie);
        _measure(MicroOp.SEAL_LOG_DATA, "sealLogData, worst", 2_500_000, records, hasher, chain, tape);
    }

    function _measure(uint256 op, string memory name, uint256 limit, bytes32 records, bytes32 hasher, bytes32 chain, bytes memory tape) private {
        (bytes32 before, bytes memory opening) = _machine(_run(records), _x(op, hasher, chain));
        bytes memory proof = bytes.concat(opening, tape);
        uint256 gas = gasleft();
        bytes32 stateAfter = part.step(Context(0, 1, 0, 0), before, proof);
        gas -= gasleft();
        assertTrue(stateAfter != before && gas < limit && proof.length < 122_880, name);
        vm.snapshotValue("OspSeal", name, gas);
        vm.snapshotValue("OspSeal", string.concat(name, ": proof bytes"), proof.length);
    }

    /// @dev A running machine of these R and X: its hash, and what opens it.
    function _machine(bytes memory r, bytes memory x) private pure returns (bytes32 hash, bytes memory opening) {
        bytes32[4] memory hashes = [
            keccak256(bytes.concat(Tags.RUN_SECTION, r)),
            SectionWords.EMPTY_T,
            SectionWords.EMPTY_F,
            keccak256(bytes.concat(Tags.MICRO_OP_SECTION, x))
        ];
        bytes32 rest = keccak256(
            abi.encode(Tags.MACHINE, bytes32("state"), bytes32("scratch"), hashes[0], bytes32("b"), hashes[1], hashes[2], hashes[3])
        );
        hash = keccak256(abi.encode(rest, 0, 0, WordTree.EMPTY));
        opening = bytes.concat(
            hex"0111", bytes32(0), bytes32(0), WordTree.EMPTY, bytes32("state"), bytes32("scratch"), r, bytes32("b"), hashes[1], hashes[2], x
        );
    }

    function _run(bytes32 records) private pure returns (bytes memory) {
        return bytes.concat(abi.encode(30_000_000, COUNT, 0, COUNT, records), new bytes(320));
    }

    function _x(uint256 op, bytes32 hasher, bytes32 chain) private view returns (bytes memory) {
        bytes memory source = abi.encode(0, chain, 0, chain == 0 ? 0 : 4096, 0);
        bytes32 open = keccak256(bytes.concat(Tags.OPEN_TRIE, openTrie));
        return bytes.concat(abi.encode(op, INDEX), new bytes(11 * 32), source, abi.encode(hasher, open, hasher == 0 ? 0 : 1000, 0, 0));
    }

    /// @dev The last record and its path, behind a root.
    function _record(bytes32 txHash, bytes32 logsRoot, uint256 logCount) private pure returns (bytes32 root, bytes memory tape) {
        bytes memory words = abi.encode(txHash, 98_304, 2, 1, 30_000_000, logCount, logCount * 4096, logsRoot);
        words = bytes.concat(words, _noise("bloom", 256));
        bytes memory path;
        (root, path) = _leaf(keccak256(bytes.concat(Tags.RECORD, words)), INDEX, WordTree.RECORDS_DEPTH);
        tape = bytes.concat(path, words);
    }

    /// @dev A leaf with as many siblings as there may be.
    function _leaf(bytes32 leaf, uint256 index, uint256 depth) private pure returns (bytes32 root, bytes memory path) {
        path = bytes.concat(leaf, bytes8(0));
        root = leaf;
        for (uint256 height = 0; height < depth; ++height) {
            bytes32 sibling = keccak256(abi.encode(height));
            path = bytes.concat(path, sibling);
            root = (index >> height) & 1 == 1 ? AppendOnlyTree.node(sibling, root) : AppendOnlyTree.node(root, sibling);
        }
    }

    /// @dev As many bytes wait as may.
    function _fullHasher() private pure returns (bytes32 hash, bytes memory words) {
        uint256[31] memory hasher = Hasher.fresh();
        Hasher.absorb(hasher, _noise("before", 271));
        assertEq(hasher[25], 135);
        return (Hasher.hash(hasher), abi.encode(hasher));
    }

    function _openTrie() private pure returns (bytes memory words) {
        words = abi.encode(6);
        for (uint256 depth = 0; depth < 6; ++depth) words = bytes.concat(words, bytes32(depth | (0xffff << 8)), _noise("children", 512));
    }

    function _noise(bytes32 seed, uint256 size) private pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; i += 32) {
            seed = keccak256(abi.encode(seed));
            assembly ("memory-safe") {
                // The last word may reach behind the end only within the padding.
                mstore(add(add(data, 0x20), i), seed)
            }
        }
    }
}
