// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Portal} from "../../src/bridge/Portal.sol";
import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {InboxLeaf} from "../../src/types/Inbox.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

/// @dev The Inbox over the real Portal, which is deployed after it at the address foreseen.
contract InboxPortalTest is SequencerFixture {
    Portal private portal;

    function setUp() public override {
        // The fixture makes two registries, a deposit list and the Inbox first.
        portal = Portal(payable(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 4)));
        super.setUp();
        Portal made = new Portal(IAssertionChain(address(1)), address(2), IGuardianPause(address(3)), address(4));
        assertEq(address(made), address(portal));
        assertEq(address(inbox.depositQueue()), address(portal));
    }

    function depositQueue() internal view override returns (address) {
        return address(portal);
    }

    /// @dev The same deposit in the Portal and in the list that takes the interface literally.
    function _deposit(uint64 gasLimit) private {
        portal.depositTransaction(address(0xCAFE), 0, gasLimit, false, "");
        deposits.deposit(gasLimit);
    }

    function test_appendBatch_overPortal_works() public {
        for (uint256 i = 0; i < 3; ++i) _deposit(1_000_000);
        mine(12);
        _deposit(21_000);
        orderMany(1, hex"00000001aa");
        InboxLeaf memory leaf = appendAndRead(batchOf(1, 1, block.number - 1))[0];
        assertEq(leaf.depositStart, 0);
        assertEq(leaf.depositEnd, 3);
        assertEq(leaf.depositRoot, portal.depositRoot());

        mine(FORCE_DELAY);
        vm.recordLogs();
        inbox.forceInclude(l1Header[block.number - 1]);
        leaf = readLeaves()[0];
        assertEq(leaf.depositStart, 3);
        assertEq(leaf.depositEnd, 4);
        assertEq(leaf.depositRoot, portal.depositRoot());
    }

    function testFuzz_depositEnd_portalLikeTheList_works(uint256 seed, uint64[5] memory arguments) public {
        uint256 firstBlock = block.number;
        uint256 firstTime = block.timestamp;
        uint256 count = bound(seed, 1, 24);
        for (uint256 i = 0; i < count; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _deposit(uint64(bound(seed, 21_000, 900_000)));
            if (seed & 3 == 0) mine(seed >> 250);
        }
        uint64 start = uint64(bound(arguments[0], 0, count));
        uint64 maxBlock = uint64(bound(arguments[1], firstBlock - 1, block.number + 1));
        uint64 maxTimestamp = uint64(bound(arguments[2], firstTime - 1, block.timestamp + 1));
        uint64 maxCount = uint64(bound(arguments[3], 0, count + 1));
        uint128 maxGas = uint128(bound(arguments[4], 0, count * 900_000));
        assertEq(
            portal.depositEnd(start, maxBlock, maxTimestamp, maxCount, maxGas),
            deposits.depositEnd(start, maxBlock, maxTimestamp, maxCount, maxGas)
        );
        assertEq(portal.depositCount(), deposits.depositCount());
    }
}
