// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {KeyOrder, LeafPlace} from "../../../src/step/osp-seal/KeyOrder.sol";
import {OpenTrie, OpenTrieState} from "../../../src/step/osp-seal/OpenTrie.sol";
import {Tape} from "../../../src/step/state/Tape.sol";
import {SealHarness} from "./SealHarness.sol";
import {SealVectors} from "./SealVectors.sol";

/// @dev Index tries, leaf by leaf as the machine's steps add them, against what TypeScript gives.
contract OpenTrieTest is SealVectors {
    SealHarness private harness = new SealHarness();
    bytes private constant EMPTY = abi.encode(0);

    function test_addLeaf_vectors_works() public view {
        uint256[] memory counts = uints(".tries.leaves");
        bytes[] memory values = strings(".tries.values");
        bytes[] memory halfway = strings(".tries.words");
        uint256[] memory halfwayAt = uints(".tries.at");
        assertTrue(counts.length > 10);
        for (uint256 i = 0; i < counts.length; ++i) {
            (bytes32 hashes, bytes32 root) = _build(counts[i], unpack(values[i], 2), halfwayAt[i], halfway[i]);
            assertEq(hashes, words(".tries.hashes")[i]);
            assertEq(root, words(".tries.root")[i]);
        }
    }

    /// @dev As the twin: the empty open trie first, then each step's from the tape.
    function _build(uint256 count, bytes[] memory values, uint256 halfwayAt, bytes memory halfway) private view returns (bytes32, bytes32) {
        assertEq(values.length, count);
        State memory state = State(false, OpenTrie.emptyHash(), EMPTY);
        bytes memory hashes;
        for (uint256 position = 0; position < count; ++position) {
            if (position == halfwayAt) assertEq(state.open, halfway);
            state = _add(state, position, count, values[KeyOrder.indexAt(position, count)]);
            assertTrue(state.isWhole == (position == count - 1));
            if (!state.isWhole) hashes = bytes.concat(hashes, state.hash);
        }
        return (keccak256(hashes), state.hash);
    }

    struct State {
        bool isWhole;
        bytes32 hash;
        bytes open;
    }

    function _add(State memory state, uint256 position, uint256 count, bytes memory value) private view returns (State memory next) {
        (next.isWhole, next.hash, next.open) = harness.addLeaf(state.open, state.hash, position, count, value);
    }

    /// @dev Keys of six nibbles, up to the most transactions of a block.
    function test_addLeaf_tallTries_work() public view {
        uint256[] memory counts = uints(".tall.leaves");
        for (uint256 i = 0; i < counts.length; ++i) {
            OpenTrieState memory open;
            uint256 most = 0;
            for (uint256 position = 0; position < counts[i]; ++position) {
                LeafPlace memory place = KeyOrder.leafPlace(position, counts[i]);
                bytes memory value = abi.encode(keccak256(abi.encode(KeyOrder.indexAt(position, counts[i]))));
                (bool isWhole, bytes32 root) = OpenTrie.addLeaf(open, place, keccak256(_naiveLeaf(place, value)), false);
                if (open.count > most) most = open.count;
                assertTrue(isWhole == (position == counts[i] - 1));
                if (isWhole) assertEq(root, words(".tall.root")[i]);
            }
            assertTrue(most <= 6);
        }
    }

    function test_take_otherWords_reverts() public {
        bytes memory open = strings(".tries.words")[10];
        bytes32 hash = keccak256(bytes.concat(keccak256("crema.openTrie.v1"), open));
        harness.addLeaf(open, hash, 133, 200, "value");
        for (uint256 i = 31; i < open.length; i += 32) {
            bytes memory other = bytes.concat(open);
            other[i] ^= 0x02;
            (bool success,) = address(harness).call(abi.encodeCall(harness.addLeaf, (other, hash, 133, 200, "value")));
            assertTrue(!success);
        }
        bytes memory more = abi.encode(7);
        vm.expectRevert(abi.encodeWithSelector(OpenTrie.NotAnOpenTrie.selector, 7));
        harness.addLeaf(more, hash, 133, 200, "value");
        vm.expectRevert(abi.encodeWithSelector(Tape.WrongPreimage.selector, hash, OpenTrie.emptyHash()));
        harness.addLeaf(EMPTY, hash, 133, 200, "value");
    }

    function test_leafNode_everyLength() public view {
        for (uint256 size = 1; size < 70_000; size += size < 70 ? 1 : size) {
            bytes memory value = new bytes(size);
            for (uint256 i = 0; i < size && i < 9; ++i) value[i] = bytes1(uint8(size + i));
            for (uint256 position = 0; position < 300; position += 43) {
                (bytes memory node, bytes32 valueHash) = harness.leafNode(position, 300, value);
                assertEq(node, _naiveLeaf(KeyOrder.leafPlace(position, 300), value));
                assertEq(valueHash, keccak256(value));
            }
        }
    }

    function test_leafPlace_outOfTrie_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(KeyOrder.NoSuchLeaf.selector, 300, 300));
        harness.leafNode(300, 300, "value");
        vm.expectRevert(abi.encodeWithSelector(KeyOrder.NoSuchLeaf.selector, 0, 0));
        harness.leafNode(0, 0, "value");
    }

    /// @dev Keys rise with the position, and each index is there once.
    function test_indexAt_isAPermutation() public pure {
        uint256[5] memory counts = [uint256(1), 127, 128, 300, 4094];
        for (uint256 c = 0; c < counts.length; ++c) {
            uint256 sum = 0;
            bytes32 last = 0;
            for (uint256 position = 0; position < counts[c]; ++position) {
                uint256 index = KeyOrder.indexAt(position, counts[c]);
                (bytes32 key, uint256 length) = KeyOrder.indexPath(index);
                assertTrue(key > last && length % 2 == 0);
                last = key;
                sum += index;
                assertTrue(index < counts[c]);
            }
            assertEq(sum, counts[c] * (counts[c] - 1) / 2);
        }
    }

    function test_gas_snapshot() public {
        bytes memory open = strings(".tries.words")[13];
        bytes32 hash = keccak256(bytes.concat(keccak256("crema.openTrie.v1"), open));
        uint256 gas = harness.gasOfAddLeaf(open, hash, 200, 300, new bytes(110));
        vm.snapshotValue("OspSeal", "leaf of 110 bytes into its trie", gas);
        assertTrue(gas < 200_000);
        gas = harness.gasOfAddLeaf(open, hash, 200, 300, new bytes(98_304));
        vm.snapshotValue("OspSeal", "leaf of 98,304 bytes into its trie", gas);
        assertTrue(gas < 400_000);
    }

    /// @dev The leaf from the yellow paper, nibble by nibble.
    function _naiveLeaf(LeafPlace memory place, bytes memory value) private pure returns (bytes memory) {
        uint256 length = place.keyLength - place.depth;
        bytes memory path = new bytes(1 + length / 2);
        path[0] = bytes1(uint8(0x20));
        for (uint256 i = 0; i < length; ++i) {
            uint256 nibble = (uint256(place.key) >> (252 - 4 * (place.depth + i))) & 15;
            uint256 place_ = i + 2 - (length % 2);
            path[place_ / 2] |= bytes1(uint8(place_ % 2 == 0 ? nibble << 4 : nibble));
        }
        if (length % 2 == 1) path[0] |= 0x10;
        bytes memory content = bytes.concat(_item(path), _item(value));
        return bytes.concat(_header(0xc0, content.length), content);
    }

    function _item(bytes memory value) private pure returns (bytes memory) {
        return value.length == 1 && uint8(value[0]) < 0x80 ? value : bytes.concat(_header(0x80, value.length), value);
    }

    function _header(uint256 base, uint256 size) private pure returns (bytes memory) {
        if (size < 56) return abi.encodePacked(uint8(base + size));
        if (size < 0x100) return abi.encodePacked(uint8(base + 56), uint8(size));
        if (size < 0x10000) return abi.encodePacked(uint8(base + 57), uint16(size));
        return abi.encodePacked(uint8(base + 58), uint24(size));
    }
}
