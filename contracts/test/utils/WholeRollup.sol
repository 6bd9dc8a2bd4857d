// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionChain} from "../../src/assertion/AssertionChain.sol";
import {BondVault} from "../../src/assertion/BondVault.sol";
import {GuardianPause} from "../../src/assertion/GuardianPause.sol";
import {DisputeManager} from "../../src/dispute/DisputeManager.sol";
import {VerifierSchedule} from "../../src/dispute/VerifierSchedule.sol";
import {GameFacade} from "../../src/bridge/GameFacade.sol";
import {Portal} from "../../src/bridge/Portal.sol";
import {Inbox} from "../../src/inbox/Inbox.sol";
import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {CommitteeRegistry} from "../../src/ordering/CommitteeRegistry.sol";
import {LaneRegistry} from "../../src/ordering/LaneRegistry.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {InboxConfig} from "../../src/types/Inbox.sol";
import {Committee} from "./Committee.sol";
import {L1Blocks} from "./L1Blocks.sol";
import {LeafTree} from "./LeafTree.sol";
import {ToyVerifier} from "./ToyVerifier.sol";
import {WithdrawalVectors} from "./WithdrawalVectors.sol";

/// @dev The whole of L1, nothing stood in for but the step verifier, wired in the order of a real deployment by addresses computed from the nonce.
abstract contract WholeRollup is L1Blocks, Committee, WithdrawalVectors {
    uint64 internal constant FORCE_DELAY = 1 hours;

    Inbox internal realInbox;
    CommitteeRegistry internal committees;
    uint256[] internal keys;
    bytes32 internal setId;

    function setUp() public virtual override {
        startL1(1000, START);
        mine(12);
        vm.deal(ALICE, 10 ether);
        keys = makeKeys("sequencer", 4);
        committees = new CommitteeRegistry();
        setId = committees.createSet(addressesOf(keys), "salt");
        LaneRegistry lanes = new LaneRegistry();
        guardianPause = new GuardianPause(GUARDIAN, MAX_PAUSE, COOLDOWN);
        toy = new ToyVerifier();
        verifiers = new VerifierSchedule(UPGRADER, VERIFIER_DELAY, address(toy));
        uint64 nonce = vm.getNonce(address(this));
        address chainAddress = vm.computeCreateAddress(address(this), nonce + 1);
        address inboxAddress = vm.computeCreateAddress(address(this), nonce + 2);
        address portalAddress = vm.computeCreateAddress(address(this), nonce + 3);
        address facadeAddress = vm.computeCreateAddress(address(this), nonce + 4);
        disputes = DisputeManager(vm.computeCreateAddress(address(this), nonce + 5));
        inbox = LeafTree(inboxAddress);
        BlockState memory genesis;
        genesis.number = GENESIS_NUMBER;
        genesis.status = 1;
        vault = new BondVault(IAssertionChain(chainAddress), address(disputes));
        chain = new AssertionChain(_config(), genesis);
        realInbox = new Inbox(
            InboxConfig({
                laneRegistry: address(lanes),
                committeeRegistry: address(committees),
                depositQueue: portalAddress,
                lane: 901,
                setId: setId,
                forceDelay: FORCE_DELAY,
                genesisTimestamp: uint64(block.timestamp),
                genesisOriginHeader: l1Header[block.number - 1],
                l2BlockGasLimit: 30_000_000
            })
        );
        portal = new Portal(chain, address(vault), guardianPause, facadeAddress);
        facade = new GameFacade(chain);
        assertEq(address(new DisputeManager(chain, vault, MAX_GAS_PRICE)), address(disputes));
        genesisId = chain.genesisId();
        states[genesisId] = genesis;
        assertEq(address(realInbox), inboxAddress);
    }
}
