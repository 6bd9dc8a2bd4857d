// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {MptRlp} from "../../../src/step/mpt/MptRlp.sol";
import {Test} from "../../utils/Test.sol";

/// @dev Encodings that a careless decoder takes for an account or a word: each is one change away from a right one.
contract MptAccountSeededTest is Test {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant CODE = keccak256("code");

    function decodeAccount(bytes memory encoded) external pure returns (MptAccount.Account memory) {
        return MptAccount.decodeAccount(encoded);
    }

    function decodeStorageValue(bytes memory encoded) external pure returns (uint256) {
        return MptAccount.decodeStorageValue(encoded);
    }

    function test_decodeAccount_edges_works() public view {
        _decodes(hex"80", 0, hex"80", 0);
        _decodes(hex"01", 1, hex"01", 1);
        _decodes(hex"7f", 127, hex"7f", 127);
        _decodes(hex"8180", 128, hex"8180", 128);
        _decodes(hex"820100", 256, hex"820100", 256);
        _decodes(hex"88ffffffffffffffff", type(uint64).max, abi.encodePacked(hex"a0", type(uint256).max), type(uint256).max);
        _decodes(hex"880100000000000000", 1 << 56, abi.encodePacked(hex"9f", bytes31(uint248(1 << 247))), 1 << 247);
    }

    function test_decodeAccount_integers_revert() public {
        _refuses(_account(hex"00", hex"80"));
        _refuses(_account(hex"80", hex"00"));
        _refuses(_account(hex"820001", hex"80"));
        _refuses(_account(hex"80", hex"820001"));
        _refuses(_account(hex"88007fffffffffffff", hex"80"));
        // 2^64, and a nonce whose low 64 bits are 1.
        _refuses(_account(hex"89010000000000000000", hex"80"));
        _refuses(_account(hex"89010000000000000001", hex"80"));
        _refuses(_account(abi.encodePacked(hex"a0", uint256(1)), hex"80"));
        _refuses(_account(abi.encodePacked(hex"a0", type(uint256).max), hex"80"));
        _refuses(_account(hex"80", abi.encodePacked(hex"a0", uint256(1))));
        // 33 bytes: a balance of 256 bits behind a zero, and one bit more than 256.
        _refuses(_account(hex"80", abi.encodePacked(hex"a100", uint256(1 << 255))));
        _refuses(_account(hex"80", abi.encodePacked(hex"a101", uint256(0))));
    }

    function test_decodeAccount_lists_revert() public {
        _refuses(_account(hex"c0", hex"80"));
        _refuses(_account(hex"80", hex"c0"));
        _refuses(_account(hex"c101", hex"80"));
        _refuses(_account(hex"80", hex"c20100"));
        _refuses(_account(hex"c101", hex"c101"));
    }

    function test_decodeAccount_longForms_revert() public {
        bytes[4] memory longer = [bytes(hex"8101"), hex"b80101", hex"b90001", hex"bb00000001"];
        for (uint256 i = 0; i < longer.length; ++i) {
            _refusesItem(_account(longer[i], hex"80"), longer[i]);
            _refusesItem(_account(hex"80", longer[i]), longer[i]);
        }
        // Lengths that claim to be beyond everything.
        _refusesItem(_account(hex"bfffffffffffffffff", hex"80"), hex"bfffffffffffffffff");
        _refuses(_account(hex"baffffff", hex"80"));
        _refuses(_account(hex"80", hex"bbffffffff"));
        _refuses(_account(hex"80", hex"faffffff"));
    }

    function test_decodeAccount_hashes_revert() public {
        bytes memory root = abi.encodePacked(hex"a0", ROOT);
        bytes memory code = abi.encodePacked(hex"a0", CODE);
        _refuses(_list(abi.encodePacked(hex"0180", bytes1(0x9f), bytes31(ROOT), code, hex"00")));
        _refuses(_list(abi.encodePacked(hex"0180", root, bytes1(0x9f), bytes31(CODE))));
        _refuses(_list(abi.encodePacked(hex"0180", root, bytes1(0x9f), bytes31(CODE), hex"00")));
        _refuses(_list(abi.encodePacked(hex"0180", bytes1(0xe0), ROOT, code)));
        _refuses(_list(abi.encodePacked(hex"0180", root, bytes1(0xe0), CODE)));
        _refuses(_list(abi.encodePacked(hex"0180", hex"a1", ROOT, code)));
        _refuses(_list(abi.encodePacked(hex"0180", root, code, hex"80")));
        _refuses(_list(abi.encodePacked(hex"018080", root, code)));
        _refuses(_list(abi.encodePacked(hex"01", root, code, hex"80")));
        _refuses(_list(abi.encodePacked(hex"80", hex"80", hex"80", hex"80")));
    }

    function test_decodeAccount_header_reverts() public {
        bytes memory content = abi.encodePacked(hex"0180a0", ROOT, hex"a0", CODE);
        uint8 size = uint8(content.length);
        _refuses(abi.encodePacked(hex"b8", size, content));
        _refuses(abi.encodePacked(hex"f9", uint16(size), content));
        _refuses(abi.encodePacked(hex"f8", size + 1, content));
        _refuses(abi.encodePacked(hex"f8", size - 1, content));
        _refuses(abi.encodePacked(hex"f8", size + 1, content, hex"00"));
        _refuses(abi.encodePacked(hex"f8", size, content, hex"00"));
        _refuses(abi.encodePacked(hex"f7", content));
        _refuses(content);
        _refuses("");
    }

    function test_decodeStorageValue_seeded_revert() public {
        bytes[9] memory bad = [
            bytes(hex"80"),
            hex"00",
            hex"c0",
            hex"c101",
            hex"820080",
            hex"0101",
            hex"818000",
            hex"82ff",
            abi.encodePacked(hex"a0", uint256(1))
        ];
        for (uint256 i = 0; i < bad.length; ++i) _refusesValue(bad[i]);
        _refusesValue(abi.encodePacked(hex"a0", type(uint256).max, hex"00"));
        _refusesValue(abi.encodePacked(hex"a101", type(uint256).max));
        _refusesValue(abi.encodePacked(hex"9f", type(uint256).max));
        assertEq(this.decodeStorageValue(""), 0);
        assertEq(this.decodeStorageValue(abi.encodePacked(hex"a0", type(uint256).max)), type(uint256).max);
        assertEq(this.decodeStorageValue(hex"8180"), 128);
    }

    /// @dev What lies in memory behind the value is not read as part of it.
    function test_decodeStorageValue_cut_reverts() public {
        bytes memory encoded = abi.encodePacked(hex"a0", type(uint256).max);
        for (uint256 length = 1; length < 33; ++length) {
            assembly ("memory-safe") {
                mstore(encoded, length)
            }
            _refusesValue(encoded);
        }
    }

    function _decodes(bytes memory nonceItem, uint64 nonce, bytes memory balanceItem, uint256 balance) private view {
        bytes memory encoded = _account(nonceItem, balanceItem);
        MptAccount.Account memory account = this.decodeAccount(encoded);
        assertEq(account.nonce, nonce, "nonce");
        assertEq(account.balance, balance, "balance");
        assertEq(account.storageRoot, ROOT);
        assertEq(account.codeHash, CODE);
        assertEq(MptAccount.encodeAccount(account), encoded);
    }

    function _account(bytes memory nonceItem, bytes memory balanceItem) private pure returns (bytes memory) {
        return _list(abi.encodePacked(nonceItem, balanceItem, hex"a0", ROOT, hex"a0", CODE));
    }

    function _list(bytes memory content) private pure returns (bytes memory) {
        if (content.length < 56) return abi.encodePacked(uint8(0xc0 + content.length), content);
        return abi.encodePacked(hex"f8", uint8(content.length), content);
    }

    function _refuses(bytes memory encoded) private {
        vm.expectRevert(abi.encodeWithSelector(MptAccount.BadAccount.selector, encoded));
        this.decodeAccount(encoded);
    }

    /// @dev The item itself is what has a shorter form.
    function _refusesItem(bytes memory encoded, bytes memory item) private {
        assertTrue(item.length > 0);
        vm.expectPartialRevert(MptRlp.RlpNotCanonical.selector);
        this.decodeAccount(encoded);
    }

    function _refusesValue(bytes memory encoded) private {
        vm.expectRevert(abi.encodeWithSelector(MptAccount.BadStorageValue.selector, encoded));
        this.decodeStorageValue(encoded);
    }
}
