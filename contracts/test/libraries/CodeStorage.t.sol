// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CodeStorage} from "../../src/libraries/CodeStorage.sol";
import {Test} from "../utils/Test.sol";

contract CodeStorageTest is Test {
    function write(bytes calldata data) external returns (address) {
        return CodeStorage.write(data);
    }

    function testFuzz_write_read_works(bytes memory data) public {
        address pointer = CodeStorage.write(data);
        assertEq(CodeStorage.read(pointer), data);
        assertEq(pointer.code, bytes.concat(hex"00", data));
        (bool ok, bytes memory returned) = pointer.call(data);
        assertTrue(ok && returned.length == 0, "runs nothing");
    }

    function test_write_largest_works() public {
        bytes memory data = new bytes(24_575);
        data[24_574] = 0xff;
        assertEq(CodeStorage.read(CodeStorage.write(data)), data);
    }

    function test_write_tooLarge_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(CodeStorage.DataTooLong.selector, 24_576));
        this.write(new bytes(24_576));
    }
}
