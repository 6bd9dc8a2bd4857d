// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionChain} from "../../src/assertion/AssertionChain.sol";
import {GuardianPause} from "../../src/assertion/GuardianPause.sol";
import {VerifierSchedule} from "../../src/dispute/VerifierSchedule.sol";
import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {AppendOnlyTree} from "../../src/libraries/AppendOnlyTree.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {Assertion, AssertionStatus, BlockState, Children} from "../../src/types/Assertion.sol";
import {AssertionConfig} from "../../src/types/AssertionConfig.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract AssertionChainProposeTest is RollupTest {
    function _expect(bytes32 parentId, BlockState memory end, bytes memory reason) internal {
        bytes32 id = chain.assertionIdOf(parentId, end);
        vm.prank(ALICE);
        vm.expectRevert(reason);
        chain.propose{value: STAKE}(id, parentId, end, 0);
    }

    function _grow(uint64 leaves) internal {
        inbox.append(leaves);
        vm.warp(block.timestamp + PERIOD);
    }

    function _rules(address verifier) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                Tags.CONFIG, block.chainid, inbox, 901, disputes, verifier, A, GRACE, STAKE, MAX_BLOCKS, MAX_GAS, PERIOD
            )
        );
    }

    function test_constructor_genesis_isConfirmed_works() public view {
        Assertion memory genesis = chain.assertion(genesisId);
        assertEq(chain.latestConfirmed(), genesisId);
        assertEq(uint256(genesis.status), uint256(AssertionStatus.Confirmed));
        assertEq(genesis.l2BlockNumber, GENESIS_NUMBER);
        assertEq(genesis.createdAt, START);
        BlockState memory end = states[genesisId];
        assertEq(genesis.stateHash, keccak256(abi.encode(Tags.BLOCK_STATE, end)));
        assertEq(genesis.outputRoot, keccak256(abi.encode(bytes32(0), end.stateRoot, end.withdrawalsRoot, end.blockHash)));
        bytes32 empty = 0;
        for (uint256 i = 0; i < 32; ++i) {
            empty = AppendOnlyTree.node(empty, empty);
        }
        bytes32 rules = _rules(address(toy));
        assertEq(chain.configHash(), rules);
        rules = _rules(address(0));
        assertEq(genesisId, keccak256(abi.encode(Tags.ASSERTION, bytes32(0), 0, genesis.stateHash, 0, empty, rules)));
        assertEq(inbox.root(), empty, "the id's empty root is the tree's");
        assertTrue(chain.openOutput(genesisId, end), "opens");
        assertTrue(chain.isListed(genesisId), "listed");
        assertEq(chain.lineLength(), 1);
    }

    function test_constructor_badGenesis_reverts() public {
        BlockState memory genesis = states[genesisId];
        AssertionConfig memory config = _config();
        genesis.status = 0;
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WrongEndStatus.selector, 0));
        new AssertionChain(config, genesis);
        genesis.status = 1;
        genesis.inboxCount = 1;
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.BeyondTarget.selector, 1, 0));
        new AssertionChain(config, genesis);
        genesis.inboxCount = 0;
        config.maxBlocks = 4097;
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.BadMaxBlocks.selector, 4097));
        new AssertionChain(config, genesis);
        config.maxBlocks = 0;
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.BadMaxBlocks.selector, 0));
        new AssertionChain(config, genesis);
    }

    function testFuzz_constructor_challengePeriod_works(uint64 period) public {
        BlockState memory genesis = states[genesisId];
        AssertionConfig memory config = _config();
        config.verifierSchedule = address(new VerifierSchedule(address(0), 0, address(toy)));
        config.guardianPause = address(new GuardianPause(GUARDIAN, MAX_PAUSE, MAX_PAUSE + 1));
        config.challengePeriod = 1;
        assertEq(new AssertionChain(config, genesis).challengePeriod(), 1);
        config.challengePeriod = 365 days;
        assertEq(new AssertionChain(config, genesis).challengePeriod(), 365 days);
        config.challengePeriod = period % 4 == 0 ? 0 : uint64(bound(period, 365 days + 1, type(uint64).max));
        vm.expectRevert(
            abi.encodeWithSelector(IAssertionChain.BadChallengePeriod.selector, config.challengePeriod, 365 days)
        );
        new AssertionChain(config, genesis);
    }

    /// @dev Who can name another verifier gives everybody the time to leave; nobody can always.
    function testFuzz_constructor_verifierDelay_works(uint64 period, uint64 delay) public {
        BlockState memory genesis = states[genesisId];
        AssertionConfig memory config = _config();
        config.challengePeriod = uint64(bound(period, 1, 365 days));
        config.guardianPause = address(new GuardianPause(GUARDIAN, MAX_PAUSE, MAX_PAUSE + 1));
        uint64 least = config.challengePeriod + 7 days;
        config.verifierSchedule = address(new VerifierSchedule(UPGRADER, least, address(toy)));
        new AssertionChain(config, genesis);
        delay = uint64(bound(delay, 0, least - 1));
        config.verifierSchedule = address(new VerifierSchedule(UPGRADER, delay, address(toy)));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.VerifierDelayTooShort.selector, delay, least));
        new AssertionChain(config, genesis);
        config.verifierSchedule = address(new VerifierSchedule(address(0), delay, address(toy)));
        new AssertionChain(config, genesis);
    }

    /// @dev What was invalidated at a pause's end cannot be settled anew before the next pause.
    function testFuzz_constructor_cooldown_works(uint64 period, uint64 maxPause, uint64 cooldown) public {
        BlockState memory genesis = states[genesisId];
        AssertionConfig memory config = _config();
        config.verifierSchedule = address(new VerifierSchedule(address(0), 0, address(toy)));
        config.challengePeriod = uint64(bound(period, 1, 365 days));
        maxPause = uint64(bound(maxPause, 0, 7 days));
        uint64 most = maxPause + config.challengePeriod;
        config.guardianPause = address(new GuardianPause(GUARDIAN, maxPause, most));
        new AssertionChain(config, genesis);
        cooldown = uint64(bound(cooldown, most + 1, type(uint64).max));
        config.guardianPause = address(new GuardianPause(GUARDIAN, maxPause, cooldown));
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.CooldownTooLong.selector, cooldown, most));
        new AssertionChain(config, genesis);
    }

    function test_constructor_zeroes_reverts() public {
        BlockState memory genesis = states[genesisId];
        AssertionConfig memory config = _config();
        config.stake = 0;
        vm.expectRevert(IAssertionChain.ZeroStake.selector);
        new AssertionChain(config, genesis);
        config = _config();
        config.maxGas = 0;
        vm.expectRevert(IAssertionChain.ZeroMaxGas.selector);
        new AssertionChain(config, genesis);
    }

    function test_propose_firstChild_storesAndEmits_succeeds() public {
        _grow(3);
        BlockState memory end = _end(genesisId, 3, "honest");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        bytes32 bondId = keccak256(abi.encode(Tags.BOND, ALICE, id));
        bytes32 root = inbox.root();
        vm.expectEmit(address(chain));
        emit IAssertionChain.TargetFixed(genesisId, 3, root);
        vm.expectEmit(address(chain));
        emit IAssertionChain.AssertionProposed(id, genesisId, ALICE, end, 3, root, bondId);
        vm.prank(ALICE);
        chain.propose{value: STAKE}(id, genesisId, end, 0);

        Assertion memory made = chain.assertion(id);
        assertEq(made.parentId, genesisId);
        assertEq(made.outputRoot, keccak256(abi.encode(bytes32(0), end.stateRoot, end.withdrawalsRoot, end.blockHash)));
        assertEq(made.l2BlockNumber, end.number);
        assertEq(made.inboxCount, 3);
        assertEq(made.createdAt, block.timestamp);
        assertEq(made.depth, 1);
        assertEq(uint256(made.status), uint256(AssertionStatus.Pending));
        assertEq(made.proposer, ALICE);
        assertEq(made.bondId, bondId);
        end.status = 0;
        assertEq(made.startHash, keccak256(abi.encode(Tags.BLOCK_STATE, end)), "a child's trace starts");
        end.status = 1;
        Children memory below = chain.children(genesisId);
        assertEq(below.firstChildId, id);
        assertEq(below.firstChildAt, block.timestamp);
        assertEq(below.verifier, address(toy));
        assertEq(below.targetRoot, root);
        assertEq(chain.children(id).targetFixed, false, "nothing beyond it yet");
        assertEq(vault.totalBonded(), STAKE);
        assertEq(chain.confirmableAt(id), uint64(block.timestamp) + A);
        assertEq(chain.openOutput(id, end), false);
    }

    function testFuzz_blockNumberGetter_answers_works(uint64 blocks, bytes4 selector) public {
        blocks = uint64(bound(blocks, 1, MAX_BLOCKS));
        bytes32 id = _advance(ALICE, genesisId, blocks);
        address getter = chain.assertion(id).blockNumberGetter;
        assertEq(getter.code.length, 39);
        (bool success, bytes memory answer) = getter.staticcall(abi.encodeWithSelector(selector));
        assertTrue(success, "answers any call");
        assertEq(abi.decode(answer, (uint256)), GENESIS_NUMBER + blocks);
    }

    function test_propose_secondFirstChild_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        BlockState memory other = _end(genesisId, 1, "other");
        _expect(genesisId, other, abi.encodeWithSelector(IAssertionChain.HasFirstChild.selector, genesisId, id));
        _expect(genesisId, states[id], abi.encodeWithSelector(IAssertionChain.HasFirstChild.selector, genesisId, id));
    }

    function test_propose_unknownParent_reverts() public {
        _grow(1);
        BlockState memory end = _end(genesisId, 1, "honest");
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnknownAssertion.selector, bytes32("p")));
        chain.propose("x", "p", end, 0);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnknownAssertion.selector, bytes32("p")));
        chain.assertionIdOf("p", end);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnknownAssertion.selector, bytes32("p")));
        chain.fixTarget("p");
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnknownAssertion.selector, bytes32("p")));
        chain.confirmableAt("p");
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnknownAssertion.selector, bytes32("p")));
        chain.openOutput("p", end);
    }

    function test_propose_unexpectedId_reverts() public {
        _grow(1);
        BlockState memory end = _end(genesisId, 1, "honest");
        bytes32 stale = chain.assertionIdOf(genesisId, end);
        inbox.append(1);
        end.inboxCount = 2;
        end.number += 1;
        bytes32 id = chain.assertionIdOf(genesisId, end);
        assertTrue(id != stale, "the Inbox is part of the id");
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.UnexpectedId.selector, id, stale));
        chain.propose{value: STAKE}(stale, genesisId, end, 0);
    }

    function test_propose_tooSoon_reverts() public {
        inbox.append(1);
        vm.warp(START + PERIOD - 1);
        _expect(genesisId, _end(genesisId, 1, "honest"), abi.encodeWithSelector(IAssertionChain.TooSoon.selector, START + PERIOD));
    }

    function test_propose_emptyInbox_reverts() public {
        vm.warp(START + PERIOD);
        BlockState memory end = _end(genesisId, 1, "honest");
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.NothingToAssert.selector, genesisId, 0));
    }

    function test_propose_noNewLeaf_reverts() public {
        _grow(1);
        BlockState memory end = _end(genesisId, 0, "honest");
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.NothingToAssert.selector, genesisId, 0));
    }

    function test_propose_wrongEnds_reverts() public {
        _grow(4);
        BlockState memory end = _end(genesisId, 4, "honest");
        end.status = 0;
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.WrongEndStatus.selector, 0));
        end.status = 2;
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.WrongEndStatus.selector, 2));
        end.status = 1;
        end.number += 1;
        _expect(
            genesisId, end, abi.encodeWithSelector(IAssertionChain.WrongEndBlock.selector, GENESIS_NUMBER + 5, GENESIS_NUMBER + 4)
        );
        end = _end(genesisId, 5, "honest");
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.BeyondTarget.selector, 5, 4));
    }

    function test_propose_tooManyBlocks_reverts() public {
        _grow(MAX_BLOCKS + 1);
        BlockState memory end = _end(genesisId, MAX_BLOCKS + 1, "honest");
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.TooManyBlocks.selector, MAX_BLOCKS + 1, MAX_BLOCKS));
    }

    function testFuzz_propose_endCondition_works(uint64 leaves, uint64 blocks, uint64 gasUsed) public {
        leaves = uint64(bound(leaves, 1, 3 * MAX_BLOCKS));
        blocks = uint64(bound(blocks, 1, leaves < MAX_BLOCKS ? leaves : MAX_BLOCKS));
        gasUsed = uint64(bound(gasUsed, 0, 2 * MAX_GAS));
        _grow(leaves);
        BlockState memory end = _end(genesisId, blocks, "honest");
        end.gasSinceAssertionStart = gasUsed;
        if (blocks == leaves || blocks == MAX_BLOCKS || gasUsed >= MAX_GAS) {
            bytes32 id = _propose(ALICE, genesisId, end, 0);
            assertEq(chain.children(id).targetFixed, blocks < leaves, "snapshotted at once if the Inbox is ahead");
        } else {
            _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.EndsTooEarly.selector, blocks, leaves, gasUsed));
        }
    }

    function testFuzz_propose_wrongStake_reverts(uint96 value) public {
        vm.assume(value != STAKE);
        _grow(1);
        BlockState memory end = _end(genesisId, 1, "honest");
        bytes32 id = chain.assertionIdOf(genesisId, end);
        vm.deal(ALICE, value);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WrongStake.selector, value, STAKE));
        chain.propose{value: value}(id, genesisId, end, 0);
    }

    function test_propose_rolledBond_succeeds() public {
        bytes32 first = _advance(ALICE, genesisId, 2);
        bytes32 bondId = _bondOf(first);
        _grow(2);
        bytes32 second = _propose(ALICE, first, _end(first, 2, "honest"), bondId);
        assertEq(_bondOf(second), bondId);
        assertEq(vault.bond(bondId).assertionId, second);
        assertEq(vault.totalBonded(), STAKE, "no new stake");
        assertEq(chain.assertion(second).depth, 2);
    }

    function test_propose_rolledBond_withValueOrForeign_reverts() public {
        bytes32 first = _advance(ALICE, genesisId, 1);
        bytes32 bondId = _bondOf(first);
        _grow(1);
        BlockState memory end = _end(first, 1, "honest");
        bytes32 id = chain.assertionIdOf(first, end);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.WrongStake.selector, 1, 0));
        chain.propose{value: 1}(id, first, end, bondId);
        vm.prank(BOB);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.NotBondOwner.selector, bondId, ALICE, BOB));
        chain.propose(id, first, end, bondId);
    }

    function test_fixTarget_onceAndForAll_succeeds() public {
        inbox.append(2);
        bytes32 root = inbox.root();
        (uint64 count, bytes32 fixedRoot) = chain.fixTarget(genesisId);
        assertEq(count, 2);
        assertEq(fixedRoot, root);
        inbox.append(5);
        (count, fixedRoot) = chain.fixTarget(genesisId);
        assertEq(count, 2);
        assertEq(fixedRoot, root);
        vm.warp(START + PERIOD);
        BlockState memory end = _end(genesisId, 3, "honest");
        _expect(genesisId, end, abi.encodeWithSelector(IAssertionChain.BeyondTarget.selector, 3, 2));
        bytes32 id = _propose(ALICE, genesisId, _end(genesisId, 2, "honest"), 0);
        assertEq(chain.children(id).targetCount, 7, "its own target is the Inbox at its creation");
    }

    function test_fixTarget_inboxNotAhead_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAssertionChain.NothingToAssert.selector, genesisId, 0));
        chain.fixTarget(genesisId);
    }
}
