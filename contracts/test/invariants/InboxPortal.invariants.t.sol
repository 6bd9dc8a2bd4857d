// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Portal} from "../../src/bridge/Portal.sol";
import {IAssertionChain} from "../../src/interfaces/IAssertionChain.sol";
import {IGuardianPause} from "../../src/interfaces/IGuardianPause.sol";
import {InboxInvariants} from "./Inbox.invariants.t.sol";
import {InboxHandler} from "./InboxHandler.sol";

/// @dev Deposits in the real Portal, which the Inbox reads, and the same in the plain list that the invariants compare with.
contract InboxPortalHandler is InboxHandler {
    /// @dev With a high L1 base fee a deposit burns little L1 gas for its price.
    uint256 private constant L1_BASE_FEE = 100_000 gwei;

    Portal private portal;

    function setUp() public override {
        // The fixture makes two registries, a deposit list and the Inbox first.
        portal = Portal(payable(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 4)));
        super.setUp();
        Portal made = new Portal(IAssertionChain(address(1)), address(2), IGuardianPause(address(3)), address(4));
        assertEq(address(made), address(portal));
    }

    function depositQueue() internal view override returns (address) {
        return address(portal);
    }

    /// @dev As much as the L1 block still sells; none while the market is so hot that one would burn millions of L1 gas.
    function makeDeposit(uint64 gasLimit) internal override {
        if (gasLimit % 2 == 0) gasLimit = 8_000_000;
        (, uint64 bought, uint64 number) = portal.params();
        if (number == block.number && bought + gasLimit > 20_000_000) return;
        if (portal.resourceBaseFee() > L1_BASE_FEE / 10) return;
        vm.fee(L1_BASE_FEE);
        portal.depositTransaction(address(0xCAFE), 0, gasLimit, false, "");
        deposits.deposit(gasLimit);
    }
}

/// @dev The same properties with the queue, its binary search and its caps as they are deployed.
/// forge-config: default.invariant.runs = 16
contract InboxPortalInvariants is InboxInvariants {
    function makeHandler() internal override returns (InboxHandler) {
        return new InboxPortalHandler();
    }
}
