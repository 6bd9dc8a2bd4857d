// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionChain} from "../src/assertion/AssertionChain.sol";
import {BondVault} from "../src/assertion/BondVault.sol";
import {GuardianPause} from "../src/assertion/GuardianPause.sol";
import {GameFacade} from "../src/bridge/GameFacade.sol";
import {Portal} from "../src/bridge/Portal.sol";
import {Inbox} from "../src/inbox/Inbox.sol";
import {IAssertionChain} from "../src/interfaces/IAssertionChain.sol";
import {CommitteeRegistry} from "../src/ordering/CommitteeRegistry.sol";
import {LaneRegistry} from "../src/ordering/LaneRegistry.sol";
import {BlockState} from "../src/types/Assertion.sol";
import {InboxConfig} from "../src/types/Inbox.sol";
import {L1Blocks} from "./utils/L1Blocks.sol";
import {LeafTree} from "./utils/LeafTree.sol";
import {WithdrawalVectors} from "./utils/WithdrawalVectors.sol";

/// @dev The whole of L1, nothing stood in for, wired in the order of a real deployment by addresses computed from the nonce.
contract DeploymentTest is L1Blocks, WithdrawalVectors {
    uint64 internal constant FORCE_DELAY = 1 hours;

    Inbox internal realInbox;

    function setUp() public override {
        startL1(1000, START);
        mine(12);
        vm.deal(ALICE, 10 ether);
        address[] memory members = new address[](1);
        members[0] = ALICE;
        CommitteeRegistry committees = new CommitteeRegistry();
        LaneRegistry lanes = new LaneRegistry();
        guardianPause = new GuardianPause(GUARDIAN, MAX_PAUSE, COOLDOWN);
        uint64 nonce = vm.getNonce(address(this));
        address chainAddress = vm.computeCreateAddress(address(this), nonce + 1);
        address inboxAddress = vm.computeCreateAddress(address(this), nonce + 2);
        address portalAddress = vm.computeCreateAddress(address(this), nonce + 3);
        address facadeAddress = vm.computeCreateAddress(address(this), nonce + 4);
        inbox = LeafTree(inboxAddress);
        BlockState memory genesis;
        genesis.number = GENESIS_NUMBER;
        genesis.status = 1;
        vault = new BondVault(IAssertionChain(chainAddress));
        chain = new AssertionChain(_config(), genesis);
        realInbox = new Inbox(
            InboxConfig({
                laneRegistry: address(lanes),
                committeeRegistry: address(committees),
                depositQueue: portalAddress,
                lane: 901,
                setId: committees.createSet(members, "salt"),
                forceDelay: FORCE_DELAY,
                genesisTimestamp: uint64(block.timestamp),
                genesisOriginHeader: l1Header[block.number - 1],
                l2BlockGasLimit: 30_000_000
            })
        );
        portal = new Portal(chain, address(vault), guardianPause, facadeAddress);
        facade = new GameFacade(chain);
        genesisId = chain.genesisId();
        states[genesisId] = genesis;
        assertEq(address(realInbox), inboxAddress);
    }

    function test_deployment_referencesReadBack_works() public view {
        assertEq(address(vault.chain()), address(chain));
        assertEq(address(chain.inbox()), address(realInbox));
        assertEq(address(chain.bondVault()), address(vault));
        assertEq(address(chain.guardianPause()), address(guardianPause));
        assertEq(address(portal.assertionChain()), address(chain));
        assertEq(portal.bondVault(), address(vault));
        assertEq(address(portal.guardianPause()), address(guardianPause));
        assertEq(portal.disputeGameFactory(), address(facade));
        assertEq(address(facade.assertionChain()), address(chain));
        assertEq(chain.lane(), realInbox.lane());
    }

    function test_inbox_runtimeCode_isBelowEip170_works() public view {
        assertTrue(address(realInbox).code.length < 24_576, "size");
    }

    /// @dev From a deposit over a forced leaf, an assertion and its confirmation to a paid withdrawal, without the sequencer.
    function test_deployment_depositToWithdrawal_withoutSequencer_works() public {
        Vector memory vector = _vector(2);
        vm.prank(ALICE, ALICE);
        portal.depositTransaction{value: 1 ether}(ALICE, 1 ether, 100_000, false, "");
        mine(12);
        mine(FORCE_DELAY);
        bytes memory header = l1Header[block.number - 1];
        vm.prank(GUARDIAN);
        guardianPause.pause();
        realInbox.forceInclude(header);
        assertEq(realInbox.count(), 1);
        (,, uint64 taken) = realInbox.lastLeaf();
        assertEq(taken, 1, "the deposit is in it");

        BlockState memory end = _end(genesisId, 1, "honest");
        end.withdrawalsRoot = vector.storageRoot;
        bytes32 id = _propose(ALICE, genesisId, end, 0);
        assertEq(chain.children(genesisId).targetRoot, realInbox.root());
        _prove(BOB, vector, id);
        _confirm(id);
        portal.finalizeWithdrawalTransaction(vector.withdrawal);
        assertEq(vector.withdrawal.target.balance, vector.withdrawal.value);
        assertTrue(vector.withdrawal.value > 0, "paid something");
        vm.startPrank(ALICE);
        vault.release(_bondOf(id));
        assertEq(vault.claim(ALICE), STAKE);
        assertEq(ALICE.balance, 10 ether - 1 ether);
    }
}
