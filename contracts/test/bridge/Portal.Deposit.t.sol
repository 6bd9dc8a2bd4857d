// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ResourceMetering} from "../../src/bridge/ResourceMetering.sol";
import {IPortal} from "../../src/interfaces/IPortal.sol";
import {AddressAliasing} from "../../src/libraries/AddressAliasing.sol";
import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract PortalDepositTest is RollupTest {
    using AppendOnlyTree for AppendOnlyTree.Tree;

    AppendOnlyTree.Tree internal expectedTree;

    function _depositHash(uint64 index, address from, address to, bool isCreation, uint256 mint, uint256 value, uint64 gasLimit, bytes memory data)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(Tags.DEPOSIT, index, from, to, isCreation, mint, value, gasLimit, keccak256(data)));
    }

    function testFuzz_depositTransaction_queuesAndEmits_succeeds(
        address to,
        uint96 mint,
        uint256 value,
        uint64 gasLimit,
        bool isCreation,
        bytes memory data
    ) public {
        if (isCreation) to = address(0);
        gasLimit = uint64(bound(gasLimit, portal.minimumCreationGasLimit(uint64(data.length)), 8_000_000));
        vm.deal(ALICE, mint);
        bytes32 hash = _depositHash(0, ALICE, to, isCreation, mint, value, gasLimit, data);
        vm.expectEmit(address(portal));
        emit IPortal.TransactionDeposited(ALICE, to, 0, abi.encodePacked(uint256(mint), value, gasLimit, isCreation, data));
        vm.expectEmit(address(portal));
        emit IPortal.DepositQueued(0, hash, 1000, START);
        vm.prank(ALICE, ALICE);
        portal.depositTransaction{value: mint}(to, value, gasLimit, isCreation, data);
        expectedTree.append(hash);
        assertEq(portal.depositCount(), 1);
        assertEq(portal.depositRoot(), expectedTree.root());
        assertEq(address(portal).balance, mint);
        (uint64 l1Block, uint64 l1Timestamp, uint128 cumulativeGas) = portal.queuedDeposit(0);
        assertEq(l1Block, 1000);
        assertEq(l1Timestamp, START);
        assertEq(cumulativeGas, gasLimit);
    }

    function test_depositTransaction_contract_isAliased_succeeds() public {
        address from = AddressAliasing.toL2(address(this));
        assertEq(AddressAliasing.toL1(from), address(this));
        vm.expectEmit(address(portal));
        emit IPortal.TransactionDeposited(from, BOB, 0, abi.encodePacked(uint256(0), uint256(1), uint64(21_000), false));
        portal.depositTransaction(BOB, 1, 21_000, false, "");
    }

    function test_aliasing_wrapsAround_works() public pure {
        assertEq(AddressAliasing.toL2(address(0)), 0x1111000000000000000000000000000000001111);
        assertEq(AddressAliasing.toL2(address(type(uint160).max)), 0x1111000000000000000000000000000000001110);
    }

    function test_receive_depositsToSender_succeeds() public {
        vm.expectEmit(address(portal));
        emit IPortal.TransactionDeposited(ALICE, ALICE, 0, abi.encodePacked(uint256(1 ether), uint256(1 ether), uint64(100_000), false));
        vm.prank(ALICE, ALICE);
        (bool success,) = address(portal).call{value: 1 ether}("");
        assertTrue(success, "received");
    }

    function test_donateETH_queuesNothing_succeeds() public {
        vm.prank(ALICE);
        portal.donateETH{value: 1 ether}();
        assertEq(portal.depositCount(), 0);
        assertEq(address(portal).balance, 1 ether);
    }

    function test_depositTransaction_paused_goesOn_succeeds() public {
        vm.prank(GUARDIAN);
        guardianPause.pause();
        portal.depositTransaction(BOB, 0, 21_000, false, "");
        assertEq(portal.depositCount(), 1);
    }

    function testFuzz_depositTransaction_gasTooLow_reverts(uint16 length, uint64 gasLimit, bool isCreation) public {
        length = uint16(bound(length, 0, 32_768));
        uint64 minimum = isCreation ? portal.minimumCreationGasLimit(length) : portal.minimumGasLimit(length);
        gasLimit = uint64(bound(gasLimit, 0, minimum - 1));
        vm.expectRevert(abi.encodeWithSelector(IPortal.GasLimitTooLow.selector, gasLimit, minimum));
        portal.depositTransaction(address(0), 0, gasLimit, isCreation, new bytes(length));
    }

    /// @dev Against the definitions: EIP-2028, EIP-7623 and EIP-3860 for data without a zero byte.
    function testFuzz_minimumGasLimit_coversIntrinsicAndFloor_works(uint16 length) public view {
        uint256 words = (uint256(length) + 31) / 32;
        uint256 floor = 21_000 + 10 * 4 * uint256(length);
        uint256 call_ = 21_000 + 16 * uint256(length);
        uint256 creation = 53_000 + 16 * uint256(length) + 2 * words;
        assertEq(portal.minimumGasLimit(length), call_ > floor ? call_ : floor);
        assertEq(portal.minimumCreationGasLimit(length), creation > floor ? creation : floor);
    }

    function test_depositTransaction_gasTooHigh_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IPortal.GasLimitTooHigh.selector, 8_000_001, 8_000_000));
        portal.depositTransaction(BOB, 0, 8_000_001, false, "");
    }

    function test_depositTransaction_dataSize_boundary_works() public {
        portal.depositTransaction(BOB, 0, 8_000_000, false, new bytes(32_768));
        vm.expectRevert(abi.encodeWithSelector(IPortal.DataTooLarge.selector, 32_769, 32_768));
        portal.depositTransaction(BOB, 0, 8_000_000, false, new bytes(32_769));
    }

    function test_depositTransaction_creationWithTarget_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IPortal.BadCreationTarget.selector, BOB));
        portal.depositTransaction(BOB, 0, 100_000, true, "");
    }

    function test_depositTransaction_blockSoldOut_reverts() public {
        vm.fee(100 gwei);
        portal.depositTransaction(BOB, 0, 8_000_000, false, "");
        portal.depositTransaction(BOB, 0, 8_000_000, false, "");
        vm.expectRevert(ResourceMetering.OutOfGas.selector);
        portal.depositTransaction(BOB, 0, 4_000_001, false, "");
        portal.depositTransaction(BOB, 0, 4_000_000, false, "");
        vm.roll(block.number + 1);
        portal.depositTransaction(BOB, 0, 8_000_000, false, "");
    }

    /// @dev The binary search against a scan that follows the definition.
    function testFuzz_depositEnd_matchesScan_works(
        uint256 seed,
        uint64 start,
        uint64 maxBlock,
        uint64 maxTimestamp,
        uint64 maxCount,
        uint128 maxGas
    ) public {
        vm.fee(1000 gwei);
        uint64 count = uint64(seed % 12);
        for (uint64 i = 0; i < count; ++i) {
            uint256 step = uint256(keccak256(abi.encode(seed, i)));
            vm.roll(block.number + step % 3);
            vm.warp(block.timestamp + (step >> 8) % 5);
            portal.depositTransaction(BOB, 0, uint64(21_000 + (step >> 16) % 1_000_000), false, "");
        }
        start = uint64(bound(start, 0, count + 2));
        if (maxBlock % 4 != 0) maxBlock = uint64(bound(maxBlock, 999, block.number + 1));
        if (maxTimestamp % 4 != 0) maxTimestamp = uint64(bound(maxTimestamp, START - 1, block.timestamp + 1));
        if (maxCount % 4 != 0) maxCount = uint64(bound(maxCount, 0, count + 1));
        if (maxGas % 4 != 0) maxGas = uint128(bound(maxGas, 0, 6_000_000));
        uint64 end = portal.depositEnd(start, maxBlock, maxTimestamp, maxCount, maxGas);
        assertEq(end, _scan(start, maxBlock, maxTimestamp, maxCount, maxGas));
    }

    function _scan(uint64 start, uint64 maxBlock, uint64 maxTimestamp, uint64 maxCount, uint128 maxGas)
        internal
        view
        returns (uint64 end)
    {
        end = start;
        uint256 used = 0;
        while (end < portal.depositCount() && end - start < maxCount) {
            (uint64 l1Block, uint64 l1Timestamp, uint128 cumulativeGas) = portal.queuedDeposit(end);
            uint128 before = 0;
            if (end > 0) (,, before) = portal.queuedDeposit(end - 1);
            used += cumulativeGas - before;
            if (l1Block > maxBlock || l1Timestamp > maxTimestamp || used > maxGas) break;
            ++end;
        }
    }
}
