// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGameFacade} from "../../src/interfaces/IGameFacade.sol";
import {Assertion} from "../../src/types/Assertion.sol";
import {RollupTest} from "../utils/RollupTest.sol";

contract GameFacadeTest is RollupTest {
    function test_findLatestGames_empty_works() public view {
        assertEq(facade.gameCount(), 0);
        assertEq(facade.findLatestGames(0, 0, 0).length, 0);
        assertEq(facade.findLatestGames(0, 0, 10).length, 0);
    }

    function test_findLatestGames_newestFirst_works() public {
        bytes32[] memory ids = new bytes32[](4);
        ids[0] = _advance(ALICE, genesisId, 2);
        for (uint256 i = 1; i < 4; ++i) {
            ids[i] = _advance(ALICE, ids[i - 1], uint64(i));
        }
        assertEq(facade.gameCount(), 4);
        IGameFacade.GameSearchResult[] memory games = facade.findLatestGames(0, 3, 4);
        assertEq(games.length, 4);
        for (uint256 i = 0; i < 4; ++i) {
            Assertion memory listed = chain.assertion(ids[3 - i]);
            assertEq(bytes32(games[i].index), ids[3 - i]);
            assertEq(games[i].timestamp, listed.createdAt);
            assertEq(games[i].rootClaim, listed.outputRoot);
            assertEq(abi.decode(games[i].extraData, (uint256)), listed.l2BlockNumber);
            (bool success, bytes memory answer) =
                address(uint160(uint256(games[i].metadata))).staticcall(abi.encodeWithSignature("l2SequenceNumber()"));
            assertTrue(success, "getter");
            assertEq(abi.decode(answer, (uint256)), listed.l2BlockNumber);
        }
    }

    function testFuzz_findLatestGames_range_works(uint256 start, uint256 n) public {
        bytes32 id = genesisId;
        for (uint256 i = 0; i < 5; ++i) {
            id = _advance(ALICE, id, 1);
        }
        start = start % 8;
        if (n % 2 == 0) n = n % 8;
        IGameFacade.GameSearchResult[] memory games = facade.findLatestGames(0, start, n);
        uint256 expected = start >= 5 ? 0 : (n < start + 1 ? n : start + 1);
        assertEq(games.length, expected);
        for (uint256 i = 0; i < expected; ++i) {
            assertEq(bytes32(games[i].index), chain.lineAt(start - i + 1));
        }
        assertEq(facade.findLatestGames(1, start, n).length, 0);
    }

    function test_findLatestGames_rivalled_isLeftOut_works() public {
        bytes32 first = _advance(ALICE, genesisId, 1);
        _advance(ALICE, first, 1);
        _rival(BOB, first, _end(first, 1, "other"), 0);
        assertEq(facade.gameCount(), 1);
        assertEq(bytes32(facade.findLatestGames(0, 0, 5)[0].index), first);
        _rival(BOB, genesisId, _end(genesisId, 1, "other"), 0);
        assertEq(facade.gameCount(), 0);
    }
}
