// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssertionChain} from "../../src/assertion/AssertionChain.sol";
import {BondVault} from "../../src/assertion/BondVault.sol";
import {GuardianPause} from "../../src/assertion/GuardianPause.sol";
import {DisputeManager} from "../../src/dispute/DisputeManager.sol";
import {VerifierSchedule} from "../../src/dispute/VerifierSchedule.sol";
import {GameFacade} from "../../src/bridge/GameFacade.sol";
import {Portal} from "../../src/bridge/Portal.sol";
import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {Assertions} from "../../src/libraries/Assertions.sol";
import {TraceTree} from "../../src/libraries/TraceTree.sol";
import {Assertion, BlockState, STATUS_ASSERTION_END} from "../../src/types/Assertion.sol";
import {AssertionConfig} from "../../src/types/AssertionConfig.sol";
import {LastLeafProof} from "../../src/types/Dispute.sol";
import {LeafTree} from "./LeafTree.sol";
import {Test} from "./Test.sol";
import {ToyVerifier} from "./ToyVerifier.sol";

/// @dev A whole rollup but its ordering: assertion chain, disputes over a toy machine, vault, pause, portal and facade, wired by predicted addresses.
abstract contract RollupTest is Test {
    uint64 internal constant A = 1 hours;
    uint64 internal constant GRACE = 5 minutes;
    uint64 internal constant VERIFIER_DELAY = A + 7 days;
    uint256 internal constant MAX_GAS_PRICE = 9 gwei;
    uint256 internal constant STAKE = 0.5 ether;
    uint64 internal constant MAX_BLOCKS = 8;
    uint64 internal constant MAX_GAS = 1_000_000;
    uint64 internal constant PERIOD = 1 minutes;
    uint64 internal constant MAX_PAUSE = 10 minutes;
    uint64 internal constant COOLDOWN = 30 minutes;
    uint64 internal constant GENESIS_NUMBER = 100;
    uint64 internal constant START = 1_700_000_000;
    address internal constant GUARDIAN = address(0x9a);
    address internal constant UPGRADER = address(0x0b6);
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);

    LeafTree internal inbox;
    GuardianPause internal guardianPause;
    BondVault internal vault;
    AssertionChain internal chain;
    DisputeManager internal disputes;
    VerifierSchedule internal verifiers;
    ToyVerifier internal toy;
    GameFacade internal facade;
    Portal internal portal;
    bytes32 internal genesisId;

    /// @dev End states by assertion id, as agents remember them.
    mapping(bytes32 id => BlockState) internal states;

    function setUp() public virtual {
        vm.warp(START);
        vm.roll(1000);
        vm.deal(ALICE, 1000 ether);
        vm.deal(BOB, 1000 ether);
        BlockState memory genesis = BlockState({
            number: GENESIS_NUMBER,
            blockHash: keccak256("genesis block"),
            stateRoot: keccak256("genesis state"),
            withdrawalsRoot: keccak256("genesis withdrawals"),
            inboxCount: 0,
            gasSinceAssertionStart: 0,
            status: STATUS_ASSERTION_END
        });
        _deploy(genesis);
        states[genesisId] = genesis;
    }

    function _deploy(BlockState memory genesis) internal {
        inbox = new LeafTree();
        guardianPause = new GuardianPause(GUARDIAN, MAX_PAUSE, COOLDOWN);
        toy = new ToyVerifier();
        verifiers = new VerifierSchedule(UPGRADER, VERIFIER_DELAY, address(toy));
        uint64 nonce = vm.getNonce(address(this));
        address chainAddress = vm.computeCreateAddress(address(this), nonce + 1);
        disputes = DisputeManager(vm.computeCreateAddress(address(this), nonce + 2));
        vault = new BondVault(IAssertionChain(chainAddress), address(disputes));
        chain = new AssertionChain(_config(), genesis);
        assertEq(address(chain), chainAddress);
        assertEq(address(new DisputeManager(chain, vault, MAX_GAS_PRICE)), address(disputes));
        facade = new GameFacade(chain);
        portal = new Portal(chain, address(vault), IGuardianPause(guardianPause), address(facade));
        genesisId = chain.genesisId();
    }

    function _config() internal view returns (AssertionConfig memory) {
        return AssertionConfig({
            inbox: address(inbox),
            bondVault: address(vault),
            guardianPause: address(guardianPause),
            disputeManager: address(disputes),
            verifierSchedule: address(verifiers),
            challengePeriod: A,
            gracePeriod: GRACE,
            stake: STAKE,
            maxBlocks: MAX_BLOCKS,
            maxGas: MAX_GAS,
            minAssertionPeriod: PERIOD,
            lane: 901
        });
    }

    /// @dev A state `blocks` after `parentId`; `salt` tells honest from other claims.
    function _end(bytes32 parentId, uint64 blocks, bytes32 salt) internal view returns (BlockState memory) {
        BlockState memory parent = states[parentId];
        return BlockState({
            number: parent.number + blocks,
            blockHash: keccak256(abi.encode("block", parentId, salt)),
            stateRoot: keccak256(abi.encode("state", parentId, salt)),
            withdrawalsRoot: keccak256(abi.encode("withdrawals", parentId, salt)),
            inboxCount: parent.inboxCount + blocks,
            gasSinceAssertionStart: 0,
            status: STATUS_ASSERTION_END
        });
    }

    function _propose(address who, bytes32 parentId, BlockState memory end, bytes32 bondId) internal returns (bytes32 id) {
        id = chain.assertionIdOf(parentId, end);
        vm.prank(who);
        chain.propose{value: bondId == 0 ? STAKE : 0}(id, parentId, end, bondId);
        states[id] = end;
    }

    function _rival(address who, bytes32 parentId, BlockState memory end, bytes32 bondId) internal returns (bytes32 id) {
        id = chain.assertionIdOf(parentId, end);
        (bytes32 traceRoot, LastLeafProof memory proof) = _idleTrace(end, "trace");
        vm.prank(who);
        chain.proposeRival{value: bondId == 0 ? STAKE : 0}(id, parentId, end, traceRoot, proof, bondId);
        states[id] = end;
    }

    /// @dev A trace that ends in `end`; `salt` tells one from another. Nobody can move far for it.
    function _idleTrace(BlockState memory end, bytes32 salt) internal pure returns (bytes32 root, LastLeafProof memory proof) {
        proof.segmentsRoot = salt;
        proof.siblings = new bytes32[](TraceTree.BLOCK_DEPTH);
        root = TraceTree.blockLeaf(Assertions.stateHash(end), salt);
        for (uint256 height = 0; height < TraceTree.BLOCK_DEPTH; ++height) {
            proof.siblings[height] = root;
            root = TraceTree.repeat(root, 1);
        }
    }

    /// @dev Lets the Inbox grow by `leaves`, the least period pass, and `who` propose them under a new bond.
    function _advance(address who, bytes32 parentId, uint64 leaves) internal returns (bytes32) {
        inbox.append(leaves);
        vm.warp(block.timestamp + PERIOD);
        return _propose(who, parentId, _end(parentId, leaves, "honest"), 0);
    }

    function _confirm(bytes32 id) internal {
        if (block.timestamp < chain.confirmableAt(id)) vm.warp(chain.confirmableAt(id));
        chain.confirm(id, states[id]);
    }

    function _bondOf(bytes32 id) internal view returns (bytes32) {
        return chain.assertion(id).bondId;
    }
}
