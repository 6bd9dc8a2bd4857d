// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {AssertionChain} from "../../src/assertion/AssertionChain.sol";
import {BondVault} from "../../src/assertion/BondVault.sol";
import {AssertionStatus, Children} from "../../src/types/Assertion.sol";
import {Test} from "../utils/Test.sol";
import {RollupHandler} from "./RollupHandler.sol";
import {RollupView} from "./RollupView.sol";

/// @dev PROPERTIES.md says in words what each invariant means.
/// forge-config: default.invariant.depth = 128
contract RollupInvariants is Test {
    RollupView internal handler;

    function setUp() public {
        handler = new RollupView();
        handler.setUp();
        bytes4[] memory selectors = new bytes4[](12);
        selectors[0] = RollupHandler.wait.selector;
        selectors[1] = RollupHandler.grow.selector;
        selectors[2] = RollupHandler.propose.selector;
        selectors[3] = RollupHandler.rival.selector;
        selectors[4] = RollupHandler.confirm.selector;
        selectors[5] = RollupHandler.release.selector;
        selectors[6] = RollupHandler.claim.selector;
        selectors[7] = RollupHandler.pause.selector;
        selectors[8] = RollupHandler.deposit.selector;
        selectors[9] = RollupHandler.prove.selector;
        selectors[10] = RollupHandler.finalize.selector;
        selectors[11] = RollupHandler.wait.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector({addr: address(handler), selectors: selectors}));
    }

    function invariant_noCallBrokeARule() public view {
        string memory what = handler.broken();
        assertTrue(bytes(what).length == 0, what);
    }

    function invariant_vaultIsSolvent() public view {
        BondVault vault = handler.vault_();
        uint256 credits = 0;
        for (uint256 i = 0; i < 3; ++i) {
            credits += vault.credit(handler.actor(i));
        }
        assertEq(vault.activeBonds() * handler.stake_() + credits, address(vault).balance);
        assertEq(vault.totalBonded(), vault.activeBonds() * handler.stake_());
        assertEq(vault.totalCredit(), credits);
        assertEq(handler.bondCount() * handler.stake_(), address(vault).balance + handler.claimed(), "nothing lost");
    }

    function invariant_aBondPaysAtMostOnce() public view {
        uint256 active = 0;
        for (uint256 i = 0; i < handler.bondCount(); ++i) {
            bytes32 bondId = handler.bondIds(i);
            bool released = handler.vault_().bond(bondId).status == IBondVault.BondStatus.Released;
            assertEq(handler.releases(bondId), released ? 1 : 0);
            if (!released) ++active;
        }
        assertEq(handler.vault_().activeBonds(), active);
    }

    function invariant_oneConfirmedChildAtMost() public view {
        AssertionChain chain = handler.chain_();
        uint256 confirmed = 0;
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            bytes32 id = handler.ids(i);
            assertTrue(handler.confirmedChildren(id) <= 1, "two confirmed children");
            if (chain.assertion(id).status == AssertionStatus.Confirmed) {
                ++confirmed;
                assertTrue(chain.isListed(id), "confirmed, not listed");
            }
        }
        assertEq(chain.assertion(chain.latestConfirmed()).depth, confirmed - 1, "confirmed ones form one line");
    }

    function invariant_theLineHasNoRivals() public view {
        AssertionChain chain = handler.chain_();
        uint256 length = chain.lineLength();
        for (uint256 depth = 0; depth < length; ++depth) {
            Children memory below = chain.children(chain.lineAt(depth));
            if (depth + 1 < length) {
                assertEq(below.firstChildId, chain.lineAt(depth + 1));
                assertEq(below.firstRivalAt, 0, "a listed child has a rival");
            } else {
                assertTrue(below.firstChildId == 0 || below.firstRivalAt != 0, "an unrivalled child is missing");
            }
        }
        assertEq(chain.lineAt(length), bytes32(0));
    }

    function invariant_finalizedAtMostOnce() public view {
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 hash = handler.withdrawalHash(i);
            assertEq(handler.finalizations(hash), handler.portal_().finalizedWithdrawals(hash) ? 1 : 0);
        }
    }

    function invariant_portalPaysOnlyFinalizedWithdrawals() public view {
        assertEq(address(handler.portal_()).balance, 1 ether + handler.depositedMint() - handler.paidOut());
    }

    function invariant_aPauseExpires() public view {
        assertTrue(handler.pause_().pausedUntil() <= block.timestamp + handler.pause_().maxPause(), "too long");
        assertTrue(handler.pause_().coolsDownAt() >= handler.pause_().pausedUntil(), "time between two pauses");
    }

    function invariant_depositsAreMonotone() public view {
        uint128 lastGas = 0;
        uint64 lastBlock = 0;
        uint64 lastTime = 0;
        for (uint64 i = 0; i < handler.portal_().depositCount(); ++i) {
            (uint64 l1Block, uint64 l1Time, uint128 cumulativeGas) = handler.portal_().queuedDeposit(i);
            assertTrue(cumulativeGas > lastGas && l1Block >= lastBlock && l1Time >= lastTime, "not monotone");
            (lastGas, lastBlock, lastTime) = (cumulativeGas, l1Block, l1Time);
        }
    }

    /// @dev Every action can succeed, so the invariants above say something.
    function test_handler_reachesEverything_works() public {
        handler.deposit(0, 100_000, 1e15);
        handler.pause(true);
        handler.pause(false);
        handler.grow(2);
        handler.wait(1000);
        while (handler.provable() < 2) {
            handler.propose(0, 1, false);
            handler.grow(1);
            handler.wait(1000);
        }
        handler.prove(0, handler.provenIndex(), 1 | handler.provenBack() << 8);
        while (handler.chain_().latestConfirmed() != handler.ids(handler.idCount() - 1)) {
            handler.wait(1799);
            handler.wait(1799);
            handler.wait(1799);
            handler.confirm(0, 1);
        }
        handler.finalize(1, handler.provenIndex(), false, 0);
        handler.release(0);
        handler.claim(0);
        handler.propose(0, 1, true);
        handler.rival(1, 0, bytes32(uint256(8)));
        bytes4[11] memory selectors = [
            RollupHandler.wait.selector,
            RollupHandler.grow.selector,
            RollupHandler.propose.selector,
            RollupHandler.rival.selector,
            RollupHandler.confirm.selector,
            RollupHandler.release.selector,
            RollupHandler.claim.selector,
            RollupHandler.pause.selector,
            RollupHandler.deposit.selector,
            RollupHandler.prove.selector,
            RollupHandler.finalize.selector
        ];
        for (uint256 i = 0; i < selectors.length; ++i) {
            assertTrue(handler.successes(selectors[i]) > 0, vm.toString(i));
        }
        assertEq(bytes(handler.broken()), "");
    }
}
