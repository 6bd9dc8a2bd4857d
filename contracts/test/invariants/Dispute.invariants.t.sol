// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../utils/Test.sol";
import {DisputeChecks} from "./DisputeChecks.sol";
import {DisputeHandler} from "./DisputeHandler.sol";

/// @dev PROPERTIES.md says in words what each invariant means.
/// forge-config: default.invariant.runs = 10
/// forge-config: default.invariant.depth = 120
contract DisputeInvariants is Test {
    DisputeChecks internal handler;

    function setUp() public {
        handler = new DisputeChecks();
        handler.setUp();
        targetContract(address(handler));
        targetSelector(FuzzSelector({addr: address(handler), selectors: _actions()}));
    }

    /// @dev Those that matter more often than others stand there as often more.
    function _actions() private pure returns (bytes4[] memory list) {
        bytes4[27] memory all = [
            DisputeHandler.wait.selector,
            DisputeHandler.wait.selector,
            DisputeHandler.wait.selector,
            DisputeHandler.wait.selector,
            DisputeHandler.quiet.selector,
            DisputeHandler.propose.selector,
            DisputeHandler.propose.selector,
            DisputeHandler.rival.selector,
            DisputeHandler.rival.selector,
            DisputeHandler.rival.selector,
            DisputeHandler.commit.selector,
            DisputeHandler.commit.selector,
            DisputeHandler.play.selector,
            DisputeHandler.play.selector,
            DisputeHandler.finish.selector,
            DisputeHandler.garble.selector,
            DisputeHandler.expire.selector,
            DisputeHandler.confirm.selector,
            DisputeHandler.reopen.selector,
            DisputeHandler.guard.selector,
            DisputeHandler.censor.selector,
            DisputeHandler.mark.selector,
            DisputeHandler.resolve.selector,
            DisputeHandler.collect.selector,
            DisputeHandler.release.selector,
            DisputeHandler.reorg.selector,
            DisputeHandler.collude.selector
        ];
        list = new bytes4[](all.length);
        for (uint256 k = 0; k < all.length; ++k) list[k] = all[k];
    }

    function invariant_disputesFollowTheModel() public view {
        string memory what = handler.broken();
        assertTrue(bytes(what).length == 0, what);
        handler.checkCommitments();
        handler.checkRounds();
        handler.checkDuels();
        handler.checkMoney();
    }

    /// @dev Everything happens in a few dozen random runs, so the invariant above says something.
    function test_handler_reachesEverything_works() public {
        string[30] memory whats = _whats();
        bytes4[] memory actions = _actions();
        uint256[30] memory counts;
        uint256 missing = whats.length;
        uint256 fresh = vm.snapshotState();
        for (uint256 run = 0; run < 60 && missing > 0; ++run) {
            for (uint256 k = 0; k < 200; ++k) {
                uint256 seed = uint256(keccak256(abi.encode(run, k)));
                (bool ok,) = address(handler).call(abi.encodeWithSelector(actions[seed % actions.length], seed >> 16));
                assertTrue(ok, "an action reverted");
            }
            invariant_disputesFollowTheModel();
            missing = 0;
            for (uint256 k = 0; k < whats.length; ++k) {
                counts[k] += handler.reached(whats[k]);
                if (counts[k] == 0) ++missing;
            }
            vm.revertToState(fresh);
        }
        for (uint256 k = 0; k < whats.length; ++k) assertTrue(counts[k] > 0, whats[k]);
    }

    function _whats() private pure returns (string[30] memory) {
        return [
            "propose",
            "rival",
            "commit",
            "start",
            "reveal",
            "garbled",
            "prove eliminates one",
            "prove eliminates both",
            "timeout before the start",
            "timeout of a started duel",
            "censored for as long as can be",
            "the right one alone in time",
            "settle",
            "confirm",
            "reopen",
            "pause",
            "unpause",
            "invalidate",
            "upgrade",
            "mark",
            "refund",
            "resolve",
            "collect",
            "collect the joining",
            "release",
            "release after a refund",
            "claim",
            "reorg",
            "stale id refused",
            "prove"
        ];
    }
}
