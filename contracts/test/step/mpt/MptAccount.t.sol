// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MptAccount} from "../../../src/step/mpt/MptAccount.sol";
import {Test} from "../../utils/Test.sol";

contract MptAccountTest is Test {
    function decodeAccount(bytes memory encoded) external pure returns (MptAccount.Account memory) {
        return MptAccount.decodeAccount(encoded);
    }

    function decodeStorageValue(bytes memory encoded) external pure returns (uint256) {
        return MptAccount.decodeStorageValue(encoded);
    }

    function testFuzz_account_thereAndBack(MptAccount.Account memory account, uint8 nonceShift, uint8 balanceShift) public view {
        account.nonce >>= nonceShift % 65;
        account.balance >>= balanceShift;
        bytes memory encoded = MptAccount.encodeAccount(account);
        MptAccount.Account memory back = this.decodeAccount(encoded);
        assertEq(keccak256(abi.encode(back)), keccak256(abi.encode(account)));
    }

    function testFuzz_account_changed_revertsOrDiffers(MptAccount.Account memory account, uint8 balanceShift, uint256 position, uint8 flip) public view {
        account.balance >>= balanceShift;
        bytes memory encoded = MptAccount.encodeAccount(account);
        flip = uint8(bound(flip, 1, 255));
        encoded[position % encoded.length] ^= bytes1(flip);
        try this.decodeAccount(encoded) returns (MptAccount.Account memory back) {
            assertTrue(keccak256(abi.encode(back)) != keccak256(abi.encode(account)));
            assertEq(MptAccount.encodeAccount(back), encoded);
        } catch {}
    }

    function testFuzz_account_otherLength_reverts(MptAccount.Account memory account, uint8 cut) public {
        bytes memory encoded = MptAccount.encodeAccount(account);
        bytes memory longer = bytes.concat(encoded, hex"00");
        vm.expectRevert(abi.encodeWithSelector(MptAccount.BadAccount.selector, longer));
        this.decodeAccount(longer);
        uint256 length = cut % encoded.length;
        assembly ("memory-safe") {
            mstore(encoded, length)
        }
        vm.expectRevert(abi.encodeWithSelector(MptAccount.BadAccount.selector, encoded));
        this.decodeAccount(encoded);
    }

    function testFuzz_storageValue_thereAndBack(uint256 word, uint8 shift) public view {
        word >>= shift;
        assertEq(this.decodeStorageValue(MptAccount.encodeStorageValue(word)), word);
    }

    function test_vectors_works() public view {
        string memory text = vm.readFile("shared/machine/vectors/mpt-accounts.json");
        uint256[] memory nonces = vm.parseJsonUintArray(text, ".nonce");
        uint256[] memory balances = vm.parseJsonUintArray(text, ".balance");
        bytes32[] memory storageRoots = vm.parseJsonBytes32Array(text, ".storageRoot");
        bytes32[] memory codeHashes = vm.parseJsonBytes32Array(text, ".codeHash");
        bytes[] memory encoded = vm.parseJsonBytesArray(text, ".encoded");
        bytes[] memory words = vm.parseJsonBytesArray(text, ".balanceAsStorageValue");
        assertTrue(nonces.length > 20);
        for (uint256 i = 0; i < nonces.length; ++i) {
            MptAccount.Account memory account = MptAccount.Account(uint64(nonces[i]), balances[i], storageRoots[i], codeHashes[i]);
            assertEq(MptAccount.encodeAccount(account), encoded[i]);
            assertEq(MptAccount.encodeStorageValue(balances[i]), words[i]);
            assertEq(this.decodeStorageValue(words[i]), balances[i]);
        }
    }

    function test_storageValue_notCanonical_reverts() public {
        bytes[7] memory bad = [
            bytes(hex"80"),
            hex"00",
            hex"8105",
            hex"820005",
            hex"b800",
            hex"a1010101010101010101010101010101010101010101010101010101010101010101",
            hex"8505"
        ];
        for (uint256 i = 0; i < bad.length; ++i) {
            vm.expectRevert();
            this.decodeStorageValue(bad[i]);
        }
    }
}
