// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Inbox} from "../../src/inbox/Inbox.sol";
import {LeafStore} from "../../src/inbox/LeafStore.sol";
import {ICommitteeRegistry} from "../../src/interfaces/ICommitteeRegistry.sol";
import {ILaneRegistry} from "../../src/interfaces/ILaneRegistry.sol";
import {InboxConfig, Origin} from "../../src/types/Inbox.sol";
import {NaiveTree} from "../utils/NaiveTree.sol";
import {SequencerFixture} from "../utils/SequencerFixture.sol";

contract InboxConstructorTest is SequencerFixture {
    function _config() private view returns (InboxConfig memory config) {
        config = inboxConfig();
        config.lane = LANE + 5;
    }

    function test_constructor_getters_succeeds() public {
        InboxConfig memory config = _config();
        Inbox made = new Inbox(config);
        assertEq(address(made.laneRegistry()), address(lanes));
        assertEq(address(made.committeeRegistry()), address(committees));
        assertEq(address(made.depositQueue()), address(deposits));
        assertEq(made.lane(), LANE + 5);
        assertEq(made.setId(), setId);
        assertEq(made.forceDelay(), FORCE_DELAY);
        assertEq(made.l2BlockGasLimit(), L2_GAS_LIMIT);
        assertEq(made.genesisTimestamp(), block.timestamp);
        assertEq(made.genesisOriginNumber(), block.number - 1);
        assertEq(made.genesisOriginHash(), blockhash(block.number - 1));
        assertEq(lanes.inboxOf(LANE + 5), address(made));
    }

    function test_constructor_startsEmpty_succeeds() public {
        assertEq(inbox.count(), 0);
        assertEq(inbox.root(), NaiveTree.zero(32));
        (bytes32 laneTip, uint64 laneHeight) = inbox.lanePosition();
        assertEq(laneTip, tips[0]);
        assertEq(laneHeight, 0);
        (uint64 timestamp, Origin memory origin, uint64 depositEnd) = inbox.lastLeaf();
        assertEq(timestamp, block.timestamp);
        assertEq(depositEnd, 0);
        assertEq(origin.number, block.number - 1);
        assertEq(origin.hash, l1Hash(block.number - 1));
        assertEq(origin.timestamp, block.timestamp - 12);
        assertEq(origin.baseFee, 1 gwei + block.number - 1);
        assertEq(origin.mixHash, keccak256(abi.encode("mix", block.number - 1)));
    }

    function test_constructor_originInHistoryContract_succeeds() public {
        InboxConfig memory config = _config();
        for (uint256 i = 0; i < 300; ++i) mine(12);
        assertEq(blockhash(uint256(1_000)), bytes32(0));
        assertEq(new Inbox(config).genesisOriginNumber(), 1_000);
    }

    function test_constructor_originTooOld_reverts() public {
        InboxConfig memory config = _config();
        vm.roll(block.number + 8_191);
        vm.expectRevert(
            abi.encodeWithSelector(LeafStore.UnknownGenesisOrigin.selector, 1_000, keccak256(config.genesisOriginHeader))
        );
        new Inbox(config);
    }

    function test_constructor_originOfOtherChain_reverts() public {
        InboxConfig memory config = _config();
        config.genesisOriginHeader = encodeHeader(block.number - 1, 1, 1, 0);
        vm.expectPartialRevert(LeafStore.UnknownGenesisOrigin.selector);
        new Inbox(config);
    }

    function test_constructor_originOfNow_reverts() public {
        InboxConfig memory config = _config();
        config.genesisOriginHeader = encodeHeader(block.number, 1, 1, 0);
        vm.expectPartialRevert(LeafStore.UnknownGenesisOrigin.selector);
        new Inbox(config);
    }

    function test_constructor_genesisAMinuteAhead_succeeds() public {
        InboxConfig memory config = _config();
        config.genesisTimestamp = uint64(block.timestamp + 60);
        assertEq(new Inbox(config).genesisTimestamp(), block.timestamp + 60);
    }

    function test_constructor_genesisTooLate_reverts() public {
        InboxConfig memory config = _config();
        config.genesisTimestamp = uint64(block.timestamp + 61);
        vm.expectRevert(
            abi.encodeWithSelector(
                LeafStore.GenesisTimestampTooLate.selector, block.timestamp + 61, block.timestamp + 60
            )
        );
        new Inbox(config);
    }

    function test_constructor_laneTaken_reverts() public {
        InboxConfig memory config = inboxConfig();
        vm.expectRevert(abi.encodeWithSelector(ILaneRegistry.LaneTaken.selector, LANE, address(inbox)));
        new Inbox(config);
    }

    function test_constructor_unknownSet_reverts() public {
        InboxConfig memory config = _config();
        config.setId = "none";
        vm.expectRevert(abi.encodeWithSelector(ICommitteeRegistry.UnknownSet.selector, bytes32("none")));
        new Inbox(config);
    }

    function test_constructor_zeroes_reverts() public {
        InboxConfig memory config = _config();
        config.depositQueue = address(0);
        vm.expectRevert(LeafStore.ZeroDepositQueue.selector);
        new Inbox(config);
    }

    /// @dev The largest deposit fits a leaf, or it would stop the queue for ever.
    function testFuzz_constructor_blockGasLimit_works(uint64 limit) public {
        InboxConfig memory config = _config();
        config.l2BlockGasLimit = 16_000_000;
        assertEq(new Inbox(config).l2BlockGasLimit(), 16_000_000);
        config.lane += 1;
        config.l2BlockGasLimit = limit % 2 == 0 ? 15_999_999 : uint64(bound(limit, 0, 15_999_999));
        vm.expectRevert(
            abi.encodeWithSelector(LeafStore.BlockGasLimitTooLow.selector, config.l2BlockGasLimit, 16_000_000)
        );
        new Inbox(config);
    }

    function test_constructor_size_works() public view {
        assertTrue(address(inbox).code.length < 24_576, "Inbox");
        assertTrue(address(committees).code.length < 24_576, "CommitteeRegistry");
        assertTrue(address(lanes).code.length < 24_576, "LaneRegistry");
    }
}
