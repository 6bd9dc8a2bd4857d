// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BondVault} from "../../src/assertion/BondVault.sol";
import {IBondVault} from "../../src/interfaces/IBondVault.sol";
import {Tags} from "../../src/libraries/Tags.sol";
import {RollupTest} from "../utils/RollupTest.sol";

/// @dev Claims again from inside its payment.
contract GreedyOwner {
    BondVault internal immutable vault;
    uint256 public received;

    constructor(BondVault vault_) {
        vault = vault_;
    }

    receive() external payable {
        received += msg.value;
        (bool again,) = address(vault).call(abi.encodeCall(IBondVault.claim, (address(this))));
        require(!again, "claimed twice");
    }

    function claim() external {
        vault.claim(address(this));
    }
}

contract BondVaultTest is RollupTest {
    function _post(address owner, bytes32 assertionId) internal returns (bytes32) {
        vm.deal(address(chain), STAKE);
        vm.prank(address(chain));
        return vault.post{value: STAKE}(owner, assertionId, assertionId);
    }

    function _release(address owner, bytes32 id) internal {
        bytes32 bondId = _bondOf(id);
        vm.prank(owner);
        vault.release(bondId);
    }

    function testFuzz_post_storesTheBond_succeeds(address owner, bytes32 assertionId, uint96 amount) public {
        bytes32 expected = keccak256(abi.encode(Tags.BOND, owner, assertionId));
        vm.deal(address(chain), amount);
        vm.expectEmit(address(vault));
        emit IBondVault.BondPosted(expected, owner, amount, assertionId);
        vm.prank(address(chain));
        bytes32 bondId = vault.post{value: amount}(owner, assertionId, assertionId);
        assertEq(bondId, expected);
        IBondVault.Bond memory held = vault.bond(bondId);
        assertEq(held.owner, owner);
        assertEq(held.amount, amount);
        assertEq(held.assertionId, assertionId);
        assertEq(uint256(held.status), uint256(IBondVault.BondStatus.Active));
        assertEq(vault.activeBonds(), 1);
        assertEq(vault.totalBonded(), amount);
    }

    function test_post_twice_reverts() public {
        bytes32 bondId = _post(ALICE, "x");
        vm.deal(address(chain), STAKE);
        vm.prank(address(chain));
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondExists.selector, bondId));
        vault.post{value: STAKE}(ALICE, "x", "x");
    }

    function testFuzz_postAndRoll_stranger_reverts(address caller) public {
        vm.assume(caller != address(chain) && caller != address(disputes));
        vm.startPrank(caller);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.OnlyChain.selector, caller));
        vault.post(caller, "x", "x");
        vm.expectRevert(abi.encodeWithSelector(IBondVault.OnlyChain.selector, caller));
        vault.roll("b", caller, "x", "y");
        vm.stopPrank();
    }

    function test_roll_movesOn_succeeds() public {
        bytes32 bondId = _post(ALICE, "x");
        vm.expectEmit(address(vault));
        emit IBondVault.BondRolled(bondId, "x", "y");
        vm.prank(address(chain));
        vault.roll(bondId, ALICE, "x", "y");
        assertEq(vault.bond(bondId).assertionId, bytes32("y"));
    }

    function test_roll_notTheOwner_reverts() public {
        bytes32 bondId = _post(ALICE, "x");
        vm.prank(address(chain));
        vm.expectRevert(abi.encodeWithSelector(IBondVault.NotBondOwner.selector, bondId, ALICE, BOB));
        vault.roll(bondId, BOB, "x", "y");
    }

    function test_roll_backsAnother_reverts() public {
        bytes32 bondId = _post(ALICE, "x");
        vm.prank(address(chain));
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondBacksOther.selector, bondId, bytes32("x"), bytes32("w")));
        vault.roll(bondId, ALICE, "w", "y");
    }

    function test_roll_unknown_reverts() public {
        vm.prank(address(chain));
        vm.expectRevert(abi.encodeWithSelector(IBondVault.UnknownBond.selector, bytes32("b")));
        vault.roll("b", ALICE, "x", "y");
    }

    function test_release_pending_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        bytes32 bondId = _bondOf(id);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondLocked.selector, bondId, id));
        vault.release(bondId);
    }

    function test_release_confirmed_creditsOnce_succeeds() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        bytes32 bondId = _bondOf(id);
        _confirm(id);
        vm.expectEmit(address(vault));
        emit IBondVault.BondReleased(bondId, ALICE, STAKE);
        vm.prank(ALICE);
        vault.release(bondId);
        assertEq(vault.credit(ALICE), STAKE);
        assertEq(vault.totalCredit(), STAKE);
        assertEq(vault.totalBonded(), 0);
        assertEq(vault.activeBonds(), 0);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondNotActive.selector, bondId));
        vault.release(bondId);
    }

    function test_release_rolledOn_staysLocked_reverts() public {
        bytes32 first = _advance(ALICE, genesisId, 1);
        bytes32 bondId = _bondOf(first);
        inbox.append(1);
        vm.warp(block.timestamp + PERIOD);
        bytes32 second = _propose(ALICE, first, _end(first, 1, "honest"), bondId);
        _confirm(first);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.BondLocked.selector, bondId, second));
        vault.release(bondId);
        _confirm(second);
        vm.prank(ALICE);
        vault.release(bondId);
        assertEq(vault.credit(ALICE), STAKE);
    }

    /// @dev A stranger who released a bond before its owner's `propose` would make that revert.
    function testFuzz_release_stranger_reverts(address stranger) public {
        vm.assume(stranger != ALICE);
        bytes32 first = _advance(ALICE, genesisId, 3);
        _confirm(first);
        bytes32 bondId = _bondOf(first);
        inbox.append(3);
        vm.warp(block.timestamp + PERIOD);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.NotBondOwner.selector, bondId, ALICE, stranger));
        vault.release(bondId);
        bytes32 second = _propose(ALICE, first, _end(first, 3, "honest"), bondId);
        assertEq(vault.bond(bondId).assertionId, second);
    }

    function test_release_unknown_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IBondVault.UnknownBond.selector, bytes32("b")));
        vault.release("b");
    }

    function test_claim_paysAll_succeeds() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        _confirm(id);
        _release(ALICE, id);
        address to = address(0x7070);
        vm.expectEmit(address(vault));
        emit IBondVault.Claimed(ALICE, to, STAKE);
        vm.prank(ALICE);
        assertEq(vault.claim(to), STAKE);
        assertEq(to.balance, STAKE);
        assertEq(address(vault).balance, 0);
        vm.prank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.NothingToClaim.selector, ALICE));
        vault.claim(to);
    }

    function test_claim_refusedOrZero_keepsCredit_reverts() public {
        bytes32 id = _advance(ALICE, genesisId, 1);
        _confirm(id);
        _release(ALICE, id);
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IBondVault.PaymentFailed.selector, address(inbox), STAKE));
        vault.claim(address(inbox));
        vm.expectRevert(abi.encodeWithSelector(IBondVault.PaymentFailed.selector, address(0), STAKE));
        vault.claim(address(0));
        vm.stopPrank();
        assertEq(vault.credit(ALICE), STAKE);
    }

    function test_claim_reentered_paysOnce_succeeds() public {
        GreedyOwner greedy = new GreedyOwner(vault);
        vm.deal(address(greedy), STAKE);
        bytes32 mine = _advance(address(greedy), genesisId, 1);
        bytes32 other = _advance(BOB, mine, 1);
        _confirm(mine);
        _confirm(other);
        _release(address(greedy), mine);
        _release(BOB, other);
        greedy.claim();
        assertEq(greedy.received(), STAKE);
        assertEq(address(vault).balance, STAKE);
    }
}
