// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev A trie built at once from all its entries, with proofs; written after the yellow paper (appendix D) alone, shares no code with Mpt.
library NaiveTrie {
    struct Entry {
        bytes32 key;
        bytes value;
    }

    bytes32 internal constant EMPTY_ROOT = keccak256(hex"80");

    function root(Entry[] memory entries) internal pure returns (bytes32) {
        return entries.length == 0 ? EMPTY_ROOT : keccak256(node(entries, 0));
    }

    function find(Entry[] memory entries, bytes32 key) internal pure returns (bytes memory value) {
        for (uint256 i = 0; i < entries.length; ++i) if (entries[i].key == key) return entries[i].value;
    }

    /// @dev The entries with `value` at `key`; without the key when it is empty.
    function write(Entry[] memory entries, bytes32 key, bytes memory value) internal pure returns (Entry[] memory result) {
        Entry[] memory others = matching(entries, key, 0, 64, false);
        if (value.length == 0) return others;
        result = new Entry[](others.length + 1);
        for (uint256 i = 0; i < others.length; ++i) result[i] = others[i];
        result[others.length] = Entry(key, value);
    }

    /// @dev What `Mpt.get` needs, and with `isRemoval` what `Mpt.set` needs to remove the key.
    function proof(Entry[] memory entries, bytes32 key, bool isRemoval) internal pure returns (bytes memory result) {
        uint256 depth = 0;
        bool removes = isRemoval && find(entries, key).length > 0;
        while (entries.length > 0) {
            bytes memory here = node(entries, depth);
            if (depth == 0 || here.length >= 32) result = bytes.concat(result, here);
            uint256 end = sharedEnd(entries, depth);
            if (entries.length == 1 || !agrees(entries[0].key, key, depth, end)) return result;
            Entry[] memory chosen = matching(entries, key, end, end + 1, true);
            if (end > depth) {
                // The branch below the extension.
                result = bytes.concat(result, unlessInline(node(entries, end)));
            }
            if (removes && chosen.length == 1) return bytes.concat(result, unlessInline(node(chosen, end + 1)), sibling(entries, key, end));
            (entries, depth) = (chosen, end + 1);
        }
    }

    /// @dev The only other child of the branch at `depth`, if it is the only one and does not stand in the branch.
    function sibling(Entry[] memory entries, bytes32 key, uint256 depth) internal pure returns (bytes memory) {
        Entry[] memory others = matching(entries, key, depth, depth + 1, false);
        if (sharedEnd(others, depth) == depth && others.length > 1) return "";
        return unlessInline(node(others, depth + 1));
    }

    function unlessInline(bytes memory encoded) internal pure returns (bytes memory) {
        return encoded.length < 32 ? bytes("") : encoded;
    }

    function node(Entry[] memory entries, uint256 depth) internal pure returns (bytes memory) {
        bytes32 key = entries[0].key;
        if (entries.length == 1) return list(bytes.concat(string_(hexPrefix(key, depth, 64, 2)), string_(entries[0].value)));
        uint256 end = sharedEnd(entries, depth);
        if (end > depth) return list(bytes.concat(string_(hexPrefix(key, depth, end, 0)), refOf(node(entries, end))));
        bytes memory content;
        for (uint256 i = 0; i < 16; ++i) {
            bytes32 probe = bytes32(i << (252 - 4 * depth));
            Entry[] memory below = matching(entries, probe, depth, depth + 1, true);
            content = bytes.concat(content, below.length == 0 ? bytes(hex"80") : refOf(node(below, depth + 1)));
        }
        return list(bytes.concat(content, hex"80"));
    }

    /// @dev The entries whose nibbles [from, to) are those of `key`, or the others.
    function matching(Entry[] memory entries, bytes32 key, uint256 from, uint256 to, bool wanted) internal pure returns (Entry[] memory result) {
        uint256 count = 0;
        for (uint256 i = 0; i < entries.length; ++i) if (agrees(entries[i].key, key, from, to) == wanted) ++count;
        result = new Entry[](count);
        for (uint256 i = entries.length; i > 0; --i) if (agrees(entries[i - 1].key, key, from, to) == wanted) result[--count] = entries[i - 1];
    }

    function agrees(bytes32 left, bytes32 right, uint256 from, uint256 to) internal pure returns (bool) {
        for (uint256 i = from; i < to; ++i) if (nibble(left, i) != nibble(right, i)) return false;
        return true;
    }

    /// @dev The first depth from `depth` on at which the entries differ; 64 for one entry.
    function sharedEnd(Entry[] memory entries, uint256 depth) internal pure returns (uint256) {
        for (uint256 end = depth; end < 64; ++end) {
            for (uint256 i = 1; i < entries.length; ++i) if (nibble(entries[i].key, end) != nibble(entries[0].key, end)) return end;
        }
        return 64;
    }

    function nibble(bytes32 key, uint256 i) internal pure returns (uint8) {
        uint8 pair = uint8(key[i / 2]);
        return i % 2 == 0 ? pair >> 4 : pair & 15;
    }

    function hexPrefix(bytes32 key, uint256 from, uint256 to, uint8 flag) internal pure returns (bytes memory path) {
        uint256 i = from;
        if ((to - from) % 2 == 1) path = abi.encodePacked(uint8((flag + 1) * 16 + nibble(key, i++)));
        else path = abi.encodePacked(uint8(flag * 16));
        for (; i < to; i += 2) path = abi.encodePacked(path, uint8(nibble(key, i) * 16 + nibble(key, i + 1)));
    }

    function refOf(bytes memory encoded) internal pure returns (bytes memory) {
        return encoded.length < 32 ? encoded : bytes.concat(hex"a0", keccak256(encoded));
    }

    function string_(bytes memory content) internal pure returns (bytes memory) {
        if (content.length == 1 && uint8(content[0]) < 0x80) return content;
        return bytes.concat(header(0x80, content.length), content);
    }

    function list(bytes memory content) internal pure returns (bytes memory) {
        return bytes.concat(header(0xc0, content.length), content);
    }

    function header(uint256 base, uint256 length) internal pure returns (bytes memory) {
        if (length < 56) return abi.encodePacked(uint8(base + length));
        if (length < 256) return abi.encodePacked(uint8(base + 56), uint8(length));
        return abi.encodePacked(uint8(base + 57), uint16(length));
    }
}
