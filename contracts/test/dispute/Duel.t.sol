// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CommitmentStatus, Duel, DuelStatus, Reason} from "../../src/types/Dispute.sol";
import {DisputeTest} from "./DisputeTest.sol";
import {ToyTrace} from "./ToyTrace.sol";

/// @dev Duels played to the step: whoever lies, wherever, as older or newer side, is eliminated and nobody else.
contract DuelTest is DisputeTest {
    /// @dev The liar as the rival (older) and as the first child (newer).
    function _duel(uint64 b, uint64 x, uint64 i) internal {
        uint256 fresh = vm.snapshotState();
        for (uint256 k = 0; k < 2; ++k) {
            Side memory honest;
            Side memory liar;
            if (k == 0) {
                honest = _first(ALICE, _honest());
                liar = _rivalOf(BOB, _lie(b, x, i, "a"));
                honest = _commit(ALICE, honest, _bondOf(honest.assertionId));
            } else {
                liar = _first(BOB, _lie(b, x, i, "a"));
                honest = _rivalOf(ALICE, _honest());
                liar = _commit(BOB, liar, _bondOf(liar.assertionId));
            }
            bytes32 duelId = k == 0 ? _play(liar, honest) : _play(honest, liar);
            Duel memory played = disputes.duel(duelId);
            assertEq(played.pos, b << 36 | x << 24 | i, "the lie's position");
            assertEq(uint256(played.status), uint256(DuelStatus.Over));
            _assertStatus(honest, CommitmentStatus.Alive, "honest");
            _assertStatus(liar, CommitmentStatus.Eliminated, "liar");
            assertEq(uint256(disputes.commitment(liar.commitmentId).reason), uint256(Reason.Prove));
            vm.revertToState(fresh);
        }
    }

    function test_duel_firstStepOfAll_works() public {
        _duel(0, 0, 0);
    }

    function test_duel_stepsWithinASegment_works() public {
        _duel(0, 0, 1);
        _duel(0, 0, 15);
        _duel(0, 0, 16);
        _duel(0, 1, 17);
    }

    function test_duel_lastStepOfASegment_works() public {
        _duel(0, 0, 19);
        _duel(0, 2, 19);
    }

    function test_duel_firstStepOfASegment_works() public {
        _duel(0, 1, 0);
        _duel(1, 0, 0);
        _duel(1, 2, 0);
    }

    function test_duel_lastStepOfAll_works() public {
        _duel(1, 2, 19);
    }

    function test_duel_paddingOfASegment_works() public {
        _duel(0, 1, 20);
        _duel(0, 0, 1 << 23);
        _duel(1, 0, (1 << 24) - 1);
        _duel(1, 2, (1 << 24) - 16);
    }

    function test_duel_paddingSegments_works() public {
        _duel(0, 3, 0);
        _duel(0, 2048, 5);
        _duel(1, 4095, (1 << 24) - 1);
    }

    function test_duel_paddingBlocks_works() public {
        _duel(2, 0, 0);
        _duel(2048, 16, 256);
        _duel(4095, 4095, (1 << 24) - 1);
    }

    /// forge-config: default.fuzz.runs = 24
    function testFuzz_duel_anywhere_works(uint64 b, uint64 x, uint64 i) public {
        _duel(b % 3, x % 5, i % 40);
    }
}
