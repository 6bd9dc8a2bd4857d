// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";
import {Test} from "./Test.sol";

/// @dev Makes L1 blocks whose headers are known: BLOCKHASH and the EIP-2935 contract serve the hash of the RLP built here.
abstract contract L1Blocks is Test {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;
    address private constant SYSTEM = 0xffffFFFfFFffffffffffffffFfFFFfffFFFfFFfE;
    // EIP-2935, "Bytecode".
    bytes private constant HISTORY_CODE =
        hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";

    mapping(uint256 number => bytes) internal l1Header;

    function startL1(uint256 number, uint256 timestamp) internal {
        vm.etch(HISTORY, HISTORY_CODE);
        vm.roll(number);
        vm.warp(timestamp);
    }

    /// @dev Ends the current block, so that it has a hash, and begins the next one `elapsed` seconds later.
    function mine(uint256 elapsed) internal {
        uint256 number = block.number;
        bytes memory header = encodeHeader(number, block.timestamp, 1 gwei + number, keccak256(abi.encode("mix", number)));
        l1Header[number] = header;
        vm.roll(number + 1);
        vm.warp(block.timestamp + elapsed);
        vm.setBlockhash(number, keccak256(header));
        vm.prank(SYSTEM);
        (bool ok,) = HISTORY.call(abi.encode(keccak256(header)));
        assertTrue(ok, "history contract");
    }

    function l1Hash(uint256 number) internal view returns (bytes32) {
        return keccak256(l1Header[number]);
    }

    /// @dev A header of the Prague fork with 21 fields.
    function encodeHeader(uint256 number, uint256 timestamp, uint256 baseFee, bytes32 mixHash) internal pure returns (bytes memory) {
        bytes[] memory fields = new bytes[](21);
        for (uint256 i = 0; i < 21; ++i) fields[i] = RLP.encode(keccak256(abi.encode(i, number)));
        fields[2] = RLP.encode(address(uint160(number + 1)));
        fields[6] = RLP.encode(new bytes(256));
        fields[7] = RLP.encode(uint256(0));
        fields[8] = RLP.encode(number);
        fields[9] = RLP.encode(uint256(36_000_000));
        fields[10] = RLP.encode(uint256(0));
        fields[11] = RLP.encode(timestamp);
        fields[12] = RLP.encode(bytes("crema"));
        fields[13] = RLP.encode(mixHash);
        fields[14] = RLP.encode(new bytes(8));
        fields[15] = RLP.encode(baseFee);
        fields[17] = RLP.encode(uint256(0));
        fields[18] = RLP.encode(uint256(0));
        return RLP.encode(fields);
    }
}
