// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAssertionChain} from "../interfaces/IAssertionChain.sol";
import {IGameFacade} from "../interfaces/IGameFacade.sol";
import {Assertion} from "../types/Assertion.sol";

/// @title Assertions as dispute games
/// @notice Views only. Position i of the listing is depth i + 1 of the assertion chain's line; the game type is 0 for all.
contract GameFacade is IGameFacade {
    /// @notice Where the assertions are.
    IAssertionChain public immutable assertionChain;

    constructor(IAssertionChain assertionChain_) {
        assertionChain = assertionChain_;
    }

    /// @inheritdoc IGameFacade
    function findLatestGames(uint32 gameType, uint256 start, uint256 n) external view returns (GameSearchResult[] memory games) {
        uint256 count = gameCount();
        if (gameType != 0 || start >= count) return games;
        if (n > start + 1) n = start + 1;
        games = new GameSearchResult[](n);
        for (uint256 i = 0; i < n; ++i) {
            bytes32 id = assertionChain.lineAt(start - i + 1);
            Assertion memory listed = assertionChain.assertion(id);
            games[i] = GameSearchResult({
                index: uint256(id),
                metadata: bytes32(uint256(uint160(listed.blockNumberGetter))),
                timestamp: listed.createdAt,
                rootClaim: listed.outputRoot,
                extraData: abi.encode(uint256(listed.l2BlockNumber))
            });
        }
    }

    /// @inheritdoc IGameFacade
    function gameCount() public view returns (uint256) {
        return assertionChain.lineLength() - 1;
    }
}
