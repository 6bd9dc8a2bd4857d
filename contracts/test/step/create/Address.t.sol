// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../../utils/Test.sol";
import {AddressHarness} from "./AddressHarness.sol";

contract AddressTest is Test {
    address private constant CREATOR = 0x6AC7EA33F8831EA9dcC53393aAA88B25A785DBF0;
    address private constant DEAD_BEEF = 0xdEADBEeF00000000000000000000000000000000;

    AddressHarness private harness;

    function setUp() public {
        harness = new AddressHarness();
    }

    /// @dev Expected values are cast's.
    function test_createAddressAtEveryLengthOfNonce() public view {
        _expectCreate(0, 0xcd234A471b72ba2F1Ccf0A70FCABA648a5eeCD8d);
        _expectCreate(1, 0x343c43A37D37dfF08AE8C4A11544c718AbB4fCF8);
        _expectCreate(127, 0x06d9a77f5E4b311Bae8D559DB9CDB4dF94104aA0);
        _expectCreate(128, 0x08e190dcB7b73F5fcDAbb43e102215c83659A76D);
        _expectCreate(255, 0x3eF7c1a519E4b4431E317d7839340E3139B03c65);
        _expectCreate(256, 0x3837C1Ae70354f670550C746580199Ac6a73Cb0a);
        _expectCreate(65535, 0x65260EECFf4eDeBaBE134f76F1F39a91Defde56C);
        _expectCreate(65536, 0xf666A819b370D38F44F2573464Da3FbA8479b917);
        _expectCreate(type(uint64).max - 1, 0x9ab3917BCc9efBCf7DE35BceD143Ed95c3B3CbF5);
    }

    function testFuzz_createAddressIsTheChains(address creator, uint64 nonce, uint8 shift) public view {
        nonce >>= shift % 64;
        if (nonce == type(uint64).max) --nonce;
        assertEq(harness.createAddress(creator, nonce), vm.computeCreateAddress(creator, nonce));
    }

    /// @dev The examples of EIP-1014.
    function test_create2AddressOfExamples() public view {
        _expectCreate2(address(0), 0, hex"00", 0x4D1A2e2bB4F88F0250f26Ffff098B0b30B26BF38);
        _expectCreate2(DEAD_BEEF, 0, hex"00", 0xB928f69Bb1D91Cd65274e3c79d8986362984fDA3);
        _expectCreate2(DEAD_BEEF, uint256(0xfeed) << 144, hex"00", 0xD04116cDd17beBE565EB2422F2497E06cC1C9833);
        _expectCreate2(address(0), 0, hex"deadbeef", 0x70f2b2914A2a4b783FaEFb75f459A580616Fcb5e);
        _expectCreate2(address(0xdeadbeef), 0xcafebabe, hex"deadbeef", 0x60f3f640a8508fC6a86d45DF051962668E1e8AC7);
        bytes memory long = hex"deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
        _expectCreate2(address(0xdeadbeef), 0xcafebabe, long, 0x1d8bfDC5D46DC4f61D6b6115972536eBE6A8854C);
        _expectCreate2(address(0), 0, "", 0xE33C0C7F7df4809055C3ebA6c09CFe4BaF1BD9e0);
    }

    function _expectCreate(uint64 nonce, address expected) private view {
        assertEq(harness.createAddress(CREATOR, nonce), expected);
    }

    function _expectCreate2(address creator, uint256 salt, bytes memory initCode, address expected) private view {
        assertEq(harness.create2Address(creator, salt, keccak256(initCode)), expected);
    }
}
