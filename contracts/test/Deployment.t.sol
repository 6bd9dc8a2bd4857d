// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BlockState} from "../src/types/Assertion.sol";
import {WholeRollup} from "./utils/WholeRollup.sol";

/// @dev What a deployment is, and what users can do with it alone.
contract DeploymentTest is WholeRollup {
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
