// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Assertions} from "../../src/libraries/Assertions.sol";
import {BlockState} from "../../src/types/Assertion.sol";
import {AssertionConfig} from "../../src/types/AssertionConfig.sol";
import {Test} from "../utils/Test.sol";

/// @dev Against shared/protocol/vectors/assertions.json, which the TypeScript twins read too.
contract AssertionsTest is Test {
    string internal json;

    function setUp() public {
        json = vm.readFile("shared/protocol/vectors/assertions.json");
    }

    function _uints(string memory key) internal view returns (uint256[] memory) {
        return vm.parseJsonUintArray(json, key);
    }

    function _words(string memory key) internal view returns (bytes32[] memory) {
        return vm.parseJsonBytes32Array(json, key);
    }

    function test_stateHash_andOutputRoot_vectors_works() public view {
        uint256 count = vm.parseJsonUint(json, ".states.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            BlockState memory state = BlockState({
                number: uint64(_uints(".states.number")[i]),
                blockHash: _words(".states.blockHash")[i],
                stateRoot: _words(".states.stateRoot")[i],
                withdrawalsRoot: _words(".states.withdrawalsRoot")[i],
                inboxCount: uint64(_uints(".states.inboxCount")[i]),
                gasSinceAssertionStart: uint64(_uints(".states.gasSinceAssertionStart")[i]),
                status: uint8(_uints(".states.status")[i])
            });
            assertEq(Assertions.stateHash(state), _words(".states.stateHash")[i]);
            assertEq(Assertions.outputRoot(state), _words(".states.outputRoot")[i]);
        }
    }

    function test_configHash_vectors_works() public view {
        uint256 count = vm.parseJsonUint(json, ".configs.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            AssertionConfig memory config = AssertionConfig({
                inbox: vm.parseJsonAddressArray(json, ".configs.inbox")[i],
                bondVault: address(1),
                guardianPause: address(2),
                disputeManager: vm.parseJsonAddressArray(json, ".configs.disputeManager")[i],
                verifierSchedule: address(3),
                challengePeriod: uint64(_uints(".configs.challengePeriod")[i]),
                gracePeriod: uint64(_uints(".configs.gracePeriod")[i]),
                stake: _uints(".configs.stake")[i],
                maxBlocks: uint64(_uints(".configs.maxBlocks")[i]),
                maxGas: uint64(_uints(".configs.maxGas")[i]),
                minAssertionPeriod: uint64(_uints(".configs.minAssertionPeriod")[i]),
                lane: uint64(_uints(".configs.lane")[i])
            });
            address verifier = vm.parseJsonAddressArray(json, ".configs.verifier")[i];
            bytes32 rules = Assertions.configHash(_uints(".configs.l1ChainId")[i], config, verifier);
            assertEq(rules, _words(".configs.configHash")[i]);
        }
    }

    function test_assertionId_vectors_works() public view {
        uint256 count = vm.parseJsonUint(json, ".assertions.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            bytes32 id = Assertions.assertionId(
                _words(".assertions.parentId")[i],
                uint32(_uints(".assertions.reopenEpoch")[i]),
                _words(".assertions.endStateHash")[i],
                uint64(_uints(".assertions.targetCount")[i]),
                _words(".assertions.inboxRoot")[i],
                _words(".assertions.configHash")[i]
            );
            assertEq(id, _words(".assertions.id")[i]);
        }
        assertEq(Assertions.emptyRoot(), _words(".assertions.inboxRoot")[0], "genesis holds the empty root");
    }

    function test_bondId_vectors_works() public view {
        uint256 count = vm.parseJsonUint(json, ".bonds.count");
        assertTrue(count > 0, "no vectors");
        for (uint256 i = 0; i < count; ++i) {
            address owner = vm.parseJsonAddressArray(json, ".bonds.owner")[i];
            assertEq(Assertions.bondId(owner, _words(".bonds.assertionId")[i]), _words(".bonds.bondId")[i]);
        }
    }
}
